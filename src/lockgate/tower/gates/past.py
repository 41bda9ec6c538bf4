"""What has happened at a gate, and at which moments did it change? Its events in words, and the steps of the slider.

P1  A gate changes with what people say to it, with the evidence that it looks at, and with the records of registers
    that it asks about; of a record the last change counts.
P2  What is about sites that the viewer does not see is no step.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from lockgate.faces.web.reading import whole_moment
from lockgate.faces.web.viewer import Viewer
from lockgate.faces.web.words import said as word
from lockgate.gates.criteria.definition import Kept, questions
from lockgate.gates.facts.history import DECIDED, EMERGENCY, FULFILLED, KINDS, REFUSED, VOTED, WAIVED
from lockgate.kernel.clock import moment_of
from lockgate.ledger import Record, Recorded
from lockgate.tower.gates.asked import Asked

STEPS: Final = 120
"""How many of the newest moments can be stepped through."""
_RECORDS: Final = 40
"""How many of the newest changes of registers are looked up."""


@dataclass(frozen=True)
class Told:
    """One event of a gate, in words."""

    number: int
    at: datetime
    by: str
    what: str
    more: str
    kind: str


@dataclass(frozen=True)
class Step:
    """A moment when something changed for the gate."""

    number: int
    at: datetime
    what: str


def told(found: Asked) -> list[Told]:
    """Return all that people said and tried at the gate, newest first."""
    return [
        Told(one.number, one.at, one.by, *_said(one), one.kind.partition(".")[2]) for one in reversed(events(found))
    ]


def events(found: Asked) -> list[Record]:
    """Return the gate's events in their order."""
    about = (found.gate.key, str(found.scope))
    records = found.room.place.ledger.records(upto=found.room.head.number, kinds=KINDS)
    return [one for one in records if (one.payload["gate"], one.payload["scope"]) == about]


def steps(found: Asked, evidence: Iterable[Recorded], viewer: Viewer) -> list[Step]:
    """Return the moments to step through, oldest first (P1, P2)."""
    taken = sorted((one for one in evidence if viewer.sees(one.evidence.scope)), key=lambda one: one.number)[-STEPS:]
    called = _("{kind} of {scope}")
    all_steps = [
        *(Step(one.number, one.at, f"{one.by}: {_said(one)[0]}") for one in events(found)),
        *(Step(one.number, one.at, called.format(kind=one.evidence.kind, scope=one.evidence.scope)) for one in taken),
        *_of_registers(found, viewer),
    ]
    return sorted(set(all_steps), key=lambda step: step.number)[-STEPS:]


def _of_registers(found: Asked, viewer: Viewer) -> Iterator[Step]:
    registers = {
        one.register
        for criterion in found.gate.criteria
        for one in questions(criterion.question)
        if isinstance(one, Kept)
    }
    rows = [row for name in sorted(registers) for row in found.facts.rows(name, found.scope) or ()]
    seen = sorted((row["number"], row["id"]) for row in rows if viewer.sees_sites(_sites(row)))
    for number, record in seen[-_RECORDS:]:
        at = found.room.place.ledger.record(number)
        yield Step(number, at.at, f"{record} {at.kind.partition('.')[2]}")


def _sites(row: Mapping[str, Any]) -> list[str]:
    named = row.get("site") or []
    return [named] if isinstance(named, str) else list(named)


def _said(event: Record) -> tuple[str, str]:
    """Return what somebody did, and what they said about it."""
    return _IN_WORDS[event.kind](event.payload)


def _voted(said: Mapping[str, Any]) -> tuple[str, str]:
    vote = said["vote"]
    how = _("voted {choice} for {person}") if vote["behalf"] else _("voted {choice}")
    said_so = how.format(choice=word(vote["choice"]), person=vote["behalf"])
    return " ".join([said_so, *_right(vote)]), vote["reason"]


def _right(vote: Mapping[str, Any]) -> list[str]:
    """Return by which right that was not declared somebody voted, nothing when it was."""
    if vote.get("lent"):
        return [_("by a role lent in #{number}").format(number=vote["lent"])]
    return [_("by a role given in #{number}").format(number=vote["given"])] if vote.get("given") else []


def _decided(said: Mapping[str, Any]) -> tuple[str, str]:
    against = [vote["by"] for vote in said["votes"] if vote["choice"] != said["choice"]]
    more = _("against it: {people}").format(people=", ".join(against)) if against else ""
    return _("decided: {choice}").format(choice=word(said["choice"])), more


_IN_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], tuple[str, str]]]] = {
    VOTED: _voted,
    DECIDED: _decided,
    WAIVED: lambda said: (
        _("waived {criterion} until {moment}").format(
            criterion=said["criterion"], moment=whole_moment(moment_of(said["until"]))
        ),
        _("{reason} (risk: {person})").format(reason=said["reason"], person=said["owner"]),
    ),
    FULFILLED: lambda said: (_("fulfilled {condition}").format(condition=said["condition"]), ""),
    EMERGENCY: lambda said: (
        _("signed an emergency permit until {moment}").format(moment=whole_moment(moment_of(said["until"]))),
        said["reason"],
    ),
    REFUSED: lambda said: (
        _("was refused: {wanted}").format(wanted=said["wanted"]),
        _("rules {rules}").format(rules=", ".join(said["rules"])),
    ),
}
