"""Which files does a workspace hold, and what are they? Every file of definitions belongs to one kind.

F1  Hidden files and folders, and what is no YAML and no TOML (notes, extracts), are nobody's business.
F2  Of two kinds that claim a file, the one that says more of its path has it.
F3  A file of definitions that no kind claims is a finding: nobody would ever read what it says.
F4  A link is followed to a file inside of the workspace, never to one outside and never to a folder.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lockgate.kernel.finding import Finding, Position
from lockgate.kernel.practice import FileKind
from lockgate.workspace.words import listed, meant

_DEFINITIONS = (".yaml", ".yml", ".toml")


@dataclass(frozen=True)
class Claimed:
    """A file and its kind."""

    path: str
    kind: FileKind


def files_of(root: Path, kinds: Iterable[FileKind]) -> tuple[list[Claimed], list[Finding]]:
    """Return the files of definitions with their kinds, and those that have none."""
    ranked = sorted(kinds, key=_said, reverse=True)  # F2
    claimed: list[Claimed] = []
    findings: list[Finding] = []
    for path in sorted(definitions(root)):
        kind = next((kind for kind in ranked if matches(kind.pattern, path)), None)
        if _leads_outside(root, path):
            hint = "Copy the file into the workspace."
            findings.append(Finding(Position(path), "link-outside", "this link leads out of the workspace", hint))
        elif kind is None:
            findings.append(
                Finding(Position(path), "unclaimed-file", "no kind of file has this place", _place(path, ranked))
            )
        else:
            claimed.append(Claimed(path, kind))
    return claimed, findings


def matches(pattern: str, path: str) -> bool:
    """Return True when the path is one of the pattern's."""
    return _expression(pattern).fullmatch(path) is not None


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*)", pattern)
    meaning = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*"}
    return re.compile("".join(meaning.get(part) or re.escape(part) for part in parts))


def _said(kind: FileKind) -> tuple[int, str]:
    return len(kind.pattern.replace("*", "")), kind.name


def definitions(root: Path) -> Iterator[str]:
    """Yield the paths of all files of definitions, whatever kind they are."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if below == "." else f"{below}/"
        yield from (f"{prefix}{name}" for name in names if name.endswith(_DEFINITIONS) and name[0] != ".")  # F1


def _leads_outside(root: Path, path: str) -> bool:
    file = root / path
    return file.is_symlink() and not file.resolve().is_relative_to(root.resolve())  # F4


def _place(path: str, kinds: Iterable[FileKind]) -> str:
    patterns = sorted({kind.pattern for kind in kinds})
    probably = meant(path, patterns)
    if path.endswith(".yml") and any(matches(pattern, f"{path[:-3]}yaml") for pattern in patterns):
        return f"Call it `{path[:-3]}yaml`."
    return f"Did you mean `{probably}`?" if probably else f"Files of definitions are {listed(patterns)}."
