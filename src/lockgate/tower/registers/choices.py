"""By what can a register be narrowed? States, owners, tags and fields, each with the address that asks for it."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from lockgate.kernel.register import OF_EVERY_RECORD, Register
from lockgate.ledger.registers.due import is_open
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
    entries = list(sight.known.entries.of(register.key))
    count = Counter(one.state for one in entries)
    left = tuple(one.key for one in register.states if one.open)
    states = [Chosen(_("All"), len(entries), query.url(state=()), not query.state)]
    states.append(
        Chosen(
            _("Open ones"), sum(is_open(one, register) for one in entries), query.url(state=left), query.state == left
        )
    )
    states += [
        Chosen(one.title, count[one.key], query.url(state=(one.key,)), query.state == (one.key,))
        for one in register.states
    ]
    names = names_of(sight.desk.workspace)
    owners = sorted({one.owner for one in entries if one.owner} | {sight.viewer.person, query.owner} - {"", "-"})
    own = [Option(key, key.replace("_", " ")) for key in sorted(OF_EVERY_RECORD - {"register", "today"})]
    return Choices(
        tuple(states),
        tuple(Option(one, names.person(one)) for one in owners),
        tuple(sorted({tag for one in entries for tag in one.tags})),
        (*(Option(one.key, one.title) for one in register.fields), *own),
        HOW,
        tuple(Chosen(one, 0, query.url(where=_without(query.where, one)), on=True) for one in query.where),
    )


def _without(where: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(other for other in where if other != one)
