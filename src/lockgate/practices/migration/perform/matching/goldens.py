"""Which one record comes of those that are the same, and which of its values survives from where?

G1  A golden record has a value of those of its records that come along: the one that a person chose, else by the
    strategy that is declared. Its values are of the types that they had.
G2  It bears the name of the first record of its cluster, whether that comes along or not: who mends that record later
    does not change the external id.
G3  Of a cluster that stays behind whole there is no golden record; each of its records has its own reason.
G4  What is told of a golden record is told where the first of its records that come along stands.
"""

from collections.abc import Iterable

from lockgate.engines import matching
from lockgate.engines.matching.golden import Choice
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Entity
from lockgate.practices.migration.perform.matching.answers import GoldenAnswer, SurvivorAnswer
from lockgate.practices.migration.perform.matching.parts import (
    everything,
    survivors_of,
    that_come_along,
    types_of,
    where_they_stand,
)
from lockgate.practices.migration.perform.rounds import Round, as_declared


def goldens(store: Round, declared: Entity, name: str, *, chosen: Iterable[Choice] = ()) -> int:
    """Make `golden.<name>` and the part of `merged` by that name; return how many golden records there are (G1)."""
    entity = that_come_along(store, declared, name)
    with as_declared(f"golden records of {declared.key!r}"):
        types = types_of(store, declared)
        count = matching.golden(store.connection, entity, survivors_of(declared), chosen=chosen)
    _as_mappings_read(store, declared, name, types)
    return count


def _as_mappings_read(store: Round, declared: Entity, name: str, types: dict[str, str]) -> None:
    """Give the golden records their types back, and tell where each stands (G1, G4)."""
    golden = sql.table("golden", name)
    values = "".join(
        f", cast(g.{sql.name(column)} as {kind}) as {sql.name(column)}, g.{sql.name(f'{column}_from')}"
        for column, kind in types.items()
        if column != "changed"
    )
    store.connection.execute(
        f"create or replace table {golden} as"
        " with stands as (select c.cluster, r._dataset, r._row, r._key"
        f" from clusters c join ({where_they_stand(declared)}) r on r.record = c.record"
        f" where c.entity = {sql.text(name)}"
        " qualify row_number() over (partition by c.cluster order by r.place, r._key) = 1)"
        f" select g.golden as _golden, g.records as _records, w._dataset, w._row, w._key{values}"
        f" from {golden} g join stands w on w.cluster = g.golden order by g.golden"
    )


def shown(store: Round, declared: Entity, name: str, *, most: int) -> list[GoldenAnswer]:
    """Return the first of the golden records that were made of several, with what survives from where."""
    merged = (
        "select cluster, list(c.record order by c.record),"
        " list(c.record order by c.record) filter (where r.record is null)"
        f" from clusters c left join ({where_they_stand(declared)}) r on r.record = c.record where c.entity = ?"
        f" and cluster in (select _golden from {sql.table('golden', name)})"
        " group by cluster having count(*) > 1 order by cluster limit ?"
    )
    found = store.connection.execute(merged, [name, most]).fetchall()
    return [
        {
            "golden": golden,
            "records": records,
            "silent": silent or [],
            "survivors": _survivors(store, declared, name, golden),
        }
        for golden, records, silent in found
    ]


def _survivors(store: Round, declared: Entity, name: str, golden: str) -> list[SurvivorAnswer]:
    columns = [column for column in types_of(store, declared) if column != "changed"]
    pairs = ", ".join(f"cast({sql.name(one)} as varchar), {sql.name(f'{one}_from')}" for one in columns)
    query = f"select {pairs} from {sql.table('golden', name)} where _golden = ?"
    row = store.connection.execute(query, [golden]).fetchall()[0]
    spread = _spread(store, declared, name, golden, columns)
    return [
        {"column": column, "value": row[2 * place], "record": row[2 * place + 1], "differs": spread[column] > 1}
        for place, column in enumerate(columns)
    ]


def _spread(store: Round, declared: Entity, name: str, golden: str, columns: list[str]) -> dict[str, int]:
    """Return how many different values each column has among the records of one golden record."""
    members = (
        f"select r.* from ({everything(declared)}) r join clusters c on c.record = r.record"
        f" where c.entity = {sql.text(name)} and c.cluster = {sql.text(golden)}"
    )
    counts = ", ".join(f"count(distinct {sql.name(column)})" for column in columns)
    row = store.connection.execute(f"select {counts} from ({members})").fetchall()[0]
    return dict(zip(columns, row, strict=True))
