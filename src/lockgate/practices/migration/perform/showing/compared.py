"""How do the rounds compare, does the last load fit its window, and what stands still? For pages, API and commands."""

from dataclasses import dataclass
from typing import Any

from lockgate.kernel.clock import system_clock
from lockgate.practices.migration.perform.rehearsing.answers import RehearsalStandAnswer, RoundsAnswer
from lockgate.practices.migration.perform.rehearsing.compared import rounds
from lockgate.practices.migration.perform.rehearsing.freezing import rehearsal_stand
from lockgate.practices.migration.perform.rehearsing.past import past
from lockgate.practices.migration.perform.showing.history import by_round, kept, rounds_of, whole
from lockgate.practices.migration.perform.showing.sight import Sight


@dataclass(frozen=True)
class Bar:
    """How long something takes, in parts of the picture's width."""

    name: str
    minutes: float
    width: float
    window: float | None
    """Where the line of the window stands."""
    over: bool
    """True when it is longer than the window."""


@dataclass(frozen=True)
class Tried:
    """Work that was tried on the data in the newest round in which any was."""

    check: str
    title: str
    owner: str
    round: int
    samples: int
    passed: int
    evidence: int
    failed: tuple[dict[str, Any], ...]
    """On which records it did not come to its end, and why."""


def tried(sight: Sight) -> list[Tried]:
    """Return what came of the work that was tried, in the order in which it is declared."""
    found = by_round(sight, "migration.behaved", "check")
    newest = max(rounds_of(found), default=0)
    return [
        Tried(
            check=check.key,
            title=check.title,
            owner=check.owner,
            round=newest,
            samples=whole(one, "samples") or 0,
            passed=whole(one, "passed") or 0,
            evidence=one.number,
            failed=tuple(kept(sight, one).get("failed", ())),
        )
        for check in sight.migration.checks.values()
        if (one := found.get((newest, check.key))) is not None
    ]


def compared(sight: Sight) -> RoundsAnswer:
    """Return the rounds and the forecast, by the first rehearsal that is declared."""
    declared = next(iter(sight.migration.rehearsals.values()), None)
    return rounds(sight.migration, past(sight.place, sight.when), declared)


def rehearsals(sight: Sight) -> list[RehearsalStandAnswer]:
    """Return what rehearsals are measured against, and what stands still today."""
    found = past(sight.place, sight.when)
    today = system_clock().date()
    return [rehearsal_stand(sight.migration, found, one, today) for one in sight.migration.rehearsals.values()]


def bars(told: RoundsAnswer) -> list[Bar]:
    """Return the picture: each rehearsal, and the forecast at its slowest."""
    forecast = told["forecast"]
    window = forecast["window"]
    lengths = [(f"{one['round']}", one["minutes"]) for one in told["rounds"] if one["minutes"] is not None]
    if forecast["rounds"]:
        lengths.append(("", forecast["slow"]))
    whole = max([window or 0.0, *(minutes or 0.0 for _, minutes in lengths)]) * 1.1 or 1.0
    line = round(window / whole * 100, 2) if window else None
    return [
        Bar(
            name,
            minutes or 0.0,
            round((minutes or 0.0) / whole * 100, 2),
            line,
            bool(window and (minutes or 0) > window),
        )
        for name, minutes in lengths
    ]
