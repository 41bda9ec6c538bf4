"""What would be refused if this person tried? The same rules are asked that answer when they do.

F1  What is foreseen is what somebody is told who says all that can be said: with a reason, a condition for whatever is
    lacking, an owner, an end to come. So what remains depends on the gate and the person, not on what they write.
F2  Who may not vote themselves, but is the delegate of one who may, is asked as that delegate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.asking.outcome import Status
from lockgate.gates.deciding import fulfilling, permitting, voting, waiving
from lockgate.gates.deciding.answer import Answer, Electorate, No, had_a_hand
from lockgate.gates.facts.history import Choice, Condition

_REASON: Final = "foreseen"
_SOON: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Foreseen:
    """What one person may do at a gate, and why not where they may not."""

    behalf: tuple[str, ...]
    """For whom they may vote as a delegate."""
    own: bool
    """Whether they may vote for themselves."""
    votes: Mapping[Choice, Answer]
    hand: tuple[str, ...]
    """The criteria that they own, or of whose evidence they produced a part."""
    waive: Mapping[str, tuple[No, ...]]
    """By criterion that is not met."""
    fulfil: Mapping[str, tuple[No, ...]]
    """By condition that waits for somebody's word."""
    emergency: tuple[No, ...]

    @property
    def barred(self) -> tuple[No, ...]:
        """Why they may not vote at all: what every choice is refused for."""
        first, *others = [answer.refusals for answer in self.votes.values()]
        return tuple(no for no in first if all(no in refusals for refusals in others))

    @property
    def not_waiving(self) -> tuple[No, ...]:
        """Why they may waive nothing: what every criterion is refused for."""
        first, *others = list(self.waive.values()) or [()]
        return tuple(no for no in first if all(no in refusals for refusals in others))


def foresee(state: GateState, person: str, who: Electorate) -> Foreseen:
    """Return what the person may do, and what they would be told (F1, F2)."""
    holders = set(who.people.holders(state.gate.decides.role, state.scope))
    behalf = tuple(sorted(one for one in holders if one != person and who.stands_for(person, one)))
    own = person in holders
    owner = min(holders, default=person)
    conditions = state.history.decision.conditions if state.history.decision else ()
    votes = {
        choice: voting.decide(
            state,
            voting.Ballot(
                person,
                choice,
                _REASON,
                _conditions(state, owner) if choice is Choice.CONDITIONAL else (),
                "" if own or not behalf else behalf[0],
            ),
            who,
            voting.Basis("", "", ""),
        )
        for choice in Choice
    }
    until = state.moment + _SOON
    return Foreseen(
        behalf=behalf,
        own=own,
        votes=votes,
        hand=tuple(dict.fromkeys(had_a_hand(state, state.criteria, who, person))),
        waive={
            found.criterion.key: waiving.waive(
                state, waiving.Plea(found.criterion.key, person, owner, _REASON, until), who
            ).refusals
            for found in state.criteria
            if found.found.status is not Status.MET
        },
        fulfil={
            one.key: fulfilling.fulfil(state, one.key, person, who.people).refusals
            for one in conditions
            if not one.criterion and not one.fulfilled
        },
        emergency=permitting.sign(state, person, _REASON, until, who.people).refusals,
    )


def _conditions(state: GateState, owner: str) -> tuple[Condition, ...]:
    """Return a condition for each criterion that is lacking, and one for none (F1)."""
    due = state.moment + _SOON
    lacking = [found.criterion.key for found in state.criteria if found.status not in {Status.MET, Status.WAIVED}]
    return tuple(Condition(key, _REASON, owner, due, key) for key in [*lacking, ""])
