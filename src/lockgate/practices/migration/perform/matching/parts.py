"""How does a declared entity become what the engine matches? Its parts as tables of the round, one row per record.

E1  Compared are all records of the parts, those too that stay behind: what refers to one of them is then referred to
    the one that comes along.
E2  A record that is left out or blocked gives no value to the golden record, and keeps nobody back.
E3  A record is named `dataset:key`, its key as references write it: parts with bars between them.
"""

from collections.abc import Mapping
from typing import Final

from lockgate.engines import matching
from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Entity
from lockgate.practices.migration.definition.matched import Part
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.rounds import Round, as_declared
from lockgate.workspace.words import listed

SCHEMA: Final = "matching"
KEY: Final = "_key"
STRATEGIES: Final[Mapping[str, str]] = {
    "first": "not blank",
    "newest": "newest",
    "longest": "longest",
    "most-frequent": "most frequent",
}
"""What the engine calls the strategies that are declared."""


def entity_of(store: Round, migration: Migration, declared: Entity, name: str) -> matching.Entity:
    """Return what the engine matches, under a name; its records stand in tables of the round afterwards (E1)."""
    store.connection.execute(f"create schema if not exists {SCHEMA}")
    for place, part in enumerate(declared.parts):
        _made(store, migration, declared, place, part)
    return _entity(declared, name, [_table(declared, place) for place in range(len(declared.parts))])


def that_come_along(store: Round, declared: Entity, name: str) -> matching.Entity:
    """Return the same entity with those of its records only that nothing keeps back (E2)."""
    tables = []
    for place, part in enumerate(declared.parts):
        kept = f"select row from kept_back where dataset = {sql.text(part.dataset)} and mapping is null"
        whole, table = _table(declared, place), _along(declared, place)
        store.connection.execute(
            f"create or replace view {sql.table(SCHEMA, table)} as"
            f" select * from {sql.table(SCHEMA, whole)} where _row not in ({kept})"
        )
        tables.append(table)
    return _entity(declared, name, tables)


def where_they_stand(declared: Entity) -> str:
    """Return the query for the records that come along: `record`, `place`, `_dataset`, `_row`, `_key`."""
    return " union all by name ".join(
        f"select {sql.text(f'{part.dataset}:')} || {KEY} as record, {place} as place,"
        f" {sql.text(part.dataset)} as _dataset, _row, {KEY} from {sql.table(SCHEMA, _along(declared, place))}"
        for place, part in enumerate(declared.parts)
    )


def types_of(store: Round, declared: Entity) -> dict[str, str]:
    """Return of which type each column of an entity is, as its parts have it."""
    union = " union all by name ".join(
        f"select * exclude (_row, {KEY}) from {sql.table(SCHEMA, _table(declared, place))}"
        for place in range(len(declared.parts))
    )
    return {str(row[0]): str(row[1]) for row in store.connection.execute(f"describe {union}").fetchall()}


def everything(declared: Entity) -> str:
    """Return the query for all records of an entity with their columns, and `record`."""
    return " union all by name ".join(
        f"select {sql.text(f'{part.dataset}:')} || {KEY} as record, * from {sql.table(SCHEMA, _table(declared, place))}"
        for place, part in enumerate(declared.parts)
    )


def _table(declared: Entity, place: int) -> str:
    return f"{declared.key} {place + 1}"


def _along(declared: Entity, place: int) -> str:
    return f"{_table(declared, place)} along"


def _made(store: Round, migration: Migration, declared: Entity, place: int, part: Part) -> None:
    dataset = migration.datasets[part.dataset]
    key = sql.key([f"s.{sql.name(one)}" for one in dataset.id])
    columns = "".join(f", ({value}) as {sql.name(name)}" for name, value in _columns(declared, part).items())
    with as_declared(f"part {part.dataset!r} of the entity {declared.key!r}"):
        store.connection.execute(
            f"create or replace table {sql.table(SCHEMA, _table(declared, place))} as"
            f" select s._row, {key} as {KEY}{columns}"
            f" from {sql.table('clean', dataset.key)} s where {part.where or 'true'}"
        )


def _columns(declared: Entity, part: Part) -> dict[str, str]:
    """Return the columns of a part, with what tells the newest under the name that the engine knows."""
    if declared.newest_by is None or declared.newest_by not in part.columns:
        return part.columns
    return {**part.columns, "changed": part.columns[declared.newest_by]}


def _entity(declared: Entity, name: str, tables: list[str]) -> matching.Entity:
    parts = tuple(
        matching.Part(
            part.dataset, f"{SCHEMA}.{table}", KEY, {name: sql.name(name) for name in _columns(declared, part)}
        )
        for part, table in zip(declared.parts, tables, strict=True)
    )
    return matching.Entity(
        name,
        declared.kind,
        parts,
        same=declared.same,
        never=declared.never,
        block=declared.block,
        sure=declared.sure,
        review=declared.review,
    )


def survivors_of(declared: Entity) -> dict[str, str]:
    """Return by which strategy of the engine each value survives, or stop where a column is not there."""
    there = {name for part in declared.parts for name in part.columns}
    for name in declared.survivor:
        if name not in there:
            raise UsageError(
                f"The entity {declared.key!r} says what survives of {name!r}, which none of its parts has.",
                why=f"They have {listed(sorted(there))}.",
                do="Name one of these.",
            )
    return {name: STRATEGIES[strategy] for name, strategy in declared.survivor.items()}
