"""What will be sent to Odoo? The rows of each mapping, made in the store, and what is kept back with the reason.

G1  Mappings are taken in the order in which they are loaded, so that a reference to what is kept back is seen.
G2  A record that refers to one which is not loaded is kept back, and so on down the line. A record one of whose lines
    is kept back is kept back whole: half an order is none.
G3  What is a part of a record that is kept back is kept back with it.
G4  What was mended in a file of rejects holds in its round, over what is made of the record.
G5  Lines of a record that is kept back are told as well, under the name of their field, unless they were told before or
    come into Odoo by another mapping.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass, replace

from lockgate.kernel.errors import UsageError
from lockgate.kernel.external_id import of_resource
from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import targets_of
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.decide.holes import holes_of
from lockgate.practices.migration.decide.ordering import Pass, passes
from lockgate.practices.migration.decide.shaping import Column, Known, Shape, line_shape, shape
from lockgate.practices.migration.definition import Mapping
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.rounds import Round, as_declared


@dataclass(frozen=True)
class Target:
    """What of a mapping will be sent."""

    mapping: Mapping
    shape: Shape
    lines: Mapping_[str, Shape]
    rows: int
    kept_back: int


def made(
    store: Round, migration: Migration, ids: Mapping_[str, int] | None = None
) -> tuple[tuple[Target, ...], tuple[Pass, ...]]:
    """Make the rows of all mappings; return them, and the passes in which they are loaded (G1).

    The ids are those that external ids leave open, as `ids_in` finds them in an Odoo.
    """
    known = replace(migration.known, ids=ids or {})
    order = passes(tuple(migration.mappings.values()), migration.domains.values())
    store.connection.execute("delete from kept_back where mapping is not null")
    store.connection.execute("delete from added_up")
    first = [one for one in order if not one.again]
    targets = tuple(
        _made(store, migration.mappings[one.mapping], known, one, told=migration.told("mapping", one.mapping))
        for one in first
    )
    _forget_loaded_lines(store, [one.mapping for one in targets])
    return targets, order


def ids_in(client: Client, migration: Migration) -> dict[str, int]:
    """Return the ids that the external ids of the mappings leave open, by the keys of resources."""
    return ids_of(client, holes_of(migration.mappings.values()))


def ids_of(client: Client, keys: Iterable[str]) -> dict[str, int]:
    """Return the ids of the records that the template keeps under these keys; what is not there is left out."""
    found = targets_of(client, [of_resource(key) for key in sorted(keys)])
    return {name.removeprefix(of_resource("")): target.id for name, target in found.items()}


def _made(store: Round, mapping: Mapping, known: Known, one: Pass, *, told: str) -> Target:
    _matched(store, mapping)
    rows = shape(mapping, known)
    lines = {field: line_shape(mapping, field, each, known) for field, each in mapping.lines.items()}
    table = sql.table("target", mapping.key)
    with as_declared(told):
        for unmapped in (*rows.unmapped, *(query for each in lines.values() for query in each.unmapped)):
            _keep_back(store, mapping.key, "unmapped", unmapped)
        store.connection.execute(f"create or replace table {table} as {rows.select}")
        for field, each in lines.items():
            store.connection.execute(f"create or replace table {line_table(mapping.key, field)} as {each.select}")
        if rows.parts:
            store.connection.execute(f"insert into added_up select ?, * from ({rows.parts})", [mapping.key])
    _mend(store, mapping, rows, lines)
    _drop_loose(store, mapping, rows, lines, one.later)
    _drop_parts(store, mapping)
    kept = store.one("select count(*) from kept_back where mapping = ?", [mapping.key])
    return Target(mapping, rows, lines, store.count(table), kept)


def _mend(store: Round, mapping: Mapping, rows: Shape, lines: Mapping_[str, Shape]) -> None:
    """Let what somebody mended in a file of rejects take the place of what was made of the record (G4)."""
    parts = {"": (sql.table("target", mapping.key), "id", rows.headers)}
    parts |= {field: (line_table(mapping.key, field), f"{field}/id", each.headers) for field, each in lines.items()}
    query = "select distinct part, header from mended where mapping = ?"
    for part, header in store.connection.execute(query, [mapping.key]).fetchall():
        table, identity, headers = parts[part]
        if header in headers:
            with as_declared(f"column {header!r} of the file of rejects of {mapping.key!r}"):
                store.connection.execute(
                    f"update {table} as t set {sql.name(header)} = nullif(m.value, '') from mended m"
                    f" where m.mapping = ? and m.part = ? and m.header = ? and m.id = t.{sql.name(identity)}",
                    [mapping.key, part, header],
                )


def _matched(store: Round, mapping: Mapping) -> None:
    if mapping.entity is not None and not store.has("golden", mapping.entity):
        raise UsageError(
            f"The mapping {mapping.key!r} is of the entity {mapping.entity!r}, which was not matched in this round.",
            why="What was matched is forgotten when the data is read or put right again.",
            do="Match it: `lockgate migrate match`.",
        )


def line_table(mapping: str, field: str) -> str:
    """Return the name of the table that holds the lines of a mapping."""
    return sql.table("lines", f"{mapping}.{field}")


def _keep_back(store: Round, mapping: str, kind: str, query: str) -> int:
    """Note what a query tells (dataset, row, key and reason), and return how many records that were."""
    told: int = store.one(
        f"insert into kept_back (dataset, row, key, because, mapping, kind)"
        f" select dataset, row, key, because, ?, ? from ({query}) told (dataset, row, key, because)",
        [mapping, kind],
    )
    return told


def _drop_loose(
    store: Round, mapping: Mapping, rows: Shape, lines: Mapping_[str, Shape], later: frozenset[str]
) -> None:
    """Keep back what refers to something that is not loaded (G2)."""
    table = sql.table("target", mapping.key)
    for field, each in lines.items():
        _keep_back_with_lines(store, mapping, field, each)
    own = mapping.same_as or mapping.key
    if mapping.same_as is not None:
        _keep_back(store, mapping.key, "refers", _without_base(table, mapping.same_as))
    checked = [column for column in _checked(rows) if column.field not in later]
    for column in checked:
        if column.refers_to != own:
            _keep_back(store, mapping.key, "refers", _loose(table, column))
    _delete_kept(store, mapping, table)
    to_itself = [column for column in checked if column.refers_to == own]
    while sum([_keep_back(store, mapping.key, "refers", _loose(table, column)) for column in to_itself]):
        _delete_kept(store, mapping, table)
    for field in lines:
        _drop_lines(store, mapping, field, rows)


def _drop_lines(store: Round, mapping: Mapping, field: str, rows: Shape) -> None:
    """Leave out the lines of what is not loaded; those of records of this mapping are told (G5)."""
    gone = f"from {line_table(mapping.key, field)} where _of not in (select id from {sql.table('target', mapping.key)})"
    untold = "(_dataset, _row) not in (select dataset, row from kept_back)"
    because = f"{sql.text('its record is kept back: ')} || _of"
    told = f"select _dataset, _row, _key, {because} {gone} and _of in (select id from ({rows.meant})) and {untold}"
    _keep_back(store, f"{mapping.key}.{field}", "refers", told)
    store.connection.execute(f"delete {gone}")


def _forget_loaded_lines(store: Round, mappings: Sequence[Mapping]) -> None:
    """Take back what was told of lines that come into Odoo by another mapping (G5)."""
    every = [sql.table("target", one.key) for one in mappings]
    every += [line_table(one.key, field) for one in mappings for field in one.lines]
    loaded = " union all ".join(f"select _dataset, _row from {table}" for table in every)
    of_lines = [f"{one.key}.{field}" for one in mappings for field in one.lines]
    store.connection.execute(
        f"delete from kept_back where list_contains(?, mapping) and (dataset, row) in ({loaded})", [of_lines]
    )


def _drop_parts(store: Round, mapping: Mapping) -> None:
    """Keep back the parts of what is kept back (G3)."""
    gone = f"mapping = {sql.text(mapping.key)} and id not in (select id from {sql.table('target', mapping.key)})"
    because = sql.text("what it is a part of is kept back: ")
    _keep_back(store, mapping.key, "refers", f"select dataset, row, key, {because} || id from added_up where {gone}")
    store.connection.execute(f"delete from added_up where {gone}")


def _keep_back_with_lines(store: Round, mapping: Mapping, field: str, lines: Shape) -> None:
    of_lines = line_table(mapping.key, field)
    for column in _checked(lines):
        _keep_back(store, mapping.key, "refers", _loose(of_lines, column))
    kept = f"select dataset, row from kept_back where mapping is null or mapping = {sql.text(mapping.key)}"
    because = sql.text(f"{field}: one of its lines is kept back")
    whole = (
        f"select distinct r._dataset, r._row, r._key, {because} from {sql.table('target', mapping.key)} r"
        f" join {of_lines} l on l._of = r.id where (l._dataset, l._row) in ({kept})"
    )
    _keep_back(store, mapping.key, "refers", whole)


def _checked(rows: Shape) -> list[Column]:
    return [column for column in rows.columns if column.refers_to and not column.many]


def _loose(table: str, column: Column) -> str:
    header = sql.name(column.header)
    because = f"{sql.text(f'{column.field}: of {column.refers_to} there will be no ')} || {header}"
    of_lines = f"select {sql.name(f'{column.line}/id')} from {line_table(column.refers_to, column.line)}"
    added = f" || {sql.text(sql.inherited(column.inherited))}" if column.inherited else ""
    there = of_lines if column.line else f"select id{added} from {sql.table('target', column.refers_to)}"
    return (
        f"select _dataset, _row, _key, {because} from {table} where {header} is not null and {header} not in ({there})"
    )


def _without_base(table: str, base: str) -> str:
    """Return the query for what would say more of a record that is not loaded (G2)."""
    because = f"{sql.text(f'of {base} there will be no ')} || id"
    there = f"select id from {sql.table('target', base)}"
    return f"select _dataset, _row, _key, {because} from {table} where id not in ({there})"


def _delete_kept(store: Round, mapping: Mapping, table: str) -> None:
    kept = f"select dataset, row from kept_back where mapping = {sql.text(mapping.key)}"
    gone = f"(_dataset, _row) in ({kept})"
    for field, lines in mapping.lines.items():
        if lines.dataset == mapping.dataset:  # they stand among the records: those that don't come along have a reason
            of_gone = f"_of in (select id from {table} where {gone}) and not ({gone})"
            because = f"{sql.text('its record is kept back: ')} || _of"
            of_lines = line_table(mapping.key, field)
            _keep_back(
                store, mapping.key, "refers", f"select _dataset, _row, _key, {because} from {of_lines} where {of_gone}"
            )
    store.connection.execute(f"delete from {table} where {gone}")
