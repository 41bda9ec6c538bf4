"""What does the page of a record show? Its fields, who may do what next, what is around it and what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from lockgate.kernel.register import Field, Kind, Register
from lockgate.ledger.registers.action import Refusal
from lockgate.ledger.registers.due import due_at, is_open, overdue
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.around import Attached, Linked, attached_to, links_of
from lockgate.ledger.registers.showing.form import to_take
from lockgate.ledger.registers.showing.notices import holders
from lockgate.ledger.registers.showing.offer import Offered, offer
from lockgate.tower.records.inputs import Ask, asks, others
from lockgate.tower.seeing.shown import Names, Part, address, names_of, parts, state_title
from lockgate.tower.seeing.sight import Sight


@dataclass(frozen=True)
class Trouble:
    """What was refused a moment ago, where on the page, and what had been typed."""

    part: str
    """The key of a step, or `comment`, `link`, `tag`, `attach`."""
    refusals: tuple[Refusal, ...]
    typed: QueryDict


@dataclass(frozen=True)
class Fact:
    """One field with its value."""

    field: Field
    parts: tuple[Part, ...]

    @property
    def long(self) -> bool:
        """True for what needs the whole width."""
        return self.field.kind is Kind.LONG_TEXT


@dataclass(frozen=True)
class Step:
    """One step, as it is offered."""

    offered: Offered
    asks: tuple[Ask, ...]
    here: bool
    """True when it starts from the state of the record."""
    to: str
    who: str
    said: tuple[tuple[str, bool, str], ...]
    """Who voted, yes or no, and why."""
    refusals: tuple[Refusal, ...]
    reason: str = ""

    @property
    def plain(self) -> bool:
        """True when it needs nothing more than to be taken."""
        return not (self.offered.step.reason or self.asks or self.offered.ballot)


@dataclass(frozen=True)
class End:
    """One link."""

    link: Linked
    url: str


@dataclass(frozen=True)
class File:
    """One file."""

    attached: Attached
    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Late:
    """Who hears of it that a record is late."""

    role: str
    since: datetime
    people: str


@dataclass(frozen=True)
class Whole:
    """All that the page shows."""

    entry: Entry
    register: Register
    title: str
    state: str
    open: bool
    due: datetime | None
    late: bool
    escalated: tuple[Late, ...]
    raised_by: str
    owner: str
    owned: bool
    """True when a record of this kind has an owner."""
    facts: tuple[Fact, ...]
    empty: tuple[Field, ...]
    """Fields without a value."""
    steps: tuple[Step, ...]
    why_not_edit: tuple[Refusal, ...]
    links: tuple[End, ...]
    files: tuple[File, ...]
    file_fields: tuple[Field, ...]


def whole(entry: Entry, sight: Sight, trouble: Trouble | None = None) -> Whole:
    """Return all that the page of a record shows."""
    register, names = sight.known.registers[entry.register], names_of(sight.desk.workspace)
    found = offer(entry, sight.watcher, sight.known, sight.desk.moment)
    due = due_at(entry, sight.known)
    held = [one for one in register.fields if one.kind is not Kind.ATTACHMENT and one.key != "title"]
    facts = tuple(Fact(one, parts(entry.values.get(one.key), one, names, sight.known)) for one in held)
    return Whole(
        entry=entry,
        register=register,
        title=str(entry.values.get("title", "")),
        state=state_title(entry.state, register),
        open=is_open(entry, register),
        due=due,
        late=due is not None and due < sight.desk.moment,
        escalated=tuple(_escalated(entry, sight, names)),
        raised_by=names.person(entry.raised_by),
        owner=names.person(entry.owner),
        owned=register.field("owner") is not None,
        facts=tuple(one for one in facts if one.parts),
        empty=tuple(one.field for one in facts if not one.parts),
        steps=tuple(_step(one, entry, sight, names, trouble) for one in found.steps),
        why_not_edit=found.why_not_edit,
        links=tuple(End(one, address(one.to, sight.known)) for one in links_of(entry, sight.known)),
        files=tuple(_file(one, entry, register, sight) for one in attached_to(entry, register)),
        file_fields=tuple(one for one in register.fields if one.kind is Kind.ATTACHMENT),
    )


def _step(one: Offered, entry: Entry, sight: Sight, names: Names, trouble: Trouble | None) -> Step:
    register = sight.known.registers[entry.register]
    own = trouble if trouble is not None and trouble.part == one.step.key else None
    refusals = own.refusals if own else ()
    asked = asks(to_take(one.step, entry, register), register, sight, own.typed if own else None, refusals)
    cast = one.ballot.votes if one.ballot else ()
    return Step(
        one,
        asked,
        entry.state in one.step.source,
        state_title(one.step.target, register),
        ", ".join(_called(one.step.who, entry, names)),
        tuple((names.person(vote.by), vote.yes, vote.reason) for vote in cast),
        others(refusals, asked),
        own.typed.get("reason", "") if own else "",
    )


def _called(who: Iterable[str], entry: Entry, names: Names) -> Iterable[str]:
    persons = {"owner": entry.owner, "raiser": entry.raised_by}
    for word in who:
        yield (
            _("the {role}, {person}").format(role=word, person=names.person(persons[word]))
            if persons.get(word)
            else word.replace("-", " ")
        )


def _escalated(entry: Entry, sight: Sight, names: Names) -> Iterable[Late]:
    actors = sight.desk.actors()
    for late in overdue([entry], sight.known, sight.desk.moment):
        for one in late.escalated:
            people = [names.person(person) for person in holders(one.role, entry, sight.known, actors)]
            yield Late(one.role.replace("-", " "), one.since, ", ".join(people) or _("nobody"))


def _file(one: Attached, entry: Entry, register: Register, sight: Sight) -> File:
    field: Any = register.field(one.field)
    then = f"?as-of={sight.when}" if sight.when else ""
    name = sight.desk.artifacts.names.of(one.digest, entry.id)
    return File(one, name, field.title, f"/register/{entry.register}/{entry.id}/file/{one.digest}/{then}")
