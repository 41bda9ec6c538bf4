"""What is around a record? The others that it has to do with, both ways, the files that it holds, and its board."""

from collections.abc import Iterable
from dataclasses import dataclass

from lockgate.kernel.register import Kind, Register, State
from lockgate.ledger.registers.due import is_open
from lockgate.ledger.registers.engine import RELATIONS
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known


@dataclass(frozen=True)
class Linked:
    """One link, as it reads from the record."""

    relation: str
    """Its key, to take it away with."""
    reads: str
    """Like `blocks` or `is blocked by`."""
    to: str
    """The other end: a record, or what the workspace declares like `scenario:otc-01`."""
    title: str = ""
    """Of the other record; empty for what is no record."""
    is_open: bool | None = None
    """Whether something is left to be done there; None for what is no record."""
    outward: bool = True
    """False for a link that stands with the other record."""


@dataclass(frozen=True)
class Attached:
    """One file that a record holds."""

    field: str
    digest: str


@dataclass(frozen=True)
class Column:
    """The records of one state; the state's key is its title when it is not declared any more."""

    state: State
    entries: tuple[Entry, ...]


def links_of(entry: Entry, known: Known) -> tuple[Linked, ...]:
    """Return its links both ways, its own first."""
    own = (_linked(one.relation, one.relation, one.to, known, outward=True) for one in entry.links)
    back = (
        _linked(one.relation, RELATIONS.get(one.relation, one.relation), one.to, known, outward=False)
        for one in entry.linked_from
    )
    return (*own, *back)


def attached_to(entry: Entry, register: Register) -> tuple[Attached, ...]:
    """Return the files that it holds, by the digests under which they are kept."""
    found = []
    for one in register.fields:
        value = entry.values.get(one.key)
        if one.kind is Kind.ATTACHMENT and value:
            found += [Attached(one.key, digest) for digest in (value if one.several else [value])]
    return tuple(found)


def board(entries: Iterable[Entry], register: Register) -> tuple[Column, ...]:
    """Return records by state: a column for each that is declared, then those where records were left behind."""
    by_state: dict[str, list[Entry]] = {state.key: [] for state in register.states}
    for one in entries:
        by_state.setdefault(one.state, []).append(one)
    return tuple(Column(register.state(key) or State(key, key), tuple(found)) for key, found in by_state.items())


def _linked(relation: str, reads: str, to: str, known: Known, *, outward: bool) -> Linked:
    other = known.entries.by_id.get(to)
    if other is None:
        return Linked(relation, reads, to, outward=outward)
    register = known.registers.get(other.register)
    left = is_open(other, register) if register else True
    return Linked(relation, reads, to, str(other.values.get("title", "")), left, outward)
