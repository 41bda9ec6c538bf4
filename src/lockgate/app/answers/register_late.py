"""How is it told what is late, and who must hear of it? As keys of `--json`, and as lines."""

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

from lockgate.faces.output import Table
from lockgate.kernel.clock import stamp
from lockgate.ledger.registers.action import Actor
from lockgate.ledger.registers.due import Overdue
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.showing.notices import Notice, holders


class EscalatedAnswer(TypedDict):
    """A role that hears of it, and who has that role."""

    role: str
    since: str
    people: list[str]


class LateAnswer(TypedDict):
    """One of what `lockgate register late --json` lists."""

    id: str
    register: str
    title: Any
    state: str
    due_at: str
    days: int
    owner: str
    escalates_to: str
    escalated: list[EscalatedAnswer]


class NoticeAnswer(TypedDict):
    """One of what `lockgate register notices --json` lists."""

    person: str
    id: str
    title: Any
    why: str
    about: str
    since: str


def late_answer(found: Iterable[Overdue], known: Known, actors: Sequence[Actor]) -> list[LateAnswer]:
    """Return what is late in the words of the contract."""
    return [
        LateAnswer(
            id=one.entry.id,
            register=one.entry.register,
            title=one.entry.values.get("title"),
            state=one.entry.state,
            due_at=stamp(one.due),
            days=one.days,
            owner=one.owner,
            escalates_to=one.escalates_to,
            escalated=[
                EscalatedAnswer(
                    role=each.role, since=stamp(each.since), people=[*holders(each.role, one.entry, known, actors)]
                )
                for each in one.escalated
            ],
        )
        for one in found
    ]


def late_table(found: Iterable[LateAnswer]) -> Table:
    """Return what is late for a person."""
    rows = [
        (
            one["id"],
            one["title"],
            one["days"],
            one["owner"],
            "; ".join(f"{each['role']}: {', '.join(each['people']) or 'nobody'}" for each in one["escalated"]),
        )
        for one in found
    ]
    return Table(("Id", "Title", "Days late", "Owner", "Escalated to"), rows, "Nothing is late.")


def notices_answer(found: Iterable[Notice], known: Known) -> list[NoticeAnswer]:
    """Return who must hear of what in the words of the contract."""
    return [
        NoticeAnswer(
            person=one.person,
            id=one.id,
            title=known.entries.by_id[one.id].values.get("title"),
            why=one.why.value,
            about=one.about,
            since=stamp(one.since),
        )
        for one in found
    ]


def notices_table(found: Iterable[NoticeAnswer]) -> Table:
    """Return who must hear of what for a person."""
    rows = [
        (
            one["person"] or "nobody",
            one["id"],
            one["title"],
            f"{one['why']} {one['about']}".rstrip(),
            one["since"][:16].replace("T", " "),
        )
        for one in found
    ]
    return Table(("Who", "Id", "Title", "Why", "Since"), rows, "Nobody waits for anything.")
