"""Would Odoo take these rows? Looked at before anything is sent, with the number of rows that each fault is about.

F1  Every field is one that the model has and that may be written; what Odoo requires is not left empty. A required
    field that nothing fills may have a default, which can't be asked for without writing: Odoo tells it at the load.
F2  A choice is one that Odoo offers, and what is referred to by resource or external id is there, and is of the model
    that the field points to.
F3  No two records have one external id; no external id of ours stands for a record of another model.
F4  All is told at once; nothing is written there. What was found stays in the round.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lockgate.kernel.errors import Exit
from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.client import Client
from lockgate.odoo.errors import BadCall, OdooError
from lockgate.odoo.external_ids import targets_of
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.decide.shaping import Column
from lockgate.practices.migration.perform.rounds import Round
from lockgate.practices.migration.perform.sending.targets import Target, line_table
from lockgate.workspace.words import advice, clipped, listed

_SHOWN = 5


@dataclass(frozen=True)
class Fault:
    """Something that Odoo would refuse, or that would go wrong."""

    mapping: str
    field: str
    rows: int
    what: str
    do: str


@dataclass(frozen=True)
class _Part:
    """The rows of a mapping, or of its lines."""

    mapping: str
    model: str
    table: str
    identity: str
    columns: tuple[Column, ...]
    held: tuple[Column, ...]
    under: str = ""


def faults(client: Client, store: Round, targets: Sequence[Target]) -> tuple[Fault, ...]:
    """Return all that Odoo would refuse (F1 to F4)."""
    catalogue = Catalogue(client)
    found: list[Fault] = []
    for target in targets:
        try:
            parts = tuple(_parts(target, catalogue))
        except OdooError as error:
            if error.exit is Exit.UNREACHABLE:
                raise  # that nobody answered says nothing about the mapping
            found.append(Fault(target.mapping.key, "", target.rows, error.what, error.do or "Look at the model."))
            continue
        for part in parts:
            found += _of_part(client, store, catalogue, part)
    _keep(store, targets, found)
    return tuple(found)


def _keep(store: Round, targets: Sequence[Target], found: Sequence[Fault]) -> None:
    """Keep in the round what was found, for the page of each mapping that was looked at."""
    store.connection.execute("create table if not exists looked (mapping varchar)")
    columns = "mapping varchar, field varchar, rows bigint, what varchar, advice varchar"
    store.connection.execute(f"create table if not exists faults ({columns})")
    for target in targets:
        for table in ("looked", "faults"):
            store.connection.execute(f"delete from {table} where mapping = ?", [target.mapping.key])
        store.connection.execute("insert into looked values (?)", [target.mapping.key])
    for one in found:
        store.connection.execute(
            "insert into faults values (?, ?, ?, ?, ?)", [one.mapping, one.field, one.rows, one.what, one.do]
        )


def _parts(target: Target, catalogue: Catalogue) -> Iterator[_Part]:
    mapping = target.mapping
    fields = catalogue.fields(mapping.model)
    yield _Part(
        mapping.key, mapping.model, sql.table("target", mapping.key), "id", target.shape.columns, target.shape.held
    )
    for field, lines in target.lines.items():
        inner = fields[field].relation if field in fields else None
        if inner is None:
            raise BadCall(
                f"{mapping.model} has no lines {field!r}.", do=advice(field, fields), call=f"{mapping.model}.load"
            )
        yield _Part(
            mapping.key, inner, line_table(mapping.key, field), f"{field}/id", lines.columns, lines.held, f"{field}/"
        )


def _of_part(client: Client, store: Round, catalogue: Catalogue, part: _Part) -> Iterator[Fault]:
    fields = catalogue.fields(part.model)
    rows = store.count(part.table)
    yield from _doubles(store, part)
    for column in (*part.columns, *part.held):
        field = fields.get(column.field)
        if field is None:
            yield Fault(
                part.mapping,
                part.under + column.field,
                rows,
                f"{part.model} has no such field.",
                advice(column.field, fields),
            )
        elif column not in part.held:
            yield from _of_column(client, store, part, column, field)


def _doubles(store: Round, part: _Part) -> Iterator[Fault]:
    identity = sql.name(part.identity)
    query = f"select {identity}, count(*) from {part.table} group by 1 having count(*) > 1 order by 1"
    double = store.connection.execute(query).fetchall()
    if double:
        named = listed([str(row[0]) for row in double], most=_SHOWN)
        what = f"Records share an external id: {named}."
        yield Fault(
            part.mapping, part.under + "id", sum(row[1] for row in double), what, "Tell them apart with `record`."
        )


def _of_column(client: Client, store: Round, part: _Part, column: Column, field: Field) -> Iterator[Fault]:
    name = part.under + column.field
    header = sql.name(column.header)
    filled = f"{header} is not null and cast({header} as varchar) <> ''"
    rows = store.count(f"{part.table} where {filled}")
    if field.readonly and not field.stored:
        yield Fault(part.mapping, name, rows, "Odoo computes it and takes no value.", "Leave it out.")
    empty = store.count(part.table) - rows
    if field.required and empty:
        do = "Fill it, or keep the records back by a rule."
        yield Fault(part.mapping, name, empty, "Odoo requires it, and it is empty.", do)
    if field.selection:
        yield from _not_offered(store, part, column, field)
    if column.header.endswith("/id") and not column.refers_to:
        yield from _not_there(client, store, part, column, field)


def _values(store: Round, part: _Part, column: Column) -> list[tuple[str, int]]:
    header = f"cast({sql.name(column.header)} as varchar)"
    one = f"unnest(string_split({header}, ','))" if column.many else header
    query = f"select v, count(*) from (select {one} as v from {part.table}) where v is not null and v <> '' group by 1"
    return [(str(value), int(count)) for value, count in store.connection.execute(f"{query} order by 1").fetchall()]


def _not_offered(store: Round, part: _Part, column: Column, field: Field) -> Iterator[Fault]:
    offered = {word for pair in field.selection for word in pair}
    for value, rows in _values(store, part, column):
        if value not in offered:
            there = advice(value, [key for key, _ in field.selection])
            yield Fault(
                part.mapping, part.under + column.field, rows, f"Odoo does not offer `{clipped(value)}`.", there
            )


def _not_there(client: Client, store: Round, part: _Part, column: Column, field: Field) -> Iterator[Fault]:
    values = dict(_values(store, part, column))
    there = targets_of(client, values)
    name = part.under + column.field
    missing = [value for value in values if value not in there]
    if missing:
        rows = sum(values[value] for value in missing)
        what = f"Odoo has no {listed(missing, most=_SHOWN)}."
        yield Fault(part.mapping, name, rows, what, "Apply the template, or change the mapping.")
    wrong = [value for value in values if value in there and there[value].model != field.relation]
    if wrong:
        rows = sum(values[value] for value in wrong)
        what = f"{listed(wrong, most=_SHOWN)} is a record of {there[wrong[0]].model}, not of {field.relation}."
        yield Fault(part.mapping, name, rows, what, "Name another record.")
