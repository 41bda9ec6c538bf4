"""What is wrong with which record? Values that are not of their kind, broken rules, and what that keeps back.

J1  Judged is what is clean: before anything was put right, that is what was read.
J2  A value that is not of its kind is a warning; a rule says by itself whether it blocks.
J3  A record that is part of another keeps that back, and with it all other parts: a kit without one of its components
    is none. What is left out on purpose keeps nothing back.
"""

from typing import Final

from lockgate.engines.judging import BLOCKED, Link, Rule, judge, readiness
from lockgate.engines.judging import Dataset as Blockable
from lockgate.engines.values import check_column
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Dataset
from lockgate.practices.migration.definition import Rule as Declared
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.reading.cleansing import key_of
from lockgate.practices.migration.perform.rounds import Round

_FAULTS: Final = "column_faults"


def judged(store: Round, migration: Migration) -> None:
    """Note everything that is wrong (J1, J2)."""
    store.connection.execute("delete from findings where rule like 'kind:%' or rule like 'link:%'")
    for dataset in migration.datasets.values():
        if store.has("clean", dataset.key):
            _kinds(store, dataset)
            _links(store, migration, dataset)
    there = [rule for rule in migration.rules if store.has("clean", rule.dataset)]
    keys = {key: dataset.id for key, dataset in migration.datasets.items()}
    judge(store.connection, [_rule(rule) for rule in there], keys=keys)


def _kinds(store: Round, dataset: Dataset) -> None:
    table = f"clean.{dataset.key}"
    for name, column in dataset.columns.items():
        if column.is_ is not None:
            check_column(store.connection, table, name, column.is_, column.country, into=_FAULTS)
            store.connection.execute(
                f"insert into findings select ?, s._row, {key_of(dataset)}, ?, 'warns', ?, f.value, f.why"
                f" from {_FAULTS} f join {sql.table('clean', dataset.key)} s on s._row = f.row",
                [dataset.key, f"kind:{column.is_}", name],
            )


def _links(store: Round, migration: Migration, dataset: Dataset) -> None:
    """Note records that refer to something that is not there."""
    for link in dataset.links:
        if store.has("clean", link.to):
            other = migration.datasets[link.to]
            pairs = zip(link.columns, other.id, strict=False)
            joined = sql.together(f"s.{sql.name(own)} = o.{sql.name(their)}" for own, their in pairs)
            filled = sql.together(f"s.{sql.name(own)} is not null" for own in link.columns)
            value = sql.key([f"s.{sql.name(own)}" for own in link.columns])
            store.connection.execute(
                f"insert into findings select ?, s._row, {key_of(dataset)}, ?, ?, ?, {value}, ?"
                f" from {sql.table('clean', dataset.key)} s where {filled}"
                f" and not exists (select 1 from {sql.table('clean', other.key)} o where {joined})",
                [
                    dataset.key,
                    f"link:{link.to}",
                    "blocks" if link.part_of else "warns",
                    link.columns[0],
                    f"There is no such record of {other.title}.",
                ],
            )


def _rule(rule: Declared) -> Rule:
    return Rule(
        rule.id,
        f"clean.{rule.dataset}",
        rule.must,
        rule.why,
        severity=rule.severity,
        when=rule.when,
        column=rule.column,
        owner=rule.owner or "",
    )


def keep_back(store: Round, migration: Migration) -> None:
    """Note what is not loaded since something blocks it, a part of it or what it is part of (J3)."""
    store.connection.execute("delete from kept_back where kind = 'blocked'")
    there = {key: one for key, one in migration.datasets.items() if store.has("clean", key)}
    links = [
        Link(dataset.key, link.columns, link.to, "part-of")
        for dataset in there.values()
        for link in dataset.links
        if link.part_of and link.to in there
    ]
    aside = "select dataset, row from kept_back where kind = 'left-out'"
    readiness(
        store.connection, [Blockable(key, f"clean.{key}", one.id) for key, one in there.items()], links, aside=aside
    )
    for dataset in there.values():
        _keep_back(store, migration, dataset)


def _keep_back(store: Round, migration: Migration, dataset: Dataset) -> None:
    """Note what of a dataset is blocked: by all rules that it breaks itself, else by where that began."""
    titles = " ".join(
        f"when {sql.text(key)} then {sql.text(f'with {one.title.lower()}')}" for key, one in migration.datasets.items()
    )
    store.connection.execute(
        f"insert into kept_back select ?, s._row, {key_of(dataset)}, null, 'blocked', coalesce(f.rules,"
        f" 'it goes ' || case b.from_dataset {titles} end || ' of which one is kept back: ' || b.rule)"
        f" from {sql.table('clean', dataset.key)} s join {BLOCKED} b on b.dataset = ? and b.row = s._row"
        " left join (select row, string_agg(distinct rule, ', ' order by rule) as rules from findings"
        " where dataset = ? and severity = 'blocks' group by row) f on f.row = s._row",
        [dataset.key, dataset.key, dataset.key],
    )
