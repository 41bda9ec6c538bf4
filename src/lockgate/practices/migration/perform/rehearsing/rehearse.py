"""How does the whole migration run? One step after the other, each timed, by the verbs of whoever can do it.

A1  Each step is a verb that is asked by its name. One that nobody offers, or that nothing is declared for, is left out
    and told.
A2  What a step can't do ends that step, and is told; what does not rest on it goes on.
A3  After each step it is on disk how far it is. Run again, it goes on there, in the same round.
A4  An Odoo that can't be reached ends the run there, and it goes on when it is run again: nothing is known of the step.
A5  Who rehearses has agreed to the template as it is declared: it goes to a copy that nobody works in.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lockgate.kernel.clock import stamp, system_clock
from lockgate.kernel.errors import Exit, LockgateError, UsageError
from lockgate.kernel.verb import Doing, Lost, Stopped, Verb
from lockgate.practices.migration.decide import rehearsing
from lockgate.practices.migration.decide.rehearsing import STEPS, Step
from lockgate.practices.migration.definition import Rehearsal
from lockgate.practices.migration.perform.bench import TEMPLATE, scope_meant
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.rehearsing import journal
from lockgate.practices.migration.perform.rehearsing.answers import RehearseAnswer
from lockgate.practices.migration.perform.rehearsing.cloning import copy_of, meant_for_rehearsals, rehearsable
from lockgate.practices.migration.perform.rehearsing.journal import Done, Journal
from lockgate.practices.migration.perform.rehearsing.recording import recorded
from lockgate.practices.migration.perform.rounds import numbers
from lockgate.programme.asking import carry_out, installed_verbs
from lockgate.workspace.words import advice


@dataclass(frozen=True)
class Wish:
    """What somebody wants rehearsed."""

    rehearsal: str = ""
    instance: str = ""
    scope: str = ""
    without: tuple[str, ...] = ()
    """Steps that are left out on purpose."""
    again: bool = False
    """True to begin anew, although one that began is not over."""
    deltas: bool = False
    """True to send only what differs from what is there, to the Odoo as it stands."""


Shown = Callable[[Step], AbstractContextManager[Doing]]
"""Shows that a step runs, and gives what it is carried out with."""


@dataclass(frozen=True)
class _Here:
    """What all steps share."""

    migration: Migration
    declared: Rehearsal
    doing: Doing
    shown: Shown


def rehearse(migration: Migration, wish: Wish, doing: Doing, shown: Shown) -> RehearseAnswer:
    """Run the whole migration, or what is left of a run (A1 to A5)."""
    declared = rehearsal_of(migration, wish.rehearsal)
    _known_steps(wish.without)
    here = _Here(migration, declared, doing, shown)
    now = _begun(here, wish)
    while (step := rehearsing.next_step(now.states)) is not None:
        now = _step(here, now, step)
        journal.write(doing.root, now)
    answer = recorded(migration, declared, now, doing.person)
    journal.write(doing.root, replace(now, evidence=answer["evidence"]))
    return answer


def rehearsal_of(migration: Migration, key: str) -> Rehearsal:
    """Return the rehearsal of that key, the only one when none is named."""
    there = migration.rehearsals
    if key in there:
        return there[key]
    if key:
        raise UsageError(f"No rehearsal {key!r} is declared.", why=advice(key, there))
    if len(there) != 1:
        named = ", ".join(there) or "none"
        do = "Name it." if there else "Declare one: a window and a volume, under `rehearsals`."
        raise UsageError("Which rehearsal is meant?", why=f"Declared: {named}.", do=do)
    return next(iter(there.values()))


def _known_steps(without: tuple[str, ...]) -> None:
    names = [step.name for step in STEPS]
    for name in without:
        if name not in names:
            raise UsageError(f"A rehearsal has no step {name!r}.", why=advice(name, names))


def _begun(here: _Here, wish: Wish) -> Journal:
    """Return the run that goes on, else a new one in a new round (A3)."""
    workspace, key = here.migration.workspace, here.declared.key
    found = None if wish.again else journal.unfinished(workspace.root, key)
    if found is not None:
        return found
    instance = wish.instance or meant_for_rehearsals(workspace)
    rehearsable(workspace, instance)
    scope = str(scope_meant(workspace, wish.scope or None))
    number = max(numbers(workspace.root), default=0) + 1
    began = stamp(system_clock())
    now = Journal(key, number, instance, scope, began, without=wish.without, deltas=wish.deltas)
    journal.write(workspace.root, now)
    return now


def _step(here: _Here, now: Journal, step: Step) -> Journal:
    """Carry out a step, or say why not."""
    offered = installed_verbs()
    left = _left_out(now, step) or _not_needed(here, now, step, offered)
    if left is not None:
        return now.ended(step.name, left)
    now = now.begun(step.name)
    journal.write(here.doing.root, now)
    began = time.monotonic()
    with here.shown(step) as at_work:
        done = _done(here, now, step, _Hand(at_work, now, _agreed(here.migration, step)), offered)
    return now.ended(step.name, replace(done, seconds=round(time.monotonic() - began, 1)))


def _left_out(now: Journal, step: Step) -> Done | None:
    """Return why a step that there is can't or shall not be carried out."""
    if step.name in now.without:
        return Done("skipped", 0.0, "Left out on purpose.")
    broken = rehearsing.missing(step, now.states)
    return Done("left-out", 0.0, f"It rests on `{broken}`, which could not be carried out.") if broken else None


def _not_needed(here: _Here, now: Journal, step: Step, offered: Mapping[str, Verb]) -> Done | None:
    """Return why there is nothing to do at a step (A1)."""
    reasons = {
        "The Odoo is taken as it stands.": step.name == "clone" and (now.deltas or here.declared.fresh_from is None),
        "No template is declared.": step.name == "template" and TEMPLATE not in here.migration.workspace.digests,
        "No entity is declared.": step.name == "match" and not here.migration.entities,
        "No tie is declared.": step.name == "tie-out" and not here.migration.ties,
        "No check is declared.": step.name == "behave" and not here.migration.checks,
        f"Nothing that is installed offers {step.verb}.": bool(step.verb) and step.verb not in offered,
    }
    return next((Done("not-needed", 0.0, why) for why, holds in reasons.items() if holds), None)


def _done(here: _Here, now: Journal, step: Step, hand: "_Hand", offered: Mapping[str, Verb]) -> Done:
    """Return what came of a step (A2, A4)."""
    try:
        if step.name == "clone":
            declared = rehearsable(here.migration.workspace, now.instance)
            return Done("done", 0.0, copy_of(declared, str(here.declared.fresh_from)))
        verb = offered[step.verb]
        outcome = carry_out(verb, hand, _arguments(verb, now, here.declared))
    except (Stopped, Lost):
        raise
    except LockgateError as stop:
        if stop.exit is Exit.UNREACHABLE:
            raise
        return Done("failed", 0.0, " ".join(stop.lines()))
    state = rehearsing.state_of(step, ok=outcome.ok, facts=outcome.facts)
    return Done(state, 0.0, outcome.says, outcome.evidence)


def _agreed(migration: Migration, step: Step) -> dict[str, Any]:
    """Return what a step is begun with (A5)."""
    return {"agreed": str(migration.workspace.digest_of(TEMPLATE))} if step.name == "template" else {}


def _arguments(verb: Verb, now: Journal, declared: Rehearsal) -> dict[str, str]:
    known = {"instance": now.instance, "scope": now.scope, "round": str(now.round), "plan": "rehearsal"}
    if declared.fresh_from is not None:
        known["copy"] = "yes"  # work leaves traces: a run of deltas would find them, and call them differences
    return {name: text for name, text in known.items() if name in verb.arguments}


@dataclass(frozen=True)
class _Hand:
    """What a step is given to work with: what the rehearsal was given, and what the step kept before (A3)."""

    doing: Doing
    journal: Journal
    begins_with: Mapping[str, Any]

    @property
    def root(self) -> Path:
        return self.doing.root

    @property
    def person(self) -> str:
        return self.doing.person

    @property
    def state(self) -> Mapping[str, Any]:
        return {**self.begins_with, **self.journal.kept}

    def progress(self, done: int, total: int | None = None, unit: str = "") -> None:
        self.doing.progress(done, total, unit)

    def log(self, line: str) -> None:
        self.doing.log(line)

    def keep(self, **state: Any) -> None:
        journal.write(self.root, replace(self.journal, kept=state))
