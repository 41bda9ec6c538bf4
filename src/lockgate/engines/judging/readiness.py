"""Which records are ready to load? Those that nothing blocks: neither in themselves nor in what they need.

B1  A finding that blocks, on the record itself, blocks it. A warning never does: a customer without a fax is ready.
B2  A record that needs another (`needs`) is blocked when the other is.
B3  A part and its whole go together (`part-of`): a blocked part blocks the whole, and by it every other part. Half a
    bill of materials is none.
B4  The reason that a record was blocked for first is kept, with the record where it began.
B5  A key that stands in no table is blocked by nothing here: that a record is not there is for a rule to say.
B6  What is set aside on purpose is not waited for: nothing spreads to it, nor through it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb

from lockgate.engines.quoting import quoted, table
from lockgate.kernel.errors import UsageError

BLOCKED = "blocked"
"""The table that is left behind: dataset, row, rule, from_dataset, from_row."""
_NEW = "temp._lockgate_blocked"


@dataclass(frozen=True)
class Dataset:
    """Records that are to be loaded: a table with `_row`, and the columns that tell them apart."""

    name: str
    table: str
    key: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """Columns of one dataset that hold the key of another."""

    dataset: str
    columns: tuple[str, ...]
    to: str
    kind: Literal["needs", "part-of"] = "needs"


@dataclass(frozen=True)
class Reason:
    """Why records of a dataset are not ready, and how many."""

    rule: str
    dataset: str
    """Where it began: the dataset itself, or one that it depends on."""
    records: int


@dataclass(frozen=True)
class Readiness:
    """How much of a dataset is ready, and what keeps the rest from it, what keeps most first."""

    dataset: str
    records: int
    ready: int
    reasons: tuple[Reason, ...]

    @property
    def share(self) -> float | None:
        """Which share is ready; of nothing there is none."""
        return self.ready / self.records if self.records else None


def readiness(
    connection: duckdb.DuckDBPyConnection,
    datasets: Sequence[Dataset],
    links: Sequence[Link] = (),
    *,
    aside: str = "SELECT NULL, NULL LIMIT 0",
) -> tuple[Readiness, ...]:
    """Make the table `blocked` of all records that are not ready and return how each dataset stands.

    `aside` is a query for dataset and row of what is set aside (B6).
    """
    known = {dataset.name: dataset for dataset in datasets}
    for link in links:
        for name in (link.dataset, link.to):
            if name not in known:
                raise UsageError(f"A link names {name}, which is no dataset here.", do=f"It may be {', '.join(known)}.")
    connection.execute(
        f'CREATE OR REPLACE TABLE {BLOCKED} AS SELECT dataset, "row", min(rule) AS rule, dataset AS from_dataset,'
        """ "row" AS from_row FROM findings WHERE severity = 'blocks' AND "row" IS NOT NULL GROUP BY dataset, "row" """
    )  # B1
    connection.execute(
        f'CREATE OR REPLACE TEMP TABLE {_NEW}_aside AS SELECT dataset::VARCHAR AS dataset, r::BIGINT AS "row"'
        f" FROM ({aside}) a (dataset, r)"
    )
    steps = [step for link in links for step in _steps(known[link.dataset], link, known[link.to])]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_NEW} AS SELECT * FROM {BLOCKED}")
    while steps and _spread(connection, steps):
        pass
    connection.execute(f"DROP TABLE {_NEW}; DROP TABLE {_NEW}_aside")
    return tuple(_standing(connection, dataset) for dataset in datasets)


def _steps(child: Dataset, link: Link, parent: Dataset) -> list[str]:
    """Return the SQL of the records that a link blocks in one step from those that were blocked in the last."""
    pairs = zip(link.columns, parent.key, strict=False)
    joined = " AND ".join(f"c.{quoted(own)} = p.{quoted(their)}" for own, their in pairs)
    rest = "n.rule, n.from_dataset, n.from_row"
    both = f"FROM {table(child.table)} c JOIN {table(parent.table)} p ON {joined}"
    down = (
        f'SELECT {_text(child.name)} AS dataset, c._row AS "row", {rest} {both}'
        f' JOIN {_NEW} n ON n.dataset = {_text(parent.name)} AND n."row" = p._row'
    )
    up = (
        f'SELECT {_text(parent.name)} AS dataset, p._row AS "row", {rest} {both}'
        f' JOIN {_NEW} n ON n.dataset = {_text(child.name)} AND n."row" = c._row'
    )
    return [down, up] if link.kind == "part-of" else [down]  # B2, B3


def _spread(connection: duckdb.DuckDBPyConnection, steps: Sequence[str]) -> bool:
    """Block one step further and return whether anything was blocked; each record is at most once, so it ends."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_NEW}_next AS"
        " SELECT dataset, \"row\", unnest(min({'rule': rule, 'from_dataset': from_dataset, 'from_row': from_row}))"
        f' FROM ({" UNION ALL ".join(steps)}) s ANTI JOIN {BLOCKED} b USING (dataset, "row")'  # B4
        f' ANTI JOIN {_NEW}_aside a USING (dataset, "row") GROUP BY dataset, "row"'
    )
    connection.execute(f"INSERT INTO {BLOCKED} SELECT * FROM {_NEW}_next")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_NEW} AS SELECT * FROM {_NEW}_next")
    connection.execute(f"DROP TABLE {_NEW}_next")
    return bool(connection.execute(f"SELECT count(*) FROM {_NEW}").fetchall()[0][0])


def _standing(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> Readiness:
    joined = f'FROM {table(dataset.table)} t LEFT JOIN {BLOCKED} b ON b.dataset = ? AND b."row" = t._row'
    rows, ready = connection.execute(
        f'SELECT count(*), count(*) FILTER (b."row" IS NULL) {joined}', [dataset.name]
    ).fetchall()[0]
    reasons = connection.execute(
        f'SELECT b.rule, b.from_dataset, count(*) AS records {joined} WHERE b."row" IS NOT NULL'
        " GROUP BY ALL ORDER BY records DESC, b.rule, b.from_dataset",
        [dataset.name],
    ).fetchall()
    return Readiness(dataset.name, rows, ready, tuple(Reason(*reason) for reason in reasons))


def _text(value: str) -> str:
    """Return a text as SQL writes it; names of datasets are the programme's own, and quoted all the same."""
    return "'" + value.replace("'", "''") + "'"
