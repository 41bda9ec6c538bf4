"""Which workspace is meant, and what may it hold? The folder that is named, or the nearest around here that is one."""

from collections.abc import Iterable
from pathlib import Path

from lockgate.faces.terminal import remark
from lockgate.gates.criteria.reading import GATES
from lockgate.kernel.errors import UsageError
from lockgate.kernel.finding import Finding
from lockgate.kernel.practice import Dimension, FileKind
from lockgate.programme.installed import Broken, Found, practices
from lockgate.workspace import Workspace, load
from lockgate.workspace.frame import PROGRAMME_FILE


def find(folder: Path | None = None) -> Path:
    """Return the folder of the workspace, or stop where there is none."""
    if folder is not None:
        if (folder / PROGRAMME_FILE).is_file():
            return folder
        raise _nothing(str(folder), f"It has no {PROGRAMME_FILE}.")
    here = Path.cwd()
    for each in (here, *here.parents):
        if (each / PROGRAMME_FILE).is_file():
            return each
    raise _nothing(str(here), f"Neither it nor a folder above it has a {PROGRAMME_FILE}.")


def loaded(folder: Path | None = None) -> Workspace:
    """Return the workspace with its findings."""
    kinds, dimensions = offered()
    return load(find(folder), kinds, dimensions)


def opened(folder: Path | None = None) -> Workspace:
    """Return the workspace, or stop where it has findings: what a verb does must rest on what is declared."""
    workspace = loaded(folder)
    stop_at(workspace.findings)
    return workspace


def stop_at(findings: Iterable[Finding]) -> None:
    """Stop when there are findings."""
    found = sorted(findings)
    if found:
        raise UsageError(
            f"The workspace has {len(found):,} findings.",
            why=f"The first: {found[0].at} {found[0].message}.",
            do="See all of them: `lockgate check`.",
        )


def offered() -> tuple[tuple[FileKind, ...], tuple[Dimension, ...]]:
    """Return the kinds of files and the dimensions that installed practices bring."""
    found = practices()
    for each in found:
        if isinstance(each, Broken):
            remark(f"Warning: the practice {each.name!r} of {each.owner} can't be loaded: {each.why}")
    loaded = [each.practice for each in found if isinstance(each, Found)]
    return (
        (GATES, *(kind for practice in loaded for kind in practice.files)),
        tuple(dimension for practice in loaded for dimension in practice.dimensions),
    )


def _nothing(folder: str, why: str) -> UsageError:
    return UsageError(f"There is no workspace in {folder}.", why=why, do="Begin one: `lockgate init NAME`.")
