"""May this be done to a record, and what happens then? Facts in, events or refusals out: no clock, no ledger.

E1  Every reason against an action is told at once, each with what to do about it.
E2  Who edits says which version was read. When it has changed since, the loser learns who changed what, and when.
E3  A step is taken from a state that it starts in, by one who may, on a record that has what the step needs, when every
    guard holds. A guard that can't be told does not hold.
E4  Where several people must say yes, each vote counts once, for the version voted on. A no is kept with its reason.
E5  A record in a closed state is not edited: open it again first.
E6  Of several actions that belong together all happen or none.
"""

from collections.abc import Iterable
from datetime import datetime

from lockgate.ledger.registers.action import Action, Actor, Edit, Move, Outcome, Raise, Refusal, Remark, Tag, Tie
from lockgate.ledger.registers.engine.drafting import Draft, Drafted
from lockgate.ledger.registers.engine.fields import edit, raise_
from lockgate.ledger.registers.engine.moving import move
from lockgate.ledger.registers.engine.saying import RELATIONS, comment, tag, tie
from lockgate.ledger.registers.engine.subject import On, looked_up, no
from lockgate.ledger.registers.known import Known

__all__ = ["RELATIONS", "Draft", "Drafted", "after", "perform", "perform_all"]


def perform(action: Action, *, actor: Actor, known: Known, moment: datetime) -> Outcome:
    """Return the events of the action, or every reason why it may not be (E1)."""
    if isinstance(action, Raise):
        return raise_(action, actor, known)
    on = looked_up(action.id, actor, known)
    return no(on) if isinstance(on, Refusal) else _of_record(action, on, moment)


def _of_record(action: Edit | Move | Remark | Tie | Tag, on: "On", moment: datetime) -> Outcome:
    match action:
        case Edit():
            return edit(action, on)
        case Move():
            return move(action, on, moment)
        case Remark():
            return comment(action, on)
        case Tie():
            return tie(action, on)
        case _:
            return tag(action, on)


def perform_all(actions: Iterable[Action], *, actor: Actor, known: Known, moment: datetime) -> Outcome:
    """Return the events of all actions, each on what the ones before made, or what stands against any of them (E6)."""
    outcomes = list[Outcome]()
    draft = Draft(known, actor=actor, moment=moment)
    for action in actions:
        outcome = perform(action, actor=actor, known=draft.known, moment=moment)
        outcomes.append(outcome)
        draft.put(outcome.events)
    refusals = tuple(refusal for one in outcomes for refusal in one.refusals)
    return Outcome(() if refusals else tuple(event for one in outcomes for event in one.events), refusals)


def after(outcome: Outcome, *, actor: Actor, known: Known, moment: datetime) -> Known:
    """Return what is known once the events have happened."""
    draft = Draft(known, actor=actor, moment=moment)
    draft.put(outcome.events)
    return draft.known
