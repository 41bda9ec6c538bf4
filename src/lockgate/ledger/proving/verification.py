"""Is the ledger whole, and the same that others have seen? Every record, file and held checkpoint is looked at.

V1  The first record that was touched is named, with what is wrong with it; a record that is gone counts as touched.
V2  What a database keeps beside a record's body for finding it says the same as the body.
V3  A file that a record names is there and unaltered, unless it was expunged since; what was expunged is gone.
V4  A checkpoint must fit: the same ledger, at least as long, and the same hash at its number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from lockgate.kernel.clock import stamp
from lockgate.ledger.artifacts import EXPUNGED, Artifacts, State, digests_in
from lockgate.ledger.ledger import AsOf, Ledger
from lockgate.ledger.proving.chain import Broken, Chain
from lockgate.ledger.proving.checkpoints import Checkpoint
from lockgate.ledger.record import Head, Record

PAGE: Final = 2_000


@dataclass(frozen=True)
class Report:
    """What was found."""

    ledger: str
    records: int
    """How many follow each other from the first on."""
    head: Head
    """The last of them."""
    first_bad: int | None = None
    why: str = ""
    artifacts: int = 0
    expunged: int = 0
    behind: Sequence[int] = field(default_factory=tuple)
    """The records whose clock ran back."""

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return self.first_bad is None


def verify(
    ledger: Ledger,
    artifacts: Artifacts | None = None,
    checkpoints: Sequence[Checkpoint] = (),
    *,
    upto: AsOf | None = None,
    on_page: Callable[[int], None] = lambda _count: None,
) -> Report:
    """Return what is found when every record is looked at; files only without `upto`, as some were expunged since."""
    end = None if upto is None else ledger.head(upto).number
    chain, files, behind = Chain(), _Files(artifacts if end is None else None), []
    fault: Broken | None = None
    try:
        after = -(2**62)
        while rows := _page(ledger, after, end):
            for row in rows:
                record = _checked(chain, row)
                _compare(checkpoints, record, chain.identity)
                files.note(record)
                if record.behind_seconds:
                    behind.append(record.number)
            after = rows[-1][0]
            on_page(len(rows))
        _reached(checkpoints, chain)
    except Broken as broken:
        fault = broken
    fault = files.first_bad() or fault  # only files of the records before the broken one were noted
    report = _report(chain, files, behind)
    return report if fault is None else replace(report, first_bad=fault.number, why=fault.why)


def _report(chain: Chain, files: "_Files", behind: list[int]) -> Report:
    return Report(
        ledger=chain.identity,
        records=chain.head.number,
        head=chain.head,
        artifacts=files.count,
        expunged=files.expunged,
        behind=tuple(behind),
    )


def _page(ledger: Ledger, after: int, end: int | None) -> list[tuple[Any, ...]]:
    statement = (
        "select number, at, kind, behind, previous, hash, body from ledger_record"
        " where number > ? and number <= ? order by number limit ?"
    )
    with ledger.store.reading() as turn:
        return turn.rows(statement, after, 2**62 if end is None else end, PAGE)


def _checked(chain: Chain, row: Sequence[Any]) -> Record:
    number, at, kind, behind, previous, own_hash, body = row
    record = chain.follow(previous, own_hash, bytes(body), number=number)
    for name, kept, said in (
        ("time", at, stamp(record.at)),
        ("kind", kind, record.kind),
        ("clock's distance", behind, record.behind_seconds),
    ):
        if kept != said:  # V2
            raise Broken(number, f"its {name} is kept as {kept!r}, and its content says {said!r}")
    return record


def _compare(checkpoints: Sequence[Checkpoint], record: Record, identity: str) -> None:
    for held in checkpoints:
        if held.ledger != identity:
            raise Broken(1, f"this is ledger {identity}; the checkpoint is of ledger {held.ledger}")
        if held.number == record.number and held.hash != record.hash:  # V4
            raise Broken(
                record.number, f"the checkpoint of {stamp(held.at)} saw another history: it was rewritten up to here"
            )


def _reached(checkpoints: Sequence[Checkpoint], chain: Chain) -> None:
    for held in checkpoints:
        if held.number > chain.head.number:  # V4
            raise Broken(
                chain.head.number + 1,
                f"it is missing; the checkpoint of {stamp(held.at)} saw {held.number} records:"
                " the end was cut off or an old backup put in place",
            )


class _Files:
    """The files that records name, in the order in which that happened (V3)."""

    def __init__(self, artifacts: Artifacts | None) -> None:
        self._artifacts = artifacts
        self._named: dict[str, int] = {}
        self._gone: dict[str, int] = {}

    @property
    def count(self) -> int:
        return len(self._named)

    @property
    def expunged(self) -> int:
        return len(self._gone)

    def note(self, record: Record) -> None:
        if b'"artifact' not in record.body:  # most name none, and to look through each takes longer than all else
            return
        if record.kind == EXPUNGED:
            digest = str(record.payload.get("digest"))
            self._gone[digest] = record.number
            self._named.pop(digest, None)
        for digest in digests_in(record.payload):
            self._named.setdefault(digest, record.number)
            self._gone.pop(digest, None)

    def first_bad(self) -> Broken | None:
        """Return the first record whose file is not as it should be."""
        if self._artifacts is None:
            return None
        awaited = [(number, digest, State.PRESENT) for digest, number in self._named.items()]
        awaited += [(number, digest, State.MISSING) for digest, number in self._gone.items()]
        for number, digest, wanted in sorted(awaited):
            state = self._artifacts.state(digest)
            if state is not wanted:
                what = f"is {state}" if wanted is State.PRESENT else "was expunged and is here again"
                return Broken(number, f"its file {digest} {what}")
        return None
