"""A programme that claims things of a real Odoo, and ways to say what it declares."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from faults.partners import client_of
from lockgate.kernel.capability import capabilities
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

INSTANCE = """
[instances.build]
role = "build"
url = "{url}"
database = "{database}"
key_variable = "BUILD_KEY"
"""
SITES = """
sites:
  - key: company
    name: Company
    kind: legal-entity
    country: US
    capabilities: [{capabilities}]
"""


@dataclass
class Programme:
    """A programme in a folder, and the verbs on it."""

    folder: Path
    lockgate: Any

    def write(self, path: str, text: str) -> None:
        """Say what is declared."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def say(self, *words: str) -> Any:
        """Run a verb as ann and return what it answers as JSON, with the exit code."""
        ran = self.lockgate(*words, "--json")
        assert ran.out, ran.err
        return json.loads(ran.out) | {"code": ran.code}

    def probe(self, *checks: str, **more: str) -> dict[str, Any]:
        """Declare probes with these checks, try each, and return by number its state and what was seen."""
        lines = "".join(
            f"  - {{key: p{number}, capability: Inventory, title: A claim, why: A reason, check: {check}}}\n"
            for number, check in enumerate(checks)
        )
        self.write("fit/probes/own.yaml", f"probes:\n{lines}")
        told = self.say("test", "probes", "--capability", "Inventory", "--by", "ann")
        found = {one["probe"]: (one["state"], one["seen"]) for one in told["probes"]}
        return {number: found[f"p{number}"] for number in range(len(checks))}


@pytest.fixture
def programme(lab, tmp_path, monkeypatch, lockgate):
    """A programme with all areas of Odoo at one site; the test stands in its folder."""
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.setenv("BUILD_KEY", lab.api_key)
    folder = tmp_path / "acme"
    assert lockgate("init", str(folder), "--playbook", "distribution-governance").code == 0
    with (folder / "lockgate.toml").open("a") as file:
        file.write(INSTANCE.format(url=lab.url, database=lab.database))
    made = Programme(folder, lockgate)
    (folder / "programme" / "waves.yaml").unlink()
    made.write("programme/sites.yaml", SITES.format(capabilities=", ".join(each.name for each in capabilities())))
    monkeypatch.chdir(folder)
    return made


@pytest.fixture
def odoo(lab):
    """A client of the same Odoo, as somebody who changes it by hand."""
    with client_of(lab) as client:
        yield client
