"""A programme in a folder that builds on a real Odoo, and the verbs on it as JSON."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.live import LiveDatabase

INSTANCE = """
[instances.build]
role = "build"
url = "{url}"
database = "{database}"
key_variable = "BUILD_KEY"
"""


@dataclass
class OnOdoo:
    """A programme, and the verbs on it."""

    folder: Path
    lockgate: Any

    def put(self, path: str, text: str) -> None:
        """Have a file of the programme say this."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def say(self, *words: str) -> Any:
        """Run a verb and return what it answers as JSON, with the exit code."""
        ran = self.lockgate(*words, "--json")
        assert ran.out, ran.err
        return json.loads(ran.out) | {"code": ran.code}


def begin_on(live: LiveDatabase, folder: Path, lockgate: Any, monkeypatch: Any) -> Path:
    """Begin a programme whose build is this database; the test stands in its folder from then on."""
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.setenv("BUILD_KEY", live.api_key)
    assert lockgate("init", str(folder), "--playbook", "distribution-governance").code == 0
    with (folder / "lockgate.toml").open("a") as file:
        file.write(INSTANCE.format(url=live.url, database=live.database))
    monkeypatch.chdir(folder)
    return folder


def forget(odoo: Any) -> None:
    """Delete what a template made in an Odoo, the newest first."""
    ours = [["module", "=", "lockgate"], ["name", "=like", "template__%"]]
    rows = odoo.search_read("ir.model.data", ours, ["model", "res_id"], order="id desc")
    for model in dict.fromkeys(row["model"] for row in rows):
        odoo.unlink(model, [row["res_id"] for row in rows if row["model"] == model])
