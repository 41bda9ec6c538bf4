"""How does a programme begin? With a small workspace that is right from its first day, with comments that explain it.

I1  Nothing that is there is overwritten.
I2  What is written has been loaded before, and had no findings.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.kernel.practice import FileKind
from lockgate.workspace import team
from lockgate.workspace.frame import FRAME
from lockgate.workspace.loading import load
from lockgate.workspace.playbook import compose
from lockgate.workspace.playbooks import playbooks as shipped
from lockgate.workspace.schemas import offered, schemas
from lockgate.workspace.words import advice, listed

SCHEMAS = "schemas"


@dataclass(frozen=True)
class Beginning:
    """What is known of a programme on its first day."""

    name: str
    playbooks: tuple[str, ...]
    currency: str
    time_zone: str
    needed: Mapping[str, int] = field(default_factory=dict)
    """How many people its gates take in a role, where that is more than one."""


def start(folder: Path, beginning: Beginning, *, kinds: Iterable[FileKind] = ()) -> tuple[str, ...]:
    """Write a workspace into a folder and return the paths of its files."""
    _must_ship(beginning.playbooks)
    said = _said(beginning)
    texts = {path: _filled(text, said) for path, text in _starter(files(__package__).joinpath("starter"))}
    known = _must_be_right(texts)
    texts |= {f"{SCHEMAS}/{file}": text for file, text in schemas((*FRAME, *kinds), known).items()}
    there = [path for path in sorted(texts) if (folder / path).exists()]
    if there:  # I1
        raise RefusedError(
            f"There is a workspace in {folder} already.",
            why=f"There are: {listed(there)}.",
            do="Choose another folder, or check what is there: `lockgate check`.",
        )
    _write(folder, texts)
    return tuple(sorted(texts))


def _starter(folder: Traversable, below: str = "") -> Iterable[tuple[str, str]]:
    for each in folder.iterdir():
        path = f"{below}{each.name}"
        if each.is_dir():
            yield from _starter(each, f"{path}/")
        else:
            yield path, each.read_text(encoding="utf-8")


def _said(beginning: Beginning) -> dict[str, str]:
    """Return what stands at each mark of the starter."""
    method = compose(*beginning.playbooks)
    given = {
        "NAME": beginning.name,
        "PLAYBOOKS": beginning.playbooks,
        "CURRENCY": beginning.currency,
        "TIME_ZONE": beginning.time_zone,
    }
    return {name: json.dumps(value, ensure_ascii=False) for name, value in given.items()} | {
        "TEAM": team.people(method, beginning.needed),
        "RIGHTS": team.keys(method.decision_rights),
        "SUMS": team.rights(method, json.dumps(beginning.currency)),
        "ACTIVITIES": team.keys(method.raci),
        "ESCALATIONS": team.keys(method.escalations),
    }


def _filled(text: str, said: Mapping[str, str]) -> str:
    return re.sub(r"@([A-Z_]+)@", lambda found: said[found[1]], text)


def _must_ship(chosen: tuple[str, ...]) -> None:
    known = shipped()
    for playbook in chosen:
        if playbook not in known:
            raise UsageError(f"There is no playbook `{playbook}`.", why=advice(playbook, known))


def _must_be_right(texts: Mapping[str, str]) -> Mapping[str, Collection[str]]:
    """Return what can be referred to in the workspace, or stop where something is wrong in it (I2)."""
    with TemporaryDirectory() as folder:
        _write(Path(folder), texts)
        workspace = load(Path(folder))
        for finding in workspace.findings:
            raise UsageError(f"The programme can't begin like this: {finding.message}.", do=finding.hint)
        return offered(workspace)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
