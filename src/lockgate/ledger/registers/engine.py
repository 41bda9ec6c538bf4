"""May this be done to a record, and what happens then? Facts in, events or refusals out: no clock, no ledger.

E1  Every reason against an action is told at once, each with what to do about it.
E2  Who edits says which version was read. When it has changed since, the loser learns who changed what, and when.
E3  A step is taken from a state that it starts in, by one who may, on a record that has what the step needs, when every
    guard holds. A guard that can't be told does not hold.
E4  Where several people must say yes, each vote counts once, for the version voted on. A no is kept with its reason.
E5  A record in a closed state is not edited: open it again first.
E6  Of several actions that belong together all happen or none.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lockgate.kernel.clock import stamp
from lockgate.kernel.comparison import holds
from lockgate.kernel.register import Field, Kind, Register, Transition
from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import (
    Action,
    Actor,
    Edit,
    Move,
    Outcome,
    Raise,
    Refusal,
    Remark,
    Tag,
    Tie,
)
from lockgate.ledger.registers.due import is_open, view
from lockgate.ledger.registers.entry import ID, Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.projection import project
from lockgate.ledger.registers.rights import barred, missing_right
from lockgate.ledger.registers.values import Unfit, fit, fitted, near

RELATIONS: Mapping[str, str] = {
    "relates": "relates to",
    "causes": "is caused by",
    "blocks": "is blocked by",
    "covers": "is covered by",
    "resolves": "is resolved by",
    "duplicates": "is duplicated by",
    "follows": "is followed by",
    "changes": "is changed by",
}
"""How one record can have to do with another, and how that reads from the other side."""
_DECLARED = re.compile(r"[a-z][a-z0-9-]*:[^\s:][^\s]{0,199}")
_TAG = re.compile(r"[^\W_][\w-]{0,39}")
_COMMENT = Field("text", "The comment", Kind.LONG_TEXT)
_REASON = Field("reason", "The reason", Kind.LONG_TEXT)


@dataclass(frozen=True)
class Drafted:
    """An event that is not in the ledger yet, as the projection reads it."""

    number: int
    at: datetime
    by: str
    kind: str
    payload: Mapping[str, Any]


def perform(action: Action, *, actor: Actor, known: Known, moment: datetime) -> Outcome:
    """Return the events of the action, or every reason why it may not be (E1)."""
    if isinstance(action, Raise):
        return _raise(action, actor, known)
    on = _looked_up(action.id, actor, known)
    return _no(on) if isinstance(on, Refusal) else _perform(action, on, moment)


def _perform(action: Edit | Move | Remark | Tie | Tag, on: "_On", moment: datetime) -> Outcome:
    match action:
        case Edit():
            return _edit(action, on)
        case Move():
            return _move(action, on, moment)
        case Remark():
            return _comment(action, on)
        case Tie():
            return _tie(action, on)
        case _:
            return _tag(action, on)


def perform_all(actions: Iterable[Action], *, actor: Actor, known: Known, moment: datetime) -> Outcome:
    """Return the events of all actions, each on what the ones before made, or what stands against any of them (E6)."""
    events: list[Event] = []
    refusals: list[Refusal] = []
    for action in actions:
        outcome = perform(action, actor=actor, known=known, moment=moment)
        refusals += outcome.refusals
        events += outcome.events
        known = after(outcome, actor=actor, known=known, moment=moment)
    return Outcome(refusals=tuple(refusals)) if refusals else Outcome(tuple(events))


def after(outcome: Outcome, *, actor: Actor, known: Known, moment: datetime) -> Known:
    """Return what is known once the events have happened."""
    first = known.entries.number + 1
    drafts = [
        Drafted(first + place, moment, actor.person, one.kind, one.payload) for place, one in enumerate(outcome.events)
    ]
    return replace(known, entries=project(drafts, known.entries))


@dataclass(frozen=True)
class _On:
    """One record, its declaration, and who wants something of it."""

    entry: Entry
    register: Register
    actor: Actor
    known: Known

    def event(self, happened: str, **payload: Any) -> Event:
        return _event(self.register, happened, self.entry.id, **payload)

    def right(self, who: Iterable[str], doing: str, values: Mapping[str, Any] | None = None) -> list[Refusal]:
        refusal = missing_right(
            tuple(who),
            self.actor,
            self.entry.values if values is None else values,
            register=self.register,
            raiser=self.entry.raised_by,
            known=self.known,
            doing=doing,
        )
        return [refusal] if refusal else []


def _looked_up(record: str, actor: Actor, known: Known) -> _On | Refusal:
    entry = known.entries.by_id.get(record)
    if entry is None:
        return Refusal("unknown-record", f"There is no record {record!r}.", "Look it up in the list first.")
    register = known.registers.get(entry.register)
    if register is None:
        return Refusal(
            "unknown-register",
            f"{entry.id} is in the register {entry.register!r}, which is not declared any more.",
            "Declare it again, or choose the playbook that has it.",
        )
    return _On(entry, register, actor, known)


def _raise(action: Raise, actor: Actor, known: Known) -> Outcome:
    register = known.registers.get(action.register)
    if register is None:
        return _no(
            Refusal(
                "unknown-register", f"There is no register {action.register!r}.", near(action.register, known.registers)
            )
        )
    values, refusals = fitted(action.values, register, known)
    given = {key: value for key, value in values.items() if value is not None}
    told = {refusal.field for refusal in refusals}
    missing = [one for one in register.fields if one.required and one.key not in given and one.key not in told]
    right = missing_right(
        register.raised_by, actor, given, register=register, raiser="", known=known, doing=f"raise a {register.key}"
    )
    refusals += tuple(map(_required, missing))
    refusals += (right,) if right else ()
    if refusals:
        return _no(*refusals)
    new = known.entries.next_id(register.prefix)
    return Outcome((_event(register, "raised", new, state=register.initial, values=given),))


def _edit(action: Edit, on: _On) -> Outcome:
    values, refusals = fitted(action.values, on.register, on.known)
    found = [*on.right(on.register.edited_by, f"edit {on.entry.id}"), *_stale(action.version, on.entry), *refusals]
    changed = _changed(values, on.entry)
    moved = {**on.entry.values, **changed}
    if not found and moved != on.entry.values:
        found += on.right(on.register.edited_by, f"move {on.entry.id} there", _as_owned(moved, on))
    if not is_open(on.entry, on.register):
        found.append(
            Refusal("closed", f"{on.entry.id} is {_state(on)}, so it is not edited.", _way_out(on))  # E5
        )
    found += [
        _required(one) for one in on.register.fields if one.required and one.key in changed and changed[one.key] is None
    ]
    if found:
        return _no(*found)
    return Outcome((on.event("edited", values=changed),) if changed else ())


def _as_owned(moved: Mapping[str, Any], on: _On) -> Mapping[str, Any]:
    """Return the new values with the old owner, so that a record can be handed over by the one who has it."""
    return {**moved, "owner": on.entry.values.get("owner")}


def _move(action: Move, on: _On, moment: datetime) -> Outcome:
    step = on.register.transition(action.transition)
    if step is None:
        steps = [one.key for one in on.register.transitions]
        return _no(
            Refusal(
                "unknown-transition",
                f"A {on.register.title.lower()} has no step {action.transition!r}.",
                near(action.transition, steps),
            )
        )
    values, refusals = fitted(action.values, on.register, on.known)
    changed = _changed(values, on.entry)
    found = [
        *on.right(step.who, f"take the step {step.key!r} of {on.entry.id}"),
        *barred(step, on.entry, on.actor),
        *(_stale(action.version, on.entry) if action.version is not None else ()),
        *_from_here(step, on),
        *refusals,
        *_not_of_this_step(values, step, on),
        *_reason(action, step),
        *_vote(action, step, on),
    ]
    if action.yes:
        found += _ready(step, {**on.entry.values, **changed}, on, moment)
    if found:
        return _no(*found)
    return Outcome(_taken(action, step, changed, on))


def _taken(action: Move, step: Transition, changed: Mapping[str, Any], on: _On) -> tuple[Event, ...]:
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


def _vote(action: Move, step: Transition, on: _On) -> list[Refusal]:
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


def _from_here(step: Transition, on: _On) -> list[Refusal]:
    if on.entry.state in step.source:
        return []
    starts = ", ".join(step.source)
    return [Refusal("wrong-state", f"{step.key!r} starts from {starts}; {on.entry.id} is {_state(on)}.", _way_out(on))]


def _ready(step: Transition, values: Mapping[str, Any], on: _On, moment: datetime) -> list[Refusal]:
    """Return what the record still lacks for the step (E3)."""
    seen = view(replace(on.entry, values=values), on.register, moment)
    found = [
        Refusal("missing-value", f"{step.key!r} needs {_title(key, on.register)}.", f"Give it: {key}=…", key)
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


def _not_of_this_step(values: Mapping[str, Any], step: Transition, on: _On) -> list[Refusal]:
    return [
        Refusal("not-of-this-step", f"{_title(key, on.register)} is no part of {step.key!r}.", "Edit it first.", key)
        for key in values
        if key not in step.needs
    ]


def _comment(action: Remark, on: _On) -> Outcome:
    try:
        text = fit(action.text.strip(), _COMMENT, on.known)
    except Unfit as error:
        return _no(Refusal("bad-value", error.what, error.do, "text"))
    if text is None:
        return _no(
            Refusal("missing-value", "A comment without words says nothing.", "Write what you want to say.", "text")
        )
    return Outcome((on.event("commented", text=text),))


def _tie(action: Tie, on: _On) -> Outcome:
    found = []
    there = any((link.relation, link.to) == (action.relation, action.to) for link in on.entry.links)
    if action.undo:
        gone = Refusal(
            "unknown-link", f"{on.entry.id} has no link {action.relation!r} to {action.to}.", "Look at it first."
        )
        return Outcome((on.event("unlinked", relation=action.relation, to=action.to),)) if there else _no(gone)
    if action.relation not in RELATIONS:
        found.append(
            Refusal("unknown-relation", f"There is no relation {action.relation!r}.", near(action.relation, RELATIONS))
        )
    if action.to == on.entry.id:
        found.append(Refusal("link-to-itself", f"{on.entry.id} can't be linked to itself.", "Name another record."))
    found += _unknown_end(action.to, on.known)
    if found:
        return _no(*found)
    return Outcome(() if there else (on.event("linked", relation=action.relation, to=action.to),))


def _unknown_end(to: str, known: Known) -> list[Refusal]:
    """Return why a link can't lead there: no such record, or nothing of that key where the keys are known."""
    dimension, _, key = to.partition(":")
    what, do = (
        f"There is no record {to!r}.",
        "Name a record by its id, or what the workspace declares like scenario:otc-01.",
    )
    if ID.fullmatch(to) is not None:
        is_there = to in known.entries.by_id
    elif dimension in known.declared:
        is_there = key in known.declared[dimension]
        what, do = f"The workspace declares no {dimension} {key!r}.", near(key, known.declared[dimension])
    else:
        is_there = _DECLARED.fullmatch(to) is not None
    return [] if is_there else [Refusal("unknown-record", what, do)]


def _tag(action: Tag, on: _On) -> Outcome:
    bad = [tag for tag in action.tags if not _TAG.fullmatch(tag)]
    if bad:
        return _no(
            *(Refusal("bad-tag", f"{tag!r} is no tag.", "Use one word of letters, digits and hyphens.") for tag in bad)
        )
    changed = sorted(tag for tag in {*action.tags} if (tag in on.entry.tags) == action.undo)
    return Outcome((on.event("untagged" if action.undo else "tagged", tags=changed),) if changed else ())


def _stale(version: int, entry: Entry) -> list[Refusal]:
    if version == entry.version:
        return []
    since = [one for one in entry.changes if one.version > version]
    told = "; ".join(f"{one.by} at {stamp(one.at)[:19]}Z ({', '.join(one.fields) or 'state'})" for one in since)
    return [
        Refusal(
            "stale-version",
            f"{entry.id} is at version {entry.version}, not {version}."
            + (f" Changed since by {told}." if told else ""),
            "Read it again, and put your change on top of theirs.",
        )
    ]


def _changed(values: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    return {key: value for key, value in values.items() if entry.values.get(key) != value}


def _required(one: Field) -> Refusal:
    return Refusal("missing-value", f"{one.title} must have a value.", f"Give it: {one.key}=…", one.key)


def _title(key: str, register: Register) -> str:
    one = register.field(key)
    return one.title if one else key


def _state(on: _On) -> str:
    state = on.register.state(on.entry.state)
    return state.title.lower() if state else on.entry.state


def _way_out(on: _On) -> str:
    steps = [one.key for one in on.register.transitions if on.entry.state in one.source]
    return f"From here: {', '.join(steps)}." if steps else "Nothing leads out of that state."


def _event(register: Register, happened: str, record: str, **payload: Any) -> Event:
    return Event(f"{register.key}.{happened}", {"register": register.key, "id": record, **payload})


def _no(*refusals: Refusal) -> Outcome:
    return Outcome(refusals=refusals)
