"""May this step be taken, or this vote be cast?

E3  A step is taken from a state that it starts in, by one who may, on a record that has what the step needs, when every
    guard holds. A guard that can't be told does not hold.
E4  Where several people must say yes, each vote counts once, for the version voted on. A no is kept with its reason.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from lockgate.kernel.comparison import holds
from lockgate.kernel.register import Field, Kind, Transition
from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import Move, Outcome, Refusal
from lockgate.ledger.registers.due import view
from lockgate.ledger.registers.engine.rights import barred
from lockgate.ledger.registers.engine.subject import On, changed_by, no, stale, state_of, title_of, way_out
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import Unfit, fit, fitted, near

_REASON = Field("reason", "The reason", Kind.LONG_TEXT)


def move(action: Move, on: On, moment: datetime) -> Outcome:
    """Return the vote, the step or both, or why it may not be taken."""
    step = on.register.transition(action.transition)
    if step is None:
        steps = [one.key for one in on.register.transitions]
        return no(
            Refusal(
                "unknown-transition",
                f"A {on.register.title.lower()} has no step {action.transition!r}.",
                near(action.transition, steps),
            )
        )
    values, refusals = fitted(action.values, on.register, on.known)
    changed = changed_by(values, on.entry)
    found = [
        *on.right(step.who, f"take the step {step.key!r} of {on.entry.id}"),
        *barred(step, on.entry, on.actor),
        *(stale(action.version, on.entry) if action.version is not None else ()),
        *_from_here(step, on),
        *refusals,
        *_not_of_this_step(values, step, on),
        *_reason(action, step),
        *_vote(action, step, on),
    ]
    if action.yes:
        found += _ready(step, {**on.entry.values, **changed}, on, moment)
    if found:
        return no(*found)
    return Outcome(_taken(action, step, changed, on))


def _taken(action: Move, step: Transition, changed: Mapping[str, Any], on: On) -> tuple[Event, ...]:
    """Return the vote, the step, or both (E4)."""
    events = []
    standing = {vote.by for vote in on.entry.votes if vote.transition == step.key and vote.yes}
    if step.votes > 1:
        events.append(on.event("voted", transition=step.key, yes=action.yes, reason=action.reason))
    if action.yes and len({*standing, on.actor.person}) >= step.votes:
        events.append(
            on.event(
                step.happened,
                transition=step.key,
                source=on.entry.state,
                target=step.target,
                reason=action.reason,
                values=dict(changed),
            )
        )
    return tuple(events)


def _vote(action: Move, step: Transition, on: On) -> list[Refusal]:
    if step.votes == 1:
        one = Refusal("no-vote", f"{step.key!r} is taken by one person; there is no vote.", "Comment instead.")
        return [] if action.yes else [one]
    found = []
    own = [vote for vote in on.entry.votes if vote.transition == step.key and vote.by == on.actor.person]
    if any(vote.yes == action.yes for vote in own):
        said = "yes" if action.yes else "no"
        found.append(
            Refusal(
                "voted-already",
                f"{on.actor.person} has said {said} to {step.key!r} of {on.entry.id} already.",
                f"It takes {step.votes} different people: ask another.",
            )
        )
    if action.yes and action.values:
        found.append(
            Refusal(
                "vote-with-values",
                f"{step.key!r} takes {step.votes} votes, and all must be on the same record.",
                "Edit it first, then vote.",
            )
        )
    return found


def _reason(action: Move, step: Transition) -> list[Refusal]:
    found = []
    try:
        given = fit(action.reason.strip(), _REASON, Known({}))
    except Unfit as error:
        found.append(Refusal("bad-value", error.what, error.do, "reason"))
        given = action.reason
    if not given and (step.reason or not action.yes):
        needs = f"{step.key!r} needs a reason." if action.yes else "A no needs a reason."
        found.append(Refusal("no-reason", needs, "Say why; it is kept with the step.", "reason"))
    return found


def _from_here(step: Transition, on: On) -> list[Refusal]:
    if on.entry.state in step.source:
        return []
    starts = ", ".join(step.source)
    return [Refusal("wrong-state", f"{step.key!r} starts from {starts}; {on.entry.id} is {state_of(on)}.", way_out(on))]


def _ready(step: Transition, values: Mapping[str, Any], on: On, moment: datetime) -> list[Refusal]:
    """Return what the record still lacks for the step (E3)."""
    seen = view(replace(on.entry, values=values), on.known, moment)
    found = [
        Refusal("missing-value", f"{step.key!r} needs {title_of(key, on.register)}.", f"Give it: {key}=…", key)
        for key in step.needs
        if seen.get(key) in (None, "", [])
    ]
    for guard in step.guards:
        answer = holds(guard, seen)
        if not answer:
            why = "does not hold" if answer is False else "can't be told, since a value is missing or of another kind"
            found.append(
                Refusal("guard", f"{step.key!r} asks for `{guard}`, which {why}.", "Make it so first.", guard.left)
            )
    return found


def _not_of_this_step(values: Mapping[str, Any], step: Transition, on: On) -> list[Refusal]:
    return [
        Refusal("not-of-this-step", f"{title_of(key, on.register)} is no part of {step.key!r}.", "Edit it first.", key)
        for key in values
        if key not in step.needs
    ]
