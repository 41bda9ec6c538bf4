"""Which pairs are compared at all? Those of which a block says the same: the tax id, a phone number, postcode and name.

B1  Two records are candidates when at least one block says the same of both, and something.
B2  A block that says the same of more than MOST records tells nothing (`Dupont` in Paris); it is left out for them, and
    that is reported.
B3  Which blocks found a pair is kept: a block says nothing new about the columns that it looks at.
"""

import re
from collections.abc import Sequence

import duckdb

from lockgate.engines.matching.comparisons import Comparison
from lockgate.kernel.errors import UsageError

MOST = 200
MOST_BLOCKS = 60
"""As many blocks as fit the bits of a number, with room to spare."""

_LOOKS_AT = {
    "name_sorted": ("name",),
    "numbers": ("name",),
    "house": ("street",),
    "email": ("email", "name"),
    "domain": ("email", "name"),
}
"""A mail domain mostly repeats the name: who have it in common mostly have the name in common, the same or not."""

Skipped = tuple[str, int, int]
"""A block, how often it said the same of too many, and of how many at worst."""


def block(connection: duckdb.DuckDBPyConnection, blocks: Sequence[str]) -> tuple[Skipped, ...]:
    """Make the temporary table `_candidates` of (l, r, mask): bit i of the mask is set when block i found the pair."""
    say(connection, blocks)
    connection.execute("""
        create or replace temp table _sizes as
        select block, says, count(*) as size from _blocks group by all having count(*) > 1
    """)
    connection.execute(
        """
        create or replace temp table _candidates as
        with together as (select b.* from _blocks b join _sizes s using (block, says) where s.size <= ?)
        select l.n as l, r.n as r, bit_or(1::bigint << l.block) as mask
        from together l join together r on l.block = r.block and l.says = r.says and l.n < r.n
        group by all
        """,
        [MOST],
    )
    skipped = connection.execute(
        "select block, count(*), max(size) from _sizes where size > ? group by all order by block", [MOST]
    ).fetchall()
    connection.execute("drop table _blocks; drop table _sizes")
    return tuple((blocks[place], count, largest) for place, count, largest in skipped)


def say(connection: duckdb.DuckDBPyConnection, blocks: Sequence[str]) -> None:
    """Make the temporary table `_blocks` of (block, says, n): what each block says of each record."""
    if len(blocks) > MOST_BLOCKS:
        raise UsageError(f"{len(blocks)} blocks are too many", why=f"{MOST_BLOCKS} is the most", do="take the best")
    connection.execute("create or replace temp table _blocks (block tinyint, says varchar, n bigint)")
    for place, expression in enumerate(blocks):
        try:
            connection.execute(
                f"insert into _blocks select ?, says, n from (select ({expression})::varchar as says, n from _records) "  # noqa: S608  # SQL of its author
                "where says <> ''",
                [place],
            )
        except duckdb.Error as refused:
            raise UsageError(
                f"the block {expression!r} can't be used",
                why=str(refused).partition("\n")[0],
                do="write SQL over the standard columns of one record",
            ) from refused


def touched(blocks: Sequence[str], asked: Sequence[Comparison]) -> tuple[frozenset[int], ...]:
    """Return for each block the comparisons whose columns it looks at (B3)."""
    words = [
        {column for word in re.findall(r"[a-z_]+", text.casefold()) for column in _LOOKS_AT.get(word, (word,))}
        for text in blocks
    ]
    return tuple(
        frozenset(place for place, comparison in enumerate(asked) if said & set(comparison.columns)) for said in words
    )
