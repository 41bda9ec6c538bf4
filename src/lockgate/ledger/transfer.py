"""How does a ledger leave its database and come into another? As lines of JSON with the files it names: an export.

T1  The same ledger gives the same export, byte for byte.
T2  An export is complete when `export.json` is there; it is written last.
T3  An export is taken in as a whole, into an empty ledger, after every record and file was found right; its head is the
    same then. Where anything is wrong, nothing is taken in.
T4  A ledger that was taken in is a copy: `restored()` says so until somebody arms it.
T5  Only a copy can be emptied again, as when what it belongs to could not be restored with it.
"""

import contextlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from lockgate.kernel import canonical
from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import UnreachableError, UsageError
from lockgate.ledger.artifacts import EXPUNGED, Artifacts, State, digests_in, sync
from lockgate.ledger.ledger import RESTORED, Ledger, insert, mark_restored
from lockgate.ledger.proving import standalone_verifier
from lockgate.ledger.proving.chain import Broken, Chain
from lockgate.ledger.record import FORMAT, Head, Record
from lockgate.ledger.stores.tables import PROJECTED_NAMES

RECORDS: Final = "records.jsonl"
ABOUT: Final = "export.json"
FILES: Final = "artifacts"
VERIFIER: Final = "verify_ledger.py"
_LINE: Final = re.compile(rb'\{"hash":"([0-9a-f]{64})","previous":"([0-9a-f]{64})","body":(\{.*\})\}\n')
_AT_ONCE: Final = 2_000


class ExportFailed(UnreachableError):
    """The export could not be written; the ledger is untouched."""


class ImportRefused(UsageError):
    """The export is not whole, or the ledger is not empty; nothing was taken in."""


def export(
    ledger: Ledger,
    artifacts: Artifacts,
    folder: Path,
    *,
    on_records: Callable[[int], None] = lambda _count: None,
) -> Head:
    """Write all records, the files they name and a program that verifies both; return the head (T1, T2)."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.", do="Name a folder that is not there yet.")
    head = ledger.head()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        named: dict[str, bool] = {}
        with _durable(folder / RECORDS) as file:
            for record in ledger.records(upto=head.number, touched_too=True):  # an auditor gets what there is
                file.write(line_of(record))
                _note(named, record)
                on_records(1)
        for digest in sorted(digest for digest, there in named.items() if there):
            _copy(artifacts, digest, folder / FILES)
        shutil.copyfile(standalone_verifier.__file__, folder / VERIFIER)
        about = {"format": FORMAT, "head": head.hash, "ledger": ledger.identity(), "records": head.number}
        with _durable(folder / ABOUT) as file:
            file.write(canonical.encode(about) + b"\n")
        sync(folder)
    except OSError as error:
        raise ExportFailed(
            f"The export can't be written to {folder}; the ledger is untouched.",
            why=f"{error.strerror or error}.",
            do="Make room or name another folder, then try again.",
        ) from None
    return head


def take_in(
    folder: Path, ledger: Ledger, artifacts: Artifacts, *, on_records: Callable[[int], None] = lambda _count: None
) -> Head:
    """Take an export into an empty ledger and return its head (T3, T4)."""
    about = _about(folder)
    try:
        with ledger.store.writing() as turn:
            if turn.rows("select 1 from ledger_record limit 1"):
                raise ImportRefused("The ledger is not empty.", do="Import into a new one.")
            chain = Chain()
            named: dict[str, bool] = {}
            following = _followed(folder / RECORDS, chain)
            while records := list(islice(following, _AT_ONCE)):
                insert(turn, records)
                for record in records:
                    _note(named, record)
                on_records(len(records))
            if (about.get("records"), about.get("head")) != (chain.head.number, chain.head.hash):
                raise Broken(chain.head.number + 1, f"{ABOUT} speaks of {about.get('records')} records")
            _bring(Artifacts(folder / FILES), artifacts, named)
            mark_restored(turn, system_clock())
    except Broken as broken:
        raise ImportRefused(
            f"Record {broken.number} of the export is not right; nothing was taken in.",
            why=f"{broken.why[:1].upper()}{broken.why[1:]}.",
            do="Take another copy of the export.",
        ) from None
    return chain.head


def take_back(ledger: Ledger) -> None:
    """Empty a ledger that was taken in and not armed since (T5)."""
    with ledger.store.writing() as turn:
        if turn.rows("select 1 from ledger_record limit 1") and ledger.restored() is None:
            raise ImportRefused("The ledger is no copy: nothing was taken from it.")
        turn.run("; ".join(f"delete from {table}" for table in ("ledger_record", *PROJECTED_NAMES)))  # noqa: S608 - our names
        turn.write("delete from ledger_about where key = ?", [(key,) for key in (RESTORED, "registers")])


def line_of(record: Record) -> bytes:
    """Return a record's line: its body stands in it byte for byte, so that it can be cut out and hashed."""
    return b'{"hash":"%b","previous":"%b","body":%b}\n' % (record.hash.encode(), record.previous.encode(), record.body)


def _followed(path: Path, chain: Chain) -> Iterator[Record]:
    """Yield the records of an export as long as each follows from the one before."""
    try:
        with path.open("rb") as lines:
            for line in lines:
                found = _LINE.fullmatch(line)
                if found is None:
                    raise Broken(chain.head.number + 1, "its line has not the form of a record")
                yield chain.follow(found[2].decode(), found[1].decode(), found[3])
    except OSError as error:
        raise _no_export(path.parent, error) from None


def _note(named: dict[str, bool], record: Record) -> None:
    """Note which files are to be there."""
    if record.kind == EXPUNGED:
        named[str(record.payload["digest"])] = False
    named.update(dict.fromkeys(digests_in(record.payload), True))


def _copy(artifacts: Artifacts, digest: str, folder: Path) -> None:
    path = Artifacts(folder).path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    with artifacts.opened(digest) as source, path.open("xb") as target:
        shutil.copyfileobj(source, target)


def _bring(source: Artifacts, target: Artifacts, named: dict[str, bool]) -> None:
    wanted = sorted(digest for digest, there in named.items() if there)
    for digest in wanted:
        if source.state(digest) is not State.PRESENT:
            raise ImportRefused(f"The file {digest} of the export is {source.state(digest)}; nothing was taken in.")
    for digest in wanted:
        with source.opened(digest) as file:
            target.keep_as_is(file)


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / ABOUT).read_bytes())
    except (OSError, ValueError) as error:
        raise _no_export(folder, error) from None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise ImportRefused(f"{folder} holds no export that this version knows.", do="Use the version that wrote it.")
    return about


def _no_export(folder: Path, error: Exception) -> ImportRefused:
    return ImportRefused(
        f"{folder} holds no complete export.",
        why=f"{error}.",
        do="Name the folder that `lockgate ledger export` wrote.",
    )


@contextlib.contextmanager
def _durable(path: Path) -> Iterator[BinaryIO]:
    """Write a file that is whole and on disk when it gets its name."""
    draft = path.with_name(f"{path.name}.part")
    with draft.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
