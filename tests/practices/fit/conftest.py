"""A programme that claims things of a real Odoo, and ways to say what it declares."""

from dataclasses import dataclass
from typing import Any

import pytest

from faults.partners import client_of
from lockgate.kernel.capability import capabilities
from support.on_odoo import OnOdoo, begin_on
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

SITES = """
sites:
  - key: company
    name: Company
    kind: legal-entity
    country: US
    capabilities: [{capabilities}]
"""


@dataclass
class Programme(OnOdoo):
    """A programme that claims things."""

    def write(self, path: str, text: str) -> None:
        """Say what is declared."""
        self.put(path, text)

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
    folder = begin_on(lab, tmp_path / "acme", lockgate, monkeypatch)
    made = Programme(folder, lockgate)
    (folder / "programme" / "waves.yaml").unlink()
    made.write("programme/sites.yaml", SITES.format(capabilities=", ".join(each.name for each in capabilities())))
    return made


@pytest.fixture
def odoo(lab):
    """A client of the same Odoo, as somebody who changes it by hand."""
    with client_of(lab) as client:
        yield client
