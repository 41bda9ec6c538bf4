"""What was measured in which round? The newest evidence of each step and subject, and what is kept with it.

H1  Evidence names its round; what was measured before rounds were named counts for none of them.
H2  What was kept may have been expunged since: then the figures of the evidence itself are all there is.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from lockgate.ledger.artifacts import ArtifactMissing, Artifacts
from lockgate.ledger.evidence import Recorded
from lockgate.practices.migration.perform.showing.sight import Sight

RUNS: Final = 100
"""How many runs of a step are looked through for a dataset or a domain."""
By = Mapping[tuple[int, str], Recorded]
"""Evidence by its round and what it is about."""


def by_round(sight: Sight, kind: str, about: str) -> By:
    """Return the newest evidence of a kind for each round and subject (H1)."""
    found = sight.place.ledger.current_evidence((kind,), upto=sight.when, last=RUNS)
    return {
        (int(one.evidence.measures["round"]), one.evidence.subject.get(about, "")): one
        for one in found
        if "round" in one.evidence.measures and sight.viewer.sees(one.evidence.scope)
    }


def rounds_of(*found: By) -> list[int]:
    """Return the rounds in which something was measured."""
    return sorted({number for each in found for number, _ in each})


def figure(found: Recorded | None, name: str) -> float | None:
    """Return a figure of evidence, None where there is none."""
    value = found.evidence.measures.get(name) if found else None
    return float(value) if isinstance(value, int | float) else None


def whole(found: Recorded | None, name: str) -> int | None:
    """Return a figure that counts something."""
    value = figure(found, name)
    return None if value is None else int(value)


def kept(sight: Sight, found: Recorded | None) -> dict[str, Any]:
    """Return what was kept with evidence, nothing where it is gone (H2)."""
    digest = found.evidence.artifact if found else None
    artifacts = sight.place.artifacts
    if not digest or not artifacts.path_of(digest).is_file():  # asked each time: what is expunged is not remembered
        return {}
    try:
        return _parsed(artifacts, digest)
    except (ArtifactMissing, ValueError):
        return {}


@lru_cache(maxsize=256)
def _parsed(artifacts: Artifacts, digest: str) -> dict[str, Any]:
    told = json.loads(artifacts.read(digest))
    return told if isinstance(told, dict) else {}
