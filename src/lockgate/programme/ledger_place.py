"""Where is the ledger of this workspace, and who writes in it? In `.lockgate`, or where LOCKGATE_DATABASE_URL says."""

import contextlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from lockgate.kernel.errors import UsageError
from lockgate.ledger import Ledger, open_ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.refusals import no_ledger
from lockgate.programme import opening
from lockgate.workspace.frame import PROGRAMME_FILE

FOLDER = ".lockgate"
URL_VARIABLE = "LOCKGATE_DATABASE_URL"
PERSON_VARIABLE = "LOCKGATE_PERSON"


@dataclass(frozen=True)
class LedgerPlace:
    """A ledger, the files that go with it and the key that signs its checkpoints."""

    ledger: Ledger
    artifacts: Artifacts
    key: Path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.close()


def ledger_place(folder: Path | None = None, *, begin: bool = False) -> LedgerPlace:
    """Return the ledger of the workspace; stop where there is none yet, unless it is to begin."""
    root = opening.find(folder)
    below = root / FOLDER
    if begin:
        keep_out_of_git(below)
    url = os.environ.get(URL_VARIABLE) or below / "ledger.db"
    ledger = open_ledger(url, programme=_programme(root))
    if not begin and not ledger.store.exists():
        ledger.close()
        raise no_ledger(ledger.store.place)
    return LedgerPlace(ledger, Artifacts(below / "artifacts"), below / "checkpoint.key")


def person(by: str | None) -> str:
    """Return who acts: by the option, else by the environment."""
    who = by or os.environ.get(PERSON_VARIABLE)
    if not who:
        raise UsageError(
            "The ledger records who acts.", do=f"Say who you are: `--by ID`, or set {PERSON_VARIABLE} to your id."
        )
    return who


def _programme(root: Path) -> str:
    """Return what the programme is called, as far as that can be read: a ledger can be verified beside any file."""
    try:
        said = tomllib.loads((root / PROGRAMME_FILE).read_text(encoding="utf-8"))
        return str(said["programme"]["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def keep_out_of_git(folder: Path) -> None:
    """Have the folder, with all in it unknown to git: facts live in the ledger, definitions in git."""
    mark = folder / ".gitignore"
    with contextlib.suppress(OSError):  # who only reads needs no folder; who writes is told by the ledger or the files
        folder.mkdir(exist_ok=True)
        if not mark.exists():
            mark.write_text("*\n", encoding="utf-8")
