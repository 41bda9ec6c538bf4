"""What came of a change? Which records were touched, or why nothing happened; of an import, row by row."""

from datetime import datetime
from typing import Any

from typing_extensions import TypedDict

from lockgate.ledger.registers.action import Refusal
from lockgate.ledger.registers.book import Done, Imported
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.telling.records import row


class RefusedAnswer(TypedDict):
    """One reason why not."""

    code: str
    field: str
    message: str
    do: str


class DoneAnswer(TypedDict):
    """The keys of every verb that changes records."""

    done: bool
    records: list[dict[str, Any]]
    events: list[int]
    refusals: list[RefusedAnswer]


class ImportAnswer(TypedDict):
    """The keys of `lockgate register import --json`."""

    done: bool
    raised: list[int]
    edited: list[int]
    unchanged: list[int]
    wrong: list[int]
    events: list[int]
    findings: list[dict[str, str]]


def done_answer(done: Done, known: Known, moment: datetime) -> DoneAnswer:
    """Return what came of actions in the words of the contract."""
    entries = [done.entries.by_id[record] for record in done.touched]
    return DoneAnswer(
        done=not done.refusals,
        records=[row(one, known, moment) for one in entries],
        events=[record.number for record in done.records],
        refusals=[refused(one) for one in done.refusals],
    )


def refused(one: Refusal) -> RefusedAnswer:
    """Return one reason in the words of the contract."""
    return RefusedAnswer(code=one.code, field=one.field, message=one.what, do=one.do)


def import_answer(imported: Imported) -> ImportAnswer:
    """Return what came of an import in the words of the contract."""
    plan = imported.plan
    return ImportAnswer(
        done=bool(imported.records) or (plan.whole and not plan.events),
        raised=list(plan.raised),
        edited=list(plan.edited),
        unchanged=list(plan.unchanged),
        wrong=list(plan.wrong),
        events=[record.number for record in imported.records],
        findings=[one.as_dict() for one in plan.findings],
    )
