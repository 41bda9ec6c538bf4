"""Which records break a business rule? All of them go to `findings`, each with its reason; the counts are true.

J1  A record breaks a rule unless `must` is true for it. What can't be told, since a value is empty, is not a pass;
    a rule may say that it is (`unknown_passes`).
J2  A rule with `when` is about the records for which that is true. Where it can't be told the rule does not apply, and
    how many these are is counted.
J3  Every record that fails is a finding: no limit, no sample.
J4  Judged again, a rule's earlier findings give way to the new ones; those of others stay.
J5  A rule that can't be judged (there is no such column, a text is no number) is refused before anything changes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from lockgate.engines.judging.expression import Condition, parse_condition, tables_of
from lockgate.engines.keys import key_text
from lockgate.engines.quoting import quoted, table
from lockgate.kernel.errors import UsageError

FINDINGS = (
    "CREATE TABLE IF NOT EXISTS findings (dataset VARCHAR, row BIGINT, key VARCHAR, rule VARCHAR, severity VARCHAR,"
    ' "column" VARCHAR, value VARCHAR, why VARCHAR)'
)
_NEW = "temp._lockgate_findings"


@dataclass(frozen=True)
class Rule:
    """What every record of a table must be, as SQL over its columns."""

    id: str
    table: str
    """`clean.customers`: the part after the dot is the dataset, and what the rule may call the record by."""
    must: str
    why: str
    """What is wrong with a record that breaks it, in a sentence for who repairs it."""
    severity: Literal["blocks", "warns"] = "blocks"
    when: str | None = None
    column: str | None = None
    """The column that is to be repaired; its value is kept with the finding."""
    owner: str = ""
    unknown_passes: bool = False

    @property
    def dataset(self) -> str:
        """The dataset that it is about."""
        return self.table.rpartition(".")[2]


@dataclass(frozen=True)
class Judged:
    """What a rule found."""

    rule: Rule
    rows: int
    """All records of its table."""
    applied: int
    """For how many `when` holds."""
    failed: int
    unknown: int
    """For how many it can't be told whether the rule is about them (J2)."""


def judge(
    connection: duckdb.DuckDBPyConnection,
    rules: Sequence[Rule],
    *,
    keys: Mapping[str, Sequence[str]],
    tables: Collection[str] | None = None,
) -> tuple[Judged, ...]:
    """Judge every rule, write all that break one to `findings`, and return the counts.

    `keys` has the key columns of each dataset. `tables` are those that the rules may ask besides their own; all that
    are there when left out.
    """
    twice = sorted({rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1})
    if twice:
        raise UsageError(f"Several rules are called {', '.join(twice)}.", do="Give each a name of its own.")
    known = tables_of(connection) if tables is None else tables
    connection.execute(FINDINGS)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_NEW} AS SELECT * FROM findings LIMIT 0")
    try:
        judged = tuple(_judge(connection, rule, keys.get(rule.dataset, ()), known) for rule in rules)
        for rule in rules:  # J4
            connection.execute("DELETE FROM findings WHERE rule = ? AND dataset = ?", [rule.id, rule.dataset])
        connection.execute(f"INSERT INTO findings SELECT * FROM {_NEW}")
    finally:
        connection.execute(f"DROP TABLE {_NEW}")
    return judged


def _judge(connection: duckdb.DuckDBPyConnection, rule: Rule, key: Sequence[str], known: Collection[str]) -> Judged:
    must, when = (_parsed(connection, rule, text, known) for text in (rule.must, rule.when or "true"))
    try:
        rows, applied, unknown = _counted(connection, rule, when)
        failed = _written(connection, rule, must, when, key)
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.DataError) as problem:  # J5
        why = str(problem).split("\n", 1)[0]
        do = "Name columns that the table has; take TRY_CAST for a text that may be no number."
        raise UsageError(f"Rule {rule.id} can't be judged on {rule.table}.", why=why, do=do) from problem
    return Judged(rule, rows, applied, failed, unknown)


def _counted(connection: duckdb.DuckDBPyConnection, rule: Rule, when: Condition) -> tuple[int, int, int]:
    """Return how many records there are, for how many the rule is, and for how many that can't be told."""
    rows, applied, unknown = connection.execute(
        "SELECT count(*), count(*) FILTER (applies), count(*) FILTER (applies IS NULL)"
        f" FROM (SELECT CAST({when.sql} AS BOOLEAN) AS applies FROM {table(rule.table)} AS {quoted(rule.dataset)})"
    ).fetchall()[0]
    return rows, applied, unknown


def _written(
    connection: duckdb.DuckDBPyConnection, rule: Rule, must: Condition, when: Condition, key: Sequence[str]
) -> int:
    """Write every record that breaks the rule and return how many they are."""
    columns = {row[0] for row in connection.execute(f"DESCRIBE {table(rule.table)}").fetchall()}
    own = quoted(rule.dataset)
    row = f"{own}._row" if "_row" in columns else "NULL"
    shown = f"CAST({own}.{quoted(rule.column)} AS VARCHAR)" if rule.column else "NULL"
    named = key_text([f"{own}.{quoted(column)}" for column in key])
    passed = f"coalesce(CAST({must.sql} AS BOOLEAN), {str(rule.unknown_passes).lower()})"  # J1
    written = connection.execute(
        f"INSERT INTO {_NEW} SELECT ?, {row}, {named}, ?, ?, ?, {shown}, ?"
        f" FROM {table(rule.table)} AS {own} WHERE CAST({when.sql} AS BOOLEAN) AND NOT {passed}",
        [rule.dataset, rule.id, rule.severity, rule.column, rule.why],
    ).fetchall()
    return int(written[0][0])


def _parsed(connection: duckdb.DuckDBPyConnection, rule: Rule, text: str, known: Collection[str]) -> Condition:
    try:
        return parse_condition(connection, text, tables=known)
    except UsageError as refused:
        raise UsageError(f"Rule {rule.id}: {refused.what}", why=refused.why, do=refused.do) from refused
