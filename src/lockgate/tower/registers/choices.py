"""By what can a register be narrowed? States, owners, tags and fields, each with the address that asks for it."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from lockgate.kernel.register import OF_EVERY_RECORD, Register
from lockgate.ledger.registers.showing.form import Option
from lockgate.tower.registers.query import Query
from lockgate.tower.seeing.shown import names_of
from lockgate.tower.seeing.sight import Sight

HOW: Final = ("=", "!=", "<", "<=", ">", ">=", "in", "not in", "is empty", "is not empty")


@dataclass(frozen=True)
class Chosen:
    """One way to narrow, or to widen again."""

    title: str
    count: int
    url: str
    on: bool


@dataclass(frozen=True)
class Choices:
    """All ways."""

    states: tuple[Chosen, ...]
    people: tuple[Option, ...]
    tags: tuple[str, ...]
    fields: tuple[Option, ...]
    how: tuple[str, ...]
    without: tuple[Chosen, ...]
    """One for each comparison that is on: the address without it."""


def choices(register: Register, query: Query, sight: Sight) -> Choices:
    """Return by what the records that the viewer sees can be narrowed."""
    there = sight.known.entries.summary(register.key)
    ended = {one.key for one in register.states if not one.open}
    left = tuple(one.key for one in register.states if one.open)
    count = sum(there.states.values())
    open_ones = sum(many for state, many in there.states.items() if state not in ended)
    states = [
        Chosen(_("All"), count, query.url(state=()), not query.state),
        Chosen(_("Open ones"), open_ones, query.url(state=left), query.state == left),
    ]
    states += [
        Chosen(one.title, there.states.get(one.key, 0), query.url(state=(one.key,)), query.state == (one.key,))
        for one in register.states
    ]
    names = names_of(sight.desk.workspace)
    owners = sorted(there.owners | {sight.viewer.person, query.owner} - {"", "-"})
    own = [Option(key, key.replace("_", " ")) for key in sorted(OF_EVERY_RECORD - {"register", "today"})]
    return Choices(
        tuple(states),
        tuple(Option(one, names.person(one)) for one in owners),
        tuple(sorted(there.tags)),
        (*(Option(one.key, one.title) for one in register.fields), *own),
        HOW,
        tuple(Chosen(one, 0, query.url(where=_without(query.where, one)), on=True) for one in query.where),
    )


def _without(where: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(other for other in where if other != one)
