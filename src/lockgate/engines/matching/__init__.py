"""Which records are the same customer, supplier, person or item, within a source and across sources?

`match` compares and clusters, under what people decided and rules declare; `golden` makes the one record of each
cluster; `score_against` says how good it is where the truth is known.
"""

from lockgate.engines.matching.entity import Entity, Matched, Part, Trained
from lockgate.engines.matching.golden import STRATEGIES, golden
from lockgate.engines.matching.matching import Pairing, match
from lockgate.engines.matching.pairing import pair
from lockgate.engines.matching.truth import Score, score_against

__all__ = [
    "STRATEGIES",
    "Entity",
    "Matched",
    "Pairing",
    "Part",
    "Score",
    "Trained",
    "golden",
    "match",
    "pair",
    "score_against",
]
