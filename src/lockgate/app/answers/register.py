"""How are records of registers shown to a person? As lines and tables; as keys they are told in `registers.telling`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from lockgate.faces.output import Fields, Table, View
from lockgate.kernel.register import Kind, Register
from lockgate.ledger.registers.due import due_at
from lockgate.ledger.registers.engine import RELATIONS
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known


def table(entries: Sequence[Entry], register: Register, known: Known, *, moment: datetime) -> Table:
    """Return records for a person."""
    rows = []
    for one in entries:
        due = due_at(one, known)
        late = due is not None and due < moment
        when = f"{due:%Y-%m-%d}{' late' if late else ''}" if due else ""
        rows.append((one.id, _state(one, register), one.values.get("title", ""), one.owner, when))
    empty = f"No {register.plural.lower()}. Raise one: `lockgate register raise {register.key} title=…`"
    return Table(("Id", "State", "Title", "Owner", "Due"), rows, empty)


def views(entry: Entry, known: Known, moment: datetime) -> list[View]:
    """Return one record for a person."""
    register = known.registers[entry.register]
    due = due_at(entry, known)
    fields: dict[str, object] = {
        "Id": f"{entry.id}, version {entry.version}",
        "State": f"{_state(entry, register)}{' (late)' if due and due < moment else ''}",
    }
    for field in register.fields:
        value = entry.values.get(field.key)
        if value is not None:
            items = value if field.several else [value]
            fields[field.title] = ", ".join(_told(item, field.kind, field.choices) for item in items)
    if entry.tags:
        fields["Tags"] = ", ".join(entry.tags)
    fields["Raised"] = f"{entry.raised_at:%Y-%m-%d %H:%M} by {entry.raised_by}"
    said: list[View] = [Fields(fields)]
    links = [f"{one.relation} {one.to}" for one in entry.links]
    links += [f"{RELATIONS.get(one.relation, one.relation)} {one.to}" for one in entry.linked_from]
    history = sorted([*_steps(entry), *_comments(entry)])
    votes = [
        f"{one.by} says {'yes' if one.yes else 'no'} to {one.transition}. {one.reason}".rstrip() for one in entry.votes
    ]
    steps = [f"{one.key} ({', '.join(one.who)})" for one in register.transitions if entry.state in one.source]
    for title, lines in (("Links", links), ("History", history), ("Votes", votes), ("Next", steps)):
        if lines:
            said.append("\n".join(["", title, *(f"  {line}" for line in lines)]))
    return said


def described(register: Register, about: str) -> list[View]:
    """Return what a register holds, for a person."""
    fields = [
        (one.key, f"{one.kind}{' list' if one.several else ''}", "yes" if one.required else "", ", ".join(one.choices))
        for one in register.fields
    ]
    steps = [
        (
            one.key,
            ", ".join(one.source),
            one.target,
            ", ".join(one.who),
            ", ".join([*one.needs, *map(str, one.guards)]),
            one.votes,
        )
        for one in register.transitions
    ]
    return [
        f"{register.plural}: {about}\n",
        Table(("Field", "Kind", "Required", "Choices"), fields),
        "",
        Table(("Step", "From", "To", "Who", "Needs", "Votes"), steps),
    ]


def _state(entry: Entry, register: Register) -> str:
    state = register.state(entry.state)
    return state.title if state else entry.state


def _told(value: Any, kind: Kind, choices: Any) -> str:
    if kind is Kind.CHOICE:
        return str(choices.get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _steps(entry: Entry) -> Iterable[str]:
    for one in entry.steps:
        yield f"{one.at:%Y-%m-%d %H:%M} {one.by}: {one.transition}. {one.reason}".rstrip()


def _comments(entry: Entry) -> Iterable[str]:
    for one in entry.comments:
        yield f"{one.at:%Y-%m-%d %H:%M} {one.by} says: {one.text}"
