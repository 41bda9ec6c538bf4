"""How do corrections come into a round? Last of all that is put right, each kept with what stood there before.

P1  A correction holds as long as the source has the value that it was made for. Where that has changed since, it is not
    made: a finding that blocks says so, with both values, until somebody decides anew.
P2  Where the source has become what the correction says, nothing is left to do. A record that is gone needs none.
P3  What was found wrong with a value when it was read is put by as long as a correction stands in its place.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from lockgate.engines.keys import key_text
from lockgate.engines.sources import Column
from lockgate.engines.sources.findings import LOST_LETTER, MISSING, UNREADABLE
from lockgate.engines.sources.values.typed import typed
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Dataset
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.reading.corrections import Correction
from lockgate.practices.migration.perform.reading.staging import extract_of
from lockgate.practices.migration.perform.rounds import Round

RULE: Final = "correction"
_READING: Final = ", ".join(map(sql.text, (UNREADABLE, MISSING, LOST_LETTER)))


def apply(store: Round, migration: Migration, corrections: Mapping[str, Sequence[Correction]]) -> None:
    """Make the corrections in what is clean."""
    for key, some in corrections.items():
        dataset = migration.datasets.get(key)
        if dataset is not None and store.has("raw", key) and store.has("clean", key):
            columns = {row[0] for row in store.connection.execute(f"describe {sql.table('clean', key)}").fetchall()}
            for column in dict.fromkeys(one.column for one in some):
                if column in columns:
                    _apply(store, migration, dataset, [one for one in some if one.column == column])


def _apply(store: Round, migration: Migration, dataset: Dataset, some: Sequence[Correction]) -> None:
    extract = extract_of(migration.sources[dataset.source], dataset)
    column = extract.declared(some[0].column)
    name, notation = sql.name(column.name), extract.notation_of(column)
    clean, raw = sql.table("clean", dataset.key), sql.table("raw", dataset.key)
    value = typed(Column(column.name, column.type, decimals=column.decimals), notation)
    key = key_text([f"s.{sql.name(one)}" for one in dataset.id])
    store.connection.execute(
        f"create or replace temp table _mended as select row, key, was, stands, made_for, made, who, {value} as after"
        f" from (select s._row as row, {key} as key, s.{name} as was, coalesce(r.{name}, '') as stands,"
        f" m.before as made_for, m.after as made, m.who, m.after as {name} from (select unnest(?::varchar[]) as key,"
        " unnest(?::varchar[]) as before, unnest(?::varchar[]) as after, unnest(?::varchar[]) as who) m"
        f" join {clean} s on {key} = m.key join {raw} r on r._row = s._row)",
        [
            [one.key for one in some],
            [one.before for one in some],
            [one.after for one in some],
            [one.by for one in some],
        ],
    )
    store.connection.execute(
        "insert into findings select ?, row, key, ?, 'blocks', ?, stands,"  # P1
        " 'It was corrected from ''' || made_for || ''' to ''' || made || '''; the source says ''' || stands"
        " || ''' now: decide anew.' from _mended where stands not in (made_for, made)",
        [dataset.key, RULE, column.name],
    )
    store.connection.execute(
        "insert into changes select ?, row, key, ?, cast(was as varchar), cast(after as varchar), ? || ' by ' || who"
        " from _mended where stands = made_for and was is distinct from after",
        [dataset.key, column.name, RULE],
    )
    store.connection.execute(
        f"update {clean} as c set {name} = m.after from _mended m where m.row = c._row and m.stands = m.made_for"
    )
    mended = (
        f""" findings where dataset = {sql.text(dataset.key)} and "column" = {sql.text(column.name)}"""
        f" and rule in ({_READING}) and row in (select row from _mended where stands = made_for and after is not null)"
    )
    store.connection.execute(f"insert into mended_findings select * from {mended}")  # P3
    store.connection.execute(f"delete from {mended}")


def forget(store: Round) -> None:
    """Let everything be as if nothing had been corrected."""
    store.connection.execute("delete from findings where rule = ?", [RULE])
    store.connection.execute("insert into findings select * from mended_findings")
    store.connection.execute("delete from mended_findings")
