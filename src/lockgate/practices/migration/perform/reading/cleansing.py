"""How are values put right? In the order in which it is declared, each change kept with the rule that made it.

B1  Begun is always from what was read: cleansing again gives the same, whatever was done before. What was matched is
    forgotten, since it was about other values.
B2  A correction that a person made in a work list comes last; it changes one value of one record.
B3  Kept back from loading is what a blocking rule finds afterwards, and what is left out on purpose.
"""

from dataclasses import dataclass
from types import MappingProxyType

from lockgate.engines.keys import key_text
from lockgate.engines.values import check_column, normalise_column
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Cleansing, Dataset
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.reading import correcting
from lockgate.practices.migration.perform.reading.corrections import Corrections
from lockgate.practices.migration.perform.rounds import Round, as_declared


@dataclass(frozen=True)
class Cleansed:
    """What was done to a dataset."""

    dataset: str
    rows: int
    changes: int
    left_out: int


def cleansed(
    store: Round, migration: Migration, corrections: Corrections = MappingProxyType({})
) -> tuple[Cleansed, ...]:
    """Put all datasets right, and note what stays behind (B1, B2)."""
    store.connection.execute("delete from changes")
    store.connection.execute("delete from kept_back")
    correcting.forget(store)
    store.forget_matches()
    for dataset in migration.datasets.values():
        _begun(store, dataset)
    for rule in migration.cleansing:
        with as_declared(migration.told("cleansing", rule.key)):
            _put_right(store, rule, migration.datasets[rule.dataset])
    correcting.apply(store, migration, corrections)  # B2
    for one in migration.left_out:
        with as_declared(f"condition of {migration.told('left-out', one.key)}"):
            _leave_out(store, one.dataset, one.key, one.when, migration.datasets[one.dataset])
    return tuple(_counted(store, key) for key in migration.datasets)


def key_of(dataset: Dataset) -> str:
    """Return the expression for the key of a record `s` of a dataset."""
    return key_text([f"s.{sql.name(one)}" for one in dataset.id])


def _begun(store: Round, dataset: Dataset) -> None:
    clean = sql.table("clean", dataset.key)
    store.connection.execute(f"create or replace table {clean} as select * from {sql.table('typed', dataset.key)}")
    store.connection.execute(f"create or replace view {sql.name(dataset.key)} as select * from {clean}")


def _put_right(store: Round, rule: Cleansing, dataset: Dataset) -> None:
    table = f"clean.{dataset.key}"
    if rule.normalise is not None:
        key = dataset.id[0] if len(dataset.id) == 1 else None
        normalise_column(
            store.connection, table, rule.column, rule.normalise, rule.country, dataset=dataset.key, key=key
        )
        if rule.or_empty:
            _empty(store, rule, dataset)
        return
    column = f"s.{sql.name(rule.column)}"
    after = rule.set if rule.set is not None else _looked_up(column, rule.lookup or {})
    where = sql.together([*([rule.when] if rule.when else []), f"({after}) is distinct from {column}"])
    clean = sql.table("clean", dataset.key)
    store.connection.execute(
        f"create or replace temp table _right as select s._row as row, {key_of(dataset)} as key, {column} as before,"
        f" ({after}) as after from {clean} s where {where}"
    )
    store.connection.execute(
        "insert into changes select ?, row, key, ?, cast(before as varchar), cast(after as varchar), ? from _right",
        [dataset.key, rule.column, rule.key],
    )
    store.connection.execute(
        f"update {clean} as c set {sql.name(rule.column)} = r.after from _right r where r.row = c._row"
    )


def _empty(store: Round, rule: Cleansing, dataset: Dataset) -> None:
    """Empty what is not of its kind."""
    table, clean, column = f"clean.{dataset.key}", sql.table("clean", dataset.key), sql.name(rule.column)
    check_column(store.connection, table, rule.column, str(rule.normalise), rule.country, into="_not_of_kind")
    store.connection.execute(
        f"insert into changes select ?, s._row, {key_of(dataset)}, ?, cast(s.{column} as varchar), null, ?"
        f" from {clean} s join _not_of_kind n on n.row = s._row",
        [dataset.key, rule.column, rule.key],
    )
    store.connection.execute(f"update {clean} as c set {column} = null from _not_of_kind n where n.row = c._row")


def _looked_up(column: str, lookup: dict[str, str | None]) -> str:
    cases = " ".join(
        f"when {sql.text(before)} then {'null' if after is None else sql.text(after)}"
        for before, after in lookup.items()
    )
    return f"case cast({column} as varchar) {cases} else {column} end"


def _leave_out(store: Round, name: str, rule: str, when: str, dataset: Dataset) -> None:
    store.connection.execute(
        f"insert into kept_back select ?, s._row, {key_of(dataset)}, null, 'left-out', ?"
        f" from {sql.table('clean', name)} s where {when}",
        [name, rule],
    )


def _counted(store: Round, dataset: str) -> Cleansed:
    def count(query: str) -> int:
        return int(store.one(query, [dataset]))

    return Cleansed(
        dataset,
        store.count(sql.table("clean", dataset)),
        count("select count(*) from changes where dataset = ?"),
        count("select count(distinct row) from kept_back where dataset = ? and kind = 'left-out'"),
    )
