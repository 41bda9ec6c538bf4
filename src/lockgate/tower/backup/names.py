"""What are the files of a backup called? Their names are in no record, so they are written beside the tables."""

import json
from pathlib import Path
from typing import Final

from lockgate.ledger.artifacts import Artifacts, State
from lockgate.ledger.registers.entry import ID

FILE: Final = "file-names.jsonl"


def write(artifacts: Artifacts, folder: Path) -> None:
    """Write how each file is called, one record's name a line."""
    with (folder / FILE).open("w", encoding="utf-8") as file:
        for digest, record, name in artifacts.names.every():
            file.write(json.dumps({"digest": digest, "record": record, "name": name}, ensure_ascii=False) + "\n")


def load(folder: Path, artifacts: Artifacts) -> None:
    """Bring the names of those files back that are there; an older backup has none."""
    path = folder / FILE
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            if artifacts.state(said["digest"]) is State.PRESENT and ID.fullmatch(said["record"]):
                artifacts.names.call(said["digest"], said["record"], said["name"])
