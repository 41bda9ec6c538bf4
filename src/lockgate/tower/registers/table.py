"""How does a register look as a table? Columns that one chooses, in groups if one likes, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lockgate.kernel.clock import stamp
from lockgate.kernel.register import Field, Kind, Register
from lockgate.ledger.registers.due import due_at, is_open, view
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.showing.offer import why_not_edit
from lockgate.tower.registers.finding import DUE
from lockgate.tower.registers.query import Query
from lockgate.tower.seeing.shown import Names, Part, parts, state_title
from lockgate.tower.seeing.sight import Sight

ROWS: Final = 100
_OWN: Final = {
    "state": _("State"),
    DUE: _("Due"),
    "tags": _("Tags"),
    "raised_by": _("Raised by"),
    "raised_at": _("Raised"),
    "changed_by": _("Changed by"),
    "changed_at": _("Changed"),
    "age_days": _("Days old"),
    "days_in_state": _("Days in state"),
}
_MOMENTS: Final = {DUE, "raised_at", "changed_at"}
_NUMBERS: Final = {"age_days", "days_in_state"}
_LONGEST: Final = 140
_FEW: Final = 2


@dataclass(frozen=True)
class Column:
    """One column."""

    key: str
    title: str
    kind: str
    """The kind of its field; `moment`, `state` and so on for what every record has."""
    sort: str = ""
    """The query that sorts by it, the other way round when it is sorted already; empty when it can't be sorted."""
    sorted: str = ""
    """`ascending`, `descending` or nothing."""


@dataclass(frozen=True)
class Cell:
    """One value of a record."""

    column: Column
    parts: tuple[Part, ...]
    moment: str = ""
    edit: bool = False
    """True when the viewer may change it in its place."""


@dataclass(frozen=True)
class Row:
    """One record."""

    id: str
    register: str
    title: str
    version: int
    state: str
    open: bool
    late: bool
    edit: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """Records that have the same value."""

    title: str
    count: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheet:
    """A register as a table."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    count: int
    pages: int
    query: Query


def columns_of(register: Register) -> tuple[Column, ...]:
    """Return every column that there can be."""
    fields = [Column(one.key, one.title, one.kind) for one in register.fields if one.key != "title"]
    own = [Column(key, str(title), _own_kind(key)) for key, title in _OWN.items()]
    return (*own[:1], *fields, *own[1:])


def usual(register: Register) -> tuple[str, ...]:
    """Return the columns that are shown when none are chosen."""
    choices = [one.key for one in register.fields if one.kind is Kind.CHOICE and not one.several][:_FEW]
    sites = [one.key for one in register.fields if one.kind is Kind.SITE][:1]
    owner = ["owner"] if register.field("owner") else []
    return ("state", *choices, *sites, *owner, DUE)


def sheet(found: Sequence[Entry], register: Register, query: Query, sight: Sight, names: Names) -> Sheet:
    """Return records as a table, those of the page that is asked for."""
    columns = tuple(_sorting(one, query) for one in _chosen(register, query))
    grouped = _grouped(found, register, query, sight, names)
    ordered = [(title, one) for title, entries in grouped for one in entries]
    pages = max(1, -(-len(ordered) // ROWS))
    page = min(query.page, pages)
    counts = {title: len(entries) for title, entries in grouped}
    groups: dict[str, list[Row]] = {}
    for title, one in ordered[(page - 1) * ROWS : page * ROWS]:
        groups.setdefault(title, []).append(row(one, columns, sight, names))
    shown = tuple(Group(title, counts[title], tuple(rows)) for title, rows in groups.items())
    return Sheet(columns, shown, len(found), pages, replace(query, page=page))


def row(entry: Entry, columns: Iterable[Column], sight: Sight, names: Names) -> Row:
    """Return one record as a row."""
    register = sight.known.registers[entry.register]
    due = due_at(entry, sight.known)
    edit = not sight.when and not why_not_edit(entry, sight.watcher, sight.known, sight.desk.moment)
    return Row(
        entry.id,
        entry.register,
        str(entry.values.get("title", "")),
        entry.version,
        state_title(entry.state, register),
        is_open(entry, register),
        due is not None and due < sight.desk.moment,
        edit,
        tuple(_cell(entry, one, sight, names, edit=edit) for one in columns),
    )


def around(shown: Sheet) -> dict[str, str]:
    """Return the addresses of the pages before and after, and of the order by title."""
    query, page = shown.query, shown.query.page
    return {
        "before": query.url(page=page - 1) if page > 1 else "",
        "after": query.url(page=page + 1) if page < shown.pages else "",
        "title_sort": query.url(sort=("-title" if query.sort[:1] == ("title",) else "title",)),
    }


def chosen(register: Register, query: Query) -> tuple[Column, ...]:
    """Return the columns of a query, with how each sorts."""
    return tuple(_sorting(one, query) for one in _chosen(register, query))


def _chosen(register: Register, query: Query) -> list[Column]:
    there = {one.key: one for one in columns_of(register)}
    return [there[key] for key in query.columns or usual(register) if key in there]


def _sorting(column: Column, query: Query) -> Column:
    if column.kind == Kind.ATTACHMENT:
        return column
    first = query.sort[0] if query.sort else ""
    now = {column.key: "ascending", f"-{column.key}": "descending"}.get(first, "")
    wanted = f"-{column.key}" if now == "ascending" else column.key
    return replace(column, sort=query.url(sort=(wanted,)), sorted=now)


def _own_kind(key: str) -> str:
    return "moment" if key in _MOMENTS else "number" if key in _NUMBERS else key


def _called(entry: Entry, field: Field, found: Sequence[Part], sight: Sight) -> tuple[Part, ...]:
    """Return files by their names, where those are known."""
    value = entry.values.get(field.key) or ()
    digests = value if field.several else [value]
    names = (sight.desk.artifacts.names.of(digest, entry.id) for digest in digests if digest)
    return tuple(replace(one, text=name or one.text) for one, name in zip(found, names, strict=True))


def _cell(entry: Entry, column: Column, sight: Sight, names: Names, *, edit: bool) -> Cell:
    register = sight.known.registers[entry.register]
    field = register.field(column.key)
    if field is not None:
        found = parts(entry.values.get(field.key), field, names, sight.known)
        if field.kind is Kind.ATTACHMENT:
            found = _called(entry, field, found, sight)
        short = tuple(replace(one, text=_short(one.text)) for one in found)
        return Cell(column, short, edit=edit and field.kind is not Kind.ATTACHMENT)
    if column.key in _MOMENTS:
        at = due_at(entry, sight.known) if column.key == DUE else getattr(entry, column.key)
        return Cell(column, (), moment=stamp(at) if at else "")
    return Cell(column, tuple(_own(entry, column.key, sight, names)))


def _own(entry: Entry, key: str, sight: Sight, names: Names) -> list[Part]:
    value: Any = view(entry, sight.known, sight.desk.moment)[key]
    if key == "state":
        return [Part(state_title(value, sight.known.registers[entry.register]))]
    if key in {"raised_by", "changed_by"}:
        return [Part(names.person(value))]
    return [Part(str(one)) for one in (value if isinstance(value, list) else [value])]


def _grouped(
    found: Sequence[Entry], register: Register, query: Query, sight: Sight, names: Names
) -> list[tuple[str, list[Entry]]]:
    column = next((one for one in columns_of(register) if one.key == query.group), None)
    if column is None:
        return [("", list(found))]
    titles: dict[str, str] = {}
    groups: dict[str, list[Entry]] = {}
    for one in found:
        said = _value(one, column, register)
        if said not in titles:
            cell = _cell(one, column, sight, names, edit=False)
            titles[said] = cell.moment[:10] or ", ".join(part.text for part in cell.parts) or "none"
        groups.setdefault(titles[said], []).append(one)
    return list(groups.items())


def _value(entry: Entry, column: Column, register: Register) -> str:
    """Return what tells by which value a record is grouped: thousands have the same few."""
    if column.key == "state":
        return entry.state
    field = register.field(column.key)
    return repr(entry.values.get(field.key)) if field and field.kind is not Kind.ATTACHMENT else entry.id


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
