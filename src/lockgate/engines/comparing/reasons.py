"""What may account for a difference? Rejected records, merged ones, rules of cleansing, and what a person says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from lockgate.engines.judging import parse_condition, tables_of
from lockgate.engines.quoting import table
from lockgate.kernel.errors import UsageError


@dataclass(frozen=True)
class Step:
    """SQL that explains: the words, on which condition, from where; values are bound by their names."""

    because: str
    where: str
    source: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Rejected:
    """Records with a finding that blocks, or that depend on one that is blocked, were not loaded on purpose."""

    dataset: str
    findings: str = "findings"

    def step(self, _connection: duckdb.DuckDBPyConnection, _differences: str, _domain: str) -> Step:
        """Return how it explains (E2)."""
        source = (
            f"SELECT key, 'rejected: ' || min(rule) AS because FROM {table(self.findings)}"
            " WHERE dataset = $dataset AND severity = 'blocks' GROUP BY key"
        )
        where = "difference.class = 'missing' AND difference.key = s.key"
        return Step("s.because", where, source, {"dataset": self.dataset})


@dataclass(frozen=True)
class Blocked:
    """Records that are not ready since what they need is not: the table that readiness leaves."""

    dataset: str
    blocked: str = "blocked"

    def step(self, _connection: duckdb.DuckDBPyConnection, _differences: str, _domain: str) -> Step:
        """Return how it explains (E2)."""
        source = (
            "SELECT key, 'not ready: ' || rule || ' of ' || from_dataset || ' ' || from_key AS because"
            f" FROM {table(self.blocked)} WHERE dataset = $dataset"
        )
        where = "difference.class = 'missing' AND difference.key = s.key"
        return Step("s.because", where, source, {"dataset": self.dataset})


@dataclass(frozen=True)
class Merged:
    """Records that were merged into another one."""

    entity: str
    dataset: str
    merged: str = "merged"

    def step(self, _connection: duckdb.DuckDBPyConnection, differences: str, _domain: str) -> Step:
        """Return how it explains (E3)."""
        source = (
            f"SELECT m.key, 'merged into ' || min(m.golden) AS because FROM {table(self.merged)} m"
            " WHERE m.entity = $entity AND m.dataset = $dataset AND m.key <> m.golden AND NOT EXISTS (SELECT 1"
            f" FROM {differences} gone WHERE gone.domain = $domain AND gone.class = 'missing' AND gone.key = m.golden)"
            " GROUP BY m.key"
        )
        where = "difference.class = 'missing' AND difference.key = s.key"
        return Step("s.because", where, source, {"entity": self.entity, "dataset": self.dataset})


@dataclass(frozen=True)
class Changed:
    """Values that a rule of cleansing changed, as the table of changes tells."""

    dataset: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """For a field the column that it was made of, where their names differ."""
    changes: str = "changes"

    def step(self, _connection: duckdb.DuckDBPyConnection, _differences: str, _domain: str) -> Step:
        """Return how it explains (E4): a value may have been changed by several rules, one after the other."""
        source = (
            'WITH mine AS (SELECT c.key, coalesce(n.field, c."column") AS field, c.before, c.after, c.rule'
            f" FROM {table(self.changes)} c LEFT JOIN (SELECT unnest($fields::VARCHAR[]) AS field,"
            ' unnest($columns::VARCHAR[]) AS name) n ON n.name = c."column" WHERE c.dataset = $dataset)'
            " SELECT one.key, one.field, one.before, other.after, 'changed by ' || min(other.rule) AS because"
            " FROM mine one JOIN mine other ON one.key = other.key AND one.field = other.field GROUP BY ALL"
        )
        where = (
            "difference.class IN ('changed', 'rounding') AND difference.key = s.key AND difference.field = s.field"
            f" AND {_same('left', 'before')} AND {_same('right', 'after')}"
        )
        values = {"dataset": self.dataset, "fields": list(self.columns), "columns": list(self.columns.values())}
        return Step("s.because", where, source, values)


@dataclass(frozen=True)
class Reason:
    """What a person says accounts for differences: of these keys, or on this condition, of these classes or fields."""

    because: str
    keys: Sequence[str] = ()
    where: str | None = None
    """SQL over a difference: key, field, "left", "right", class and likely, all of them texts."""
    classes: Sequence[str] = ()
    fields: Sequence[str] = ()

    def step(self, connection: duckdb.DuckDBPyConnection, _differences: str, _domain: str) -> Step:
        """Return how it explains (E5)."""
        limits: dict[str, Sequence[str]] = {"key": self.keys, "class": self.classes, "field": self.fields}
        held = {column: list(values) for column, values in limits.items() if values}
        parts = [f"list_contains(${column}::VARCHAR[], difference.{column})" for column in held]
        if self.where is not None:
            parts.append(parse_condition(connection, self.where, tables=tables_of(connection)).sql)
        if not parts:
            raise UsageError(
                f"The reason {self.because} would explain every difference.",
                do="Say which it is about: keys, a condition, classes or fields.",
            )
        return Step("$because", " AND ".join(parts), values={"because": self.because, **held})


Explanation = Rejected | Blocked | Merged | Changed | Reason


def _same(side: str, was: str) -> str:
    """Return the SQL of whether a shown value is one in the table of changes, as a text or as a number."""
    shown = f'difference."{side}"'
    return f"({shown} IS NOT DISTINCT FROM s.{was} OR TRY_CAST({shown} AS DOUBLE) = TRY_CAST(s.{was} AS DOUBLE))"
