"""Which pairs are worth a look, and of which is a rule true? Candidates by blocks, their scores, rules asked of them.

The rest of matching needs no more of the candidates than the tables `_scored`, `_ruled` and `_barred`. So this
part, which is nearly all of the work, can be done elsewhere: see `lockgate.engines.spark`.
"""

from dataclasses import dataclass

import duckdb

from lockgate.engines.matching import lone
from lockgate.engines.matching.blocking import Skipped, block
from lockgate.engines.matching.comparisons import comparisons
from lockgate.engines.matching.entity import Entity, Trained
from lockgate.engines.matching.rules import ask
from lockgate.engines.matching.scoring import score


@dataclass(frozen=True)
class Paired:
    """What came of comparing all candidates."""

    candidates: int
    skipped: tuple[Skipped, ...]
    trained: tuple[Trained, ...] = ()


def pair(connection: duckdb.DuckDBPyConnection, entity: Entity, records: int) -> Paired:
    """Make `_scored` of the candidates worth a look, and `_ruled` and `_barred` of those that a rule is true of."""
    skipped = block(connection, blocks_of(entity))
    trained: tuple[Trained, ...] = ()
    if names_alone(entity):
        lone.score_names(connection, entity)
    else:
        trained = score(connection, entity, records)
    ask_rules(connection, entity)
    (count,) = connection.execute("select count(*) from _candidates").fetchall()[0]
    return Paired(int(count), skipped, trained)


def names_alone(entity: Entity) -> bool:
    """Return whether a name is all that is compared."""
    return {asked.column for asked in comparisons(entity.kind, entity.columns)} == {"name"}


def blocks_of(entity: Entity) -> tuple[str, ...]:
    """Return the blocks that find the candidates."""
    return (entity.block or lone.BLOCKS) if names_alone(entity) else entity.blocks


def ask_rules(connection: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    """Make the temporary tables `_ruled` and `_barred` of the candidates that a rule is true of."""
    ask(connection, "_ruled", entity.same, pairs="_candidates")
    ask(connection, "_barred", entity.never, pairs="_candidates")
