"""What is done next in a rehearsal, and what is to be said of it at the end?

R1  Steps are done in one order. A step that can't be carried out leaves out those that rest on it, and no others.
R2  A step whose answer is no was carried out: what rests on it is done all the same. Both count as failed.
R3  A load is no failure for what a rule kept back, each with its reason. It is one for what Odoo refused.
R4  The time that counts is that of the steps which fill the window; a copy and its template are there before it begins,
    and work is tried on the copy after it.
R5  A rehearsal is complete when each step was carried out, whatever it answered, or was not needed. Only complete ones
    count as rounds, and no run of deltas: it sends only what differs, which tells little about the whole.
R6  The share of the volume is that of the domain of which the smallest share was there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

State = Literal["done", "no", "failed", "left-out", "skipped", "not-needed"]
"""`left-out`: what it rests on failed. `skipped`: somebody wished so. `not-needed`: nothing of the kind is declared."""

RAN: Final[frozenset[State]] = frozenset({"done", "no"})
FAILED: Final[frozenset[State]] = frozenset({"no", "failed", "left-out"})


@dataclass(frozen=True)
class Step:
    """A part of a rehearsal."""

    name: str
    verb: str = ""
    """The verb that carries it out; empty for the copy."""
    after: tuple[str, ...] = ()
    """What it rests on."""
    in_window: bool = True
    """Whether its time counts (R4)."""


STEPS: Final = (
    Step("clone", in_window=False),
    Step("template", "template.apply", ("clone",), in_window=False),
    Step("profile", "migration.profile"),
    Step("cleanse", "migration.cleanse", ("profile",)),
    Step("match", "migration.match", ("profile",)),
    Step("preflight", "migration.preflight", ("profile", "template")),
    Step("load", "migration.load", ("profile", "template")),
    Step("reconcile", "migration.reconcile", ("load",)),
    Step("tie-out", "migration.tie-out", ("load",)),
    Step("behave", "migration.behave", ("load",), in_window=False),
)


def next_step(states: Mapping[str, State]) -> Step | None:
    """Return the first step of which it is not told yet what became of it."""
    return next((step for step in STEPS if step.name not in states), None)


def missing(step: Step, states: Mapping[str, State]) -> str | None:
    """Return what a step rests on and what is not there, None when it can be carried out (R1)."""
    broken = {"failed", "left-out"}
    return next((name for name in step.after if states.get(name) in broken), None)


def state_of(step: Step, *, ok: bool, facts: Mapping[str, Any]) -> State:
    """Return what an answer makes of a step (R2, R3)."""
    if step.name == "load" and "refused" in facts:
        return "no" if facts["refused"] else "done"
    return "done" if ok else "no"


def failed(states: Mapping[str, State]) -> int:
    """Return how many steps failed."""
    return sum(state in FAILED for state in states.values())


def complete(states: Mapping[str, State]) -> bool:
    """Return whether each step was carried out or not needed (R5)."""
    return next_step(states) is None and all(state in RAN or state == "not-needed" for state in states.values())


def counts(states: Mapping[str, State], *, deltas: bool) -> bool:
    """Return whether it counts as a round of the whole migration (R5)."""
    return complete(states) and not deltas


def minutes(seconds: Mapping[str, float]) -> float:
    """Return the time that counts (R4)."""
    counted: Collection[str] = {step.name for step in STEPS if step.in_window}
    return round(sum(took for name, took in seconds.items() if name in counted) / 60, 2)


def volume_share(rows: Mapping[str, int], volume: Mapping[str, int]) -> float:
    """Return how much of the real volume there was (R6)."""
    return round(min((rows.get(domain, 0) / of for domain, of in volume.items()), default=0.0), 4)
