"""What do programs learn of the ledger? The keys of `lockgate ledger … --json`, which the API answers with too."""

from collections.abc import Mapping
from typing import Any

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp
from lockgate.ledger.proving.verification import Report
from lockgate.ledger.record import Record


class VerifyAnswer(TypedDict):
    """The keys of `lockgate ledger verify --json`."""

    ok: bool
    records: int
    head: str
    first_bad: int | None
    why: str
    ledger: str
    artifacts: int
    expunged: int
    behind: list[int]
    checkpoints: int


class RecordAnswer(TypedDict):
    """The keys of each record of `lockgate ledger tail --json`, and of what a verb recorded."""

    number: int
    at: str
    by: str
    kind: str
    payload: Mapping[str, Any]
    previous: str
    hash: str
    behind_seconds: int


def verify_answer(report: Report, checkpoints: int) -> VerifyAnswer:
    """Return what was found in the words of the contract."""
    return VerifyAnswer(
        ok=report.ok,
        records=report.records,
        head=report.head.hash,
        first_bad=report.first_bad,
        why=report.why,
        ledger=report.ledger,
        artifacts=report.artifacts,
        expunged=report.expunged,
        behind=list(report.behind),
        checkpoints=checkpoints,
    )


def record_answer(record: Record) -> RecordAnswer:
    """Return a record."""
    return RecordAnswer(
        number=record.number,
        at=stamp(record.at),
        by=record.by,
        kind=record.kind,
        payload=record.payload,
        previous=record.previous,
        hash=record.hash,
        behind_seconds=record.behind_seconds,
    )
