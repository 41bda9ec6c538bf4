"""How are all extracts written, in which order, and what is said of them in the end?"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lockgate.engines.legacy.chance import Chance
from lockgate.engines.legacy.house import leave_behind
from lockgate.engines.legacy.making import Making
from lockgate.engines.legacy.outlets.truth import Truth
from lockgate.engines.legacy.sizes import sizes
from lockgate.kernel.errors import RefusedError, UsageError

Told = Callable[[str, int], None]


@dataclass(frozen=True)
class Written:
    """What was written."""

    folder: Path
    truth: Path
    rows: dict[str, int]
    """File → number of records in it."""
    defects: int
    digest: str
    """SHA-256 over the names and the bytes of all extracts."""


def write(
    folder: Path, *, scale: float = 1.0, seed: int = 7, truth: Path | None = None, told: Told | None = None
) -> Written:
    """Write the extracts into the folder and the truth beside it; both must be new or empty.

    Until all is written it stands in folders of another name, so that a run that stops leaves nothing behind.
    """
    size = sizes(scale)
    beside = truth if truth is not None else folder.with_name(f"{folder.name}-truth")
    if folder.resolve() in (beside.resolve(), *beside.resolve().parents):
        raise UsageError(
            f"The truth can't go into {beside}.",
            why="It would lie among the extracts, and whoever reads them would read it too.",
            do="Name a folder outside of the extracts.",
        )
    for place in (folder, beside):
        _empty(place)
    rows: dict[str, int] = {}

    def count(name: str, number: int) -> None:
        rows[name] = rows.get(name, 0) + number
        if told:
            told(name, number)

    with _unfinished(folder) as extracts, _unfinished(beside) as known:
        for part in ("erp", "wms", "acquired"):
            (extracts / part).mkdir()
        making = Making(Chance(seed), size, extracts, Truth(known), count)
        leave_behind(making)
        digest = _manifest(making)
        defects = pl.scan_csv(known / "defects.csv", infer_schema=False).select(pl.len()).collect().item()
    return Written(folder, beside, rows, defects, digest)


@contextmanager
def _unfinished(place: Path) -> Iterator[Path]:
    """Give a folder beside the place that takes its name when all went well, and is removed when not."""
    working = place.with_name(f".{place.name}.unfinished")
    shutil.rmtree(working, ignore_errors=True)
    try:
        working.mkdir(parents=True)
    except OSError as error:
        do = "Name a folder that you may make."
        raise UsageError(f"{place} can't be made.", why=f"{error.strerror}: {error.filename}", do=do) from error
    try:
        yield working
        if place.exists():
            place.rmdir()  # it is empty
        working.rename(place)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _empty(place: Path) -> None:
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise RefusedError(
            f"{place} is not empty.",
            why="The sample never overwrites what is there.",
            do="Name another folder, or empty this one.",
        )


def _manifest(making: Making) -> str:
    """Leave the digest of each extract with the truth; return one over all of them."""
    digests, whole = {}, hashlib.sha256()
    for path in sorted(path for path in making.folder.rglob("*") if path.is_file()):
        name = path.relative_to(making.folder).as_posix()
        with path.open("rb") as file:
            digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{name} {digests[name]}\n".encode())
    making.truth.add("manifest", pl.DataFrame({"file": list(digests), "sha256": list(digests.values())}))
    return whole.hexdigest()
