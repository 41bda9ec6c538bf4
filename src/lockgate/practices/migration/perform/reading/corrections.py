"""What have people put right by hand? Their corrections, kept in the ledger, where no round loses them.

K1  The newest evidence of a dataset holds all of its corrections. What was handed in stands in a file beside it, which
    can be expunged; the ledger itself holds how many there are, who handed them in and when.
K2  Of one value the newest correction counts.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from lockgate.ledger.artifacts import ArtifactMissing
from lockgate.practices.migration.perform.bench import Bench

KIND: Final = "migration.corrected"


@dataclass(frozen=True)
class Correction:
    """One value that a person has put right."""

    key: str
    """Of the record, as findings write it."""
    column: str
    before: str
    """As it stood in the source."""
    after: str
    """As it is to be, in the notation of the source."""
    by: str
    at: str


Corrections = Mapping[str, Sequence[Correction]]
"""By dataset."""


def corrections_of(bench: Bench) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections of all datasets (K1)."""
    found: dict[str, tuple[Correction, ...]] = {}
    for recorded in bench.place.ledger.current_evidence([KIND]):
        evidence = recorded.evidence
        if evidence.artifact is not None:
            try:
                content = bench.place.artifacts.read(evidence.artifact)
            except ArtifactMissing:
                continue  # expunged, or on another machine: their values show as faults again
            found[evidence.subject["dataset"]] = tuple(Correction(**one) for one in json.loads(content))
    return found


def keep(bench: Bench, dataset: str, more: Iterable[Correction]) -> int:
    """Keep corrections with those that there are, and return the number of the evidence (K1, K2)."""
    all_of_them = {(one.key, one.column): one for one in (*corrections_of(bench).get(dataset, ()), *more)}
    told = [asdict(one) for _, one in sorted(all_of_them.items())]
    file = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    records = {key for key, _ in all_of_them}
    measures = {"corrections": len(told), "records": len(records)}
    return bench.record(KIND, {"dataset": dataset}, measures, passed=True, file=file)
