"""Which pairs wait for somebody, and what do two records have in common? For the page, the API and the command line.

W1  What the first of two reviewers said is shown to nobody before the second has said it too. To whoever said it, it
    is told that a second is waited for.
W2  Values stand beside each other as they are after cleansing, and are shown to who may review, and only of now.
W3  Next is the most probable pair that still waits for the viewer.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp
from lockgate.ledger.registers.entry import Entry
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.definition import Entity
from lockgate.practices.migration.perform.matching.decided import OPEN, REVIEW, SAYS, pair_of
from lockgate.practices.migration.perform.matching.parts import KEY, everything
from lockgate.practices.migration.perform.showing.opened import RoundShown
from lockgate.practices.migration.perform.showing.sight import Sight
from lockgate.programme.desk import Desk

WAITS: Final = "waits"
"""The state of a pair of which the viewer has said what they think, and a second person has not."""


class ReviewLine(TypedDict):
    """A pair that a person was asked about."""

    id: str
    entity: str
    left: str
    right: str
    score: float | None
    state: str
    reviewers: int
    decided_by: list[str]
    decided_at: str
    reason: str


class EntityProgress(TypedDict):
    """How far the reviews of an entity are."""

    entity: str
    title: str
    open: int
    decided: int


class QueueAnswer(TypedDict):
    """The answer of `lockgate migrate reviews`."""

    entities: list[EntityProgress]
    next: str | None
    reviews: list[ReviewLine]


class ColumnAnswer(TypedDict):
    """A column of two records."""

    column: str
    left: str | None
    right: str | None
    differs: bool


class WeightAnswer(TypedDict):
    """What a comparison speaks for, in bits: each doubles the odds."""

    about: str
    said: str
    bits: float


class PairAnswer(TypedDict):
    """A pair, side by side."""

    review: ReviewLine
    columns: list[ColumnAnswer]
    weights: list[WeightAnswer]
    steps: list[str]
    before: str | None
    after: str | None


def queue(sight: Sight, desk: Desk, entity: str | None = None) -> QueueAnswer:
    """Return the pairs, those that wait first, and how far it is with each entity."""
    found = [one for one in desk.known.entries.of(REVIEW) if entity in {None, one.values.get("entity")}]
    lines = [_line(one, sight.viewer.person) for one in sorted(found, key=_order)]
    progress: list[EntityProgress] = [
        {
            "entity": key,
            "title": declared.title,
            "open": sum(one.state in OPEN for one in found if one.values.get("entity") == key),
            "decided": sum(one.state in SAYS for one in found if one.values.get("entity") == key),
        }
        for key, declared in sight.migration.entities.items()
    ]
    return {"entities": progress, "next": next(iter(_waiting(lines)), None), "reviews": lines}


def pair(sight: Sight, desk: Desk, record: str) -> PairAnswer | None:
    """Return a pair side by side, None where there is none of that id."""
    entry = desk.known.entries.by_id.get(record)
    if entry is None or entry.register != REVIEW:
        return None
    line = _line(entry, sight.viewer.person)
    there = list(_waiting(queue(sight, desk, line["entity"])["reviews"]))
    place = there.index(record) if record in there else -1
    declared = sight.migration.entities.get(line["entity"])
    columns: list[ColumnAnswer] = []
    weights: list[WeightAnswer] = []
    with sight.round(None) as shown:
        if shown is not None and declared is not None and matched(shown, declared):
            columns, weights = _columns(shown, declared, line), _weights(shown, line)
    return {
        "review": line,
        "columns": columns,
        "weights": weights,
        "steps": _steps(line),
        "before": there[place - 1] if place > 0 else None,
        "after": next((one for one in there[place + 1 :] if one != record), None),
    }


def _steps(line: ReviewLine) -> list[str]:
    if line["state"] in SAYS:
        return ["take-back"]
    return {"open": [*SAYS], "disagreed": [*SAYS, "take-back"], WAITS: ["take-back"]}.get(line["state"], [])


def _waiting(lines: Sequence[ReviewLine]) -> Iterator[str]:
    return (one["id"] for one in lines if one["state"] in {"open", "disagreed"})


def _order(one: Entry) -> tuple[bool, float, int]:
    return (one.state not in OPEN, -float(one.values.get("score") or 0), one.counted)  # W3


def _line(one: Entry, viewer: str) -> ReviewLine:
    left, right = pair_of(one.values)
    closed = one.state not in {"open", "half"}
    steps = [step for step in one.steps if step.transition not in {"fall-away", "ask-again"}]
    last = steps[-1] if steps and closed else None
    return {
        "id": one.id,
        "entity": str(one.values["entity"]),
        "left": left,
        "right": right,
        "score": one.values.get("score"),
        "state": _state(one, viewer),
        "reviewers": int(one.values.get("reviewers") or 1),
        "decided_by": _takers(one) if closed else [],
        "decided_at": stamp(last.at) if last else "",
        "reason": last.reason if last else "",
    }


def _state(one: Entry, viewer: str) -> str:
    """Return the state as the viewer may know it (W1)."""
    if one.state != "half":
        return one.state
    return WAITS if one.steps[-1].by == viewer else "open"


def _takers(one: Entry) -> list[str]:
    """Return who said it, since it was last open."""
    found: list[str] = []
    for step in one.steps:
        found = [] if step.target == "open" else [*found, step.by]
    return list(dict.fromkeys(found))


def matched(shown: RoundShown, declared: Entity) -> bool:
    """Return whether all parts of an entity were there when it was matched last."""
    return all(shown.has("matching", f"{declared.key} {place + 1}") for place in range(len(declared.parts)))


def _columns(shown: RoundShown, declared: Entity, line: ReviewLine) -> list[ColumnAnswer]:
    """Return the columns of both records (W2)."""
    query = f"select * exclude (_row, {KEY}) from ({everything(declared)}) where record = ?"
    left, right = (_record(shown, query, line[side]) for side in ("left", "right"))
    names = [name for name in {**left, **right} if name not in {"record", "changed"}]
    return [
        {"column": name, "left": left.get(name), "right": right.get(name), "differs": left.get(name) != right.get(name)}
        for name in names
        if left.get(name) is not None or right.get(name) is not None
    ]


def _record(shown: RoundShown, query: str, record: str) -> Mapping[str, str | None]:
    found = shown.connection.execute(query, [record])
    names = [str(each[0]) for each in found.description]
    row: tuple[Any, ...] = found.fetchone() or (None,) * len(names)
    return {name: None if value is None else str(value) for name, value in zip(names, row, strict=True)}


def _weights(shown: RoundShown, line: ReviewLine) -> list[WeightAnswer]:
    if not shown.has("main", "pairs"):
        return []
    either = (
        f"least({sql.name('left')}, {sql.name('right')}) = ? and greatest({sql.name('left')}, {sql.name('right')}) = ?"
    )
    found = shown.rows(
        f"select weights from pairs where entity = ? and {either}", [line["entity"], line["left"], line["right"]]
    )
    said = json.loads(found[0][0]) if found else []
    return [{"about": one["about"], "said": one["said"], "bits": float(one["bits"])} for one in said]
