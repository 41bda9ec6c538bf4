"""What does a form ask for? The fields to raise, edit or take a step with, what they hold and what may be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lockgate.kernel.register import Field, Kind, Register, Transition
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known


@dataclass(frozen=True)
class Input:
    """One field of a form."""

    field: Field
    required: bool
    """True when the form is refused without it."""
    value: Any = None
    """What the record holds now, None for nothing."""
    needed_by: tuple[str, ...] = ()
    """The keys of the steps that need a value."""


@dataclass(frozen=True)
class Option:
    """One value that can be chosen."""

    key: str
    title: str


def to_raise(register: Register) -> tuple[Input, ...]:
    """Return what is asked for a new record."""
    return tuple(Input(one, one.required, None, _needed_by(one, register)) for one in register.fields)


def to_edit(entry: Entry, register: Register) -> tuple[Input, ...]:
    """Return what is asked to edit a record."""
    return tuple(
        Input(one, one.required, entry.values.get(one.key), _needed_by(one, register)) for one in register.fields
    )


def to_take(step: Transition, entry: Entry, register: Register) -> tuple[Input, ...]:
    """Return what is asked to take a step; nothing for votes, which are on the record as it is."""
    fields = [] if step.votes > 1 else [one for one in register.fields if one.key in step.needs]
    return tuple(Input(one, required=True, value=entry.values.get(one.key)) for one in fields)


def options(field: Field, known: Known) -> tuple[Option, ...]:
    """Return what may be chosen for a field; nothing for what is typed, and where nothing is declared."""
    return tuple(_options(field, known))


def _options(field: Field, known: Known) -> Iterable[Option]:
    if field.kind is Kind.REFERENCE:
        there = known.entries.by_id.values()
        of = sorted(
            (one for one in there if field.register in {"", one.register}), key=lambda one: (one.register, one.counted)
        )
        return (Option(one.id, str(one.values.get("title", ""))) for one in of)
    if field.kind is Kind.CHOICE:
        return (Option(key, title) for key, title in field.choices.items())
    declared = {Kind.PERSON: known.people, Kind.SITE: known.sites, Kind.CAPABILITY: known.capabilities}
    return (Option(key, key) for key in declared.get(field.kind) or ())


def _needed_by(field: Field, register: Register) -> tuple[str, ...]:
    return tuple(step.key for step in register.transitions if field.key in step.needs)
