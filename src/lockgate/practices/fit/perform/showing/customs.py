"""What was built beside the standard of each Odoo? As it was counted last, and how the sums went since the first time.

C1  Of a gap that the viewer may not see nothing is told but whether it approves.
C2  Where no list was kept, or it was expunged, that is said: it never looks like "nothing was built".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.clock import stamp
from lockgate.ledger import AsOf
from lockgate.ledger.artifacts import ArtifactMissing
from lockgate.ledger.evidence import Recorded
from lockgate.ledger.registers.values import sites_of
from lockgate.practices.fit.perform.counting import KIND, CustomAnswer, NotThereAnswer, PieceAnswer
from lockgate.programme.server import live

RUNS: Final = 30
"""How many counts of an instance are looked through."""
SUMS: Final = ("modules", "lines", "overrides", "studio", "unapproved", "core_edits")
WIDTH: Final = 160
HEIGHT: Final = 36
_MARGIN: Final = 4
_FORM: Final = TypeAdapter(CustomAnswer)


class CountedAnswer(TypedDict):
    """One count of a trend."""

    evidence: int
    counted_at: str
    sums: dict[str, int]


class ShownCustom(CustomAnswer):
    """What was counted of an instance: the keys of `lockgate fit custom --json`, and the counts before."""

    counted_at: str
    counted_by: str
    stale: bool
    kept: bool
    """Whether the list of pieces is there (C2)."""
    runs: list[CountedAnswer]


@dataclass(frozen=True)
class Trend:
    """How a sum went."""

    name: str
    last: int | None
    points: str
    """What a polyline takes."""
    end: tuple[float, float] | None
    values: Sequence[int]


def customs(viewer: Viewer, when: AsOf | None) -> list[ShownCustom]:
    """Return what was counted last of each instance."""
    by_instance: dict[str, list[Recorded]] = {}
    for one in live().place.ledger.current_evidence((KIND,), upto=when, last=RUNS):
        if viewer.sees(one.evidence.scope):
            by_instance.setdefault(one.evidence.subject["instance"], []).append(one)
    hidden = _hidden(viewer, when) if by_instance else frozenset()
    return [_told(runs, hidden, when) for _, runs in sorted(by_instance.items())]


def trends(told: ShownCustom) -> list[Trend]:
    """Return how each sum of an instance went; one that was never told is left out."""
    found = []
    for name in SUMS:
        values = [run["sums"][name] for run in told["runs"] if name in run["sums"]]
        if values:
            points = _points(values)
            last = told["runs"][-1]["sums"].get(name)
            found.append(Trend(name, last, " ".join(f"{x},{y}" for x, y in points), points[-1], values))
    return found


def _told(runs: Sequence[Recorded], hidden: frozenset[str], when: AsOf | None) -> ShownCustom:
    newest = runs[-1]
    evidence, facts = newest.evidence, live().room(when).facts
    kept = _kept(evidence.artifact)
    answer = kept or _bare(evidence.subject["instance"], evidence.measures)
    past = [
        CountedAnswer(evidence=one.number, counted_at=stamp(one.evidence.taken_at), sums=_sums(one.evidence.measures))
        for one in runs
    ]
    seen: CustomAnswer = {
        **answer,
        "pieces": [_piece(one, hidden) for one in answer["pieces"]],
        "not_there": [one for one in answer["not_there"] if one["gap"] not in hidden],
        "evidence": newest.number,
    }
    return ShownCustom(
        **seen,
        counted_at=past[-1]["counted_at"],
        counted_by=evidence.producer,
        stale=any(facts.digest(name, evidence.scope) != then for name, then in evidence.inputs.items()),
        kept=kept is not None,
        runs=past,
    )


def _piece(one: PieceAnswer, hidden: frozenset[str]) -> PieceAnswer:
    return {**one, "gap": None, "gap_state": None} if one["gap"] in hidden else one


def _hidden(viewer: Viewer, when: AsOf | None) -> frozenset[str]:
    """Return the gaps that a viewer may not see (C1)."""
    known = live().desk(when).known
    gaps = [*known.entries.of("gap")]
    return frozenset(
        one.id
        for one in gaps
        if not viewer.sees_sites(site for site in sites_of(one.values, known.registers["gap"]) if site)
    )


def _kept(digest: str | None) -> CustomAnswer | None:
    artifacts = live().place.artifacts
    if not digest or not artifacts.path_of(digest).is_file():
        return None
    try:
        return _FORM.validate_json(artifacts.read(digest))
    except (ArtifactMissing, ValidationError):
        return None


def _bare(instance: str, measures: Mapping[str, float | int | bool | str]) -> CustomAnswer:
    """Return the sums alone, of a count without a list."""
    sums, nothing = _sums(measures), list[NotThereAnswer]()
    return CustomAnswer(
        instance=instance,
        database="",
        modules=sums.get("modules"),
        lines=sums.get("lines"),
        overrides=sums.get("overrides"),
        unapproved=sums.get("unapproved"),
        studio=sums.get("studio"),
        core_edits=sums.get("core_edits"),
        pieces=[],
        unread=[],
        uncounted=[],
        not_there=nothing,
        over=[],
        evidence=0,
    )


def _sums(measures: Mapping[str, float | int | bool | str]) -> dict[str, int]:
    return {name: int(value) for name in SUMS if isinstance(value := measures.get(name), int | float)}


def _points(values: Sequence[int]) -> list[tuple[float, float]]:
    step = (WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    most, tall = max(1, *values), HEIGHT - 2 * _MARGIN
    return [
        (round(_MARGIN + number * step, 1), round(_MARGIN + tall * (most - value) / most, 1))
        for number, value in enumerate(values)
    ]
