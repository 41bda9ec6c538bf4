"""What is certain without a score? What a person decided, and the rules that a programme declares.

R1  A person's decision comes first. Of two about the same pair the later one counts.
R2  Then the rules that say never, then those that say the same, then the score.
R3  Rules are asked of candidates, pairs that a block found; those that say never also of all pairs that would end in
    one cluster.
"""

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from lockgate.kernel.errors import UsageError

Decision = tuple[str, str, bool]
"""Two records as `dataset:key`, and whether they are the same."""


def take_decisions(connection: duckdb.DuckDBPyConnection, decisions: Iterable[Decision]) -> int:
    """Make the temporary table `_decided` of (l, r, same); return how many decisions are about records not there."""
    latest = {tuple(sorted((left, right))): same for left, right, same in decisions}  # R1
    pairs = sorted(latest)
    batch = pa.table(
        {
            "one": pa.array([one for one, _ in pairs], pa.string()),
            "other": pa.array([other for _, other in pairs], pa.string()),
            "same": pa.array([latest[pair] for pair in pairs], pa.bool_()),
        }
    )
    connection.register("_batch", batch)
    connection.execute("""
        create or replace temp table _decided as
        select least(a.n, b.n) as l, greatest(a.n, b.n) as r, same
        from _batch join _originals a on a.record = one join _originals b on b.record = other where a.n <> b.n
    """)
    connection.unregister("_batch")
    (known,) = connection.execute("select count(*) from _decided").fetchall()[0]
    return len(pairs) - int(known)


def ask(connection: duckdb.DuckDBPyConnection, name: str, rules: Sequence[str], *, pairs: str) -> None:
    """Make the temporary table `name` of (l, r, rule): the pairs of another table of which a rule is true."""
    connection.execute(f'create or replace temp table "{name}" (l bigint, r bigint, rule varchar)')
    for rule in rules:
        try:
            connection.execute(
                f"""
                insert into "{name}" select p.l, p.r, ? from {pairs} p
                join _records l on l.n = p.l join _records r on r.n = p.r where ({rule})
                """,  # noqa: S608  # SQL of its author
                [rule],
            )
        except duckdb.Error as refused:
            raise UsageError(
                f"the rule {rule!r} can't be used",
                why=str(refused).partition("\n")[0],
                do="write SQL over the standard columns of l and r, like l.vat = r.vat",
            ) from refused
