"""Of what must somebody hear, and why? A pure function of gates, records, runs and the moment.

N1  Who may decide a gate hears that it is ready, until they have voted on how it stands.
N2  Who owns a criterion hears that it went stale, or that what was measured says no.
N3  Who owes a condition hears of it a week before its end and until it is fulfilled. Of a waiver hear, in its last
    week, who carries the risk and who granted it.
N4  Who may decide a gate, and who owns one of its criteria, hears that it was decided, and that one that was decided to
    open is closed again; for two weeks.
N5  Of a record hears who `registers.showing.notices` names. Where nobody holds the role, the administrators do.
N6  Who asked for a run hears that it failed, for two weeks; of a schedule's, the administrators do.
N7  The same thing has the same key as long as it is the same: what is told by it once is not told again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lockgate.faces.web.viewer import Viewer
from lockgate.faces.web.words import said
from lockgate.gates.asking.evaluating import CriterionState, GateState, GateVerdict
from lockgate.gates.asking.outcome import Status
from lockgate.gates.facts.history import Choice, Condition, Decision
from lockgate.kernel.scope import Scope

SOON: Final = timedelta(days=7)
RECENT: Final = timedelta(days=14)
ADMINISTRATORS: Final = ""
"""Stands for whoever looks after the accounts."""


class Kind(StrEnum):
    """Of what somebody hears; each can be unsubscribed from."""

    DECIDE = "decide"
    ACT = "act"
    ENDING = "ending"
    GATE = "gate"
    LATE = "late"
    VOTE = "vote"
    RUN = "run"
    ACCOUNT = "account"


TITLES: Final = {
    Kind.ACCOUNT: gettext_lazy("Your account"),
    Kind.DECIDE: gettext_lazy("Gates that wait for your decision"),
    Kind.VOTE: gettext_lazy("Records that wait for your vote"),
    Kind.ACT: gettext_lazy("Criteria where you are to act"),
    Kind.ENDING: gettext_lazy("Conditions and waivers that end soon"),
    Kind.LATE: gettext_lazy("Records that are overdue"),
    Kind.GATE: gettext_lazy("Gates that were decided or closed again"),
    Kind.RUN: gettext_lazy("Runs that failed"),
}
"""What each kind is called, in the order in which they are shown."""


@dataclass(frozen=True)
class Notice:
    """That somebody must hear of something."""

    person: str
    kind: Kind
    key: str
    """What is told by it; the same as long as it is the same (N7)."""
    title: str
    why: str
    """Why one gets it."""
    url: str
    since: datetime | None = None
    scope: Scope | None = None
    """Whom it concerns, so that it is shown to nobody who may not see that."""
    sites: tuple[str, ...] | None = None
    """The sites of a record."""


@dataclass(frozen=True)
class Asking:
    """What is needed beside the gates."""

    holders: Callable[[str, Scope], Iterable[str]]
    """Who has a role for a scope."""
    name: Callable[[Scope], str]
    recorded_at: Callable[[int], datetime]
    """When the record of a number was made."""
    moment: datetime


def visible(notice: Notice, viewer: Viewer) -> bool:
    """Return whether a notice is for a viewer, who may also see what it is about."""
    if notice.person != viewer.person and not (notice.person == ADMINISTRATORS and viewer.administrator):
        return False
    if notice.scope is not None and not viewer.sees(notice.scope):
        return False
    return notice.sites is None or viewer.sees_sites(notice.sites)


def of_gates(states: Iterable[GateState], asking: Asking) -> Iterator[Notice]:
    """Yield what is to be heard of gates (N1 to N4)."""
    for state in states:
        yield from _to_decide(state, asking)
        for one in state.criteria:
            yield from _to_act(state, one, asking)
        yield from _conditions(state, asking)
        yield from _waivers(state, asking)
        yield from _decided(state, asking)


def _to_decide(state: GateState, asking: Asking) -> Iterator[Notice]:
    if state.verdict is not GateVerdict.READY:
        return
    voted = {vote.by for vote in state.history.votes if vote.standing == state.standing}
    for person in asking.holders(state.gate.decides.role, state.scope):
        if person not in voted:
            yield _notice(
                state,
                asking,
                person,
                Kind.DECIDE,
                state.standing,
                says=_("is ready to be decided"),
                why=_("You are {role}.").format(role=state.gate.decides.role),
            )


def _to_act(state: GateState, one: CriterionState, asking: Asking) -> Iterator[Notice]:
    if one.status not in {Status.STALE, Status.UNMET} or one.settled:
        return
    newest = max(one.found.evidence, default=0)
    for person in asking.holders(one.criterion.owner, state.scope):
        yield _notice(
            state,
            asking,
            person,
            Kind.ACT,
            f"{one.criterion.key}|{one.status}|{newest}",
            says=f"{one.criterion.title} ({said(one.status)})",
            why=_("You are {role}, who is to act.").format(role=one.criterion.owner),
            since=asking.recorded_at(newest) if newest and one.status is Status.UNMET else None,
        )


def _conditions(state: GateState, asking: Asking) -> Iterator[Notice]:
    for one in _owed(state):
        if one.due - asking.moment <= SOON:
            over = one.due <= asking.moment
            yield _notice(
                state,
                asking,
                one.owner,
                Kind.ENDING,
                f"condition|{one.key}|{'over' if over else 'soon'}",
                says=(_("the condition “{text}” was due") if over else _("the condition “{text}” is due")).format(
                    text=one.text
                ),
                why=_("You promised it."),
                since=one.due,
            )


def _owed(state: GateState) -> Iterator[Condition]:
    """Yield the conditions that are not fulfilled (N3)."""
    decision = state.history.decision
    if decision is None or decision.choice is not Choice.CONDITIONAL:
        return
    met = {one.criterion.key for one in state.criteria if one.found.status is Status.MET}
    yield from (one for one in decision.conditions if not one.fulfilled and one.criterion not in met)


def _waivers(state: GateState, asking: Asking) -> Iterator[Notice]:
    for one in state.criteria:
        waiver = one.waiver
        if waiver is None or waiver.until - asking.moment > SOON:
            continue
        for person, why in {waiver.by: _("You granted it."), waiver.owner: _("You carry its risk.")}.items():
            yield _notice(
                state,
                asking,
                person,
                Kind.ENDING,
                f"waiver|{waiver.number}",
                says=_("the waiver of {criterion} ends").format(criterion=one.criterion.title),
                why=why,
                since=waiver.until,
            )


def _decided(state: GateState, asking: Asking) -> Iterator[Notice]:
    decision = state.history.decision
    if decision is None:
        return
    again = decision.choice is not Choice.NO_GO and state.verdict is not GateVerdict.OPEN
    at = asking.recorded_at(decision.number)
    if not again and asking.moment - at > RECENT:
        return
    says = (
        _("is closed again after it was opened")
        if again
        else _("was decided: {choice}").format(choice=said(decision.choice))
    )
    for person, why in _concerned(state, decision, asking, again=again).items():
        what = f"{'reopened' if again else 'decided'}|{decision.number}"
        yield _notice(state, asking, person, Kind.GATE, what, says=says, why=why, since=None if again else at)


def _concerned(state: GateState, decision: Decision, asking: Asking, *, again: bool) -> dict[str, str]:
    """Return who hears of a decision, and why; who voted knows that it was taken (N4)."""
    owners = {
        person: _("You are {role}, who answers for one of its criteria.").format(role=one.criterion.owner)
        for one in state.criteria
        for person in asking.holders(one.criterion.owner, state.scope)
    }
    role = state.gate.decides.role
    deciders = dict.fromkeys(asking.holders(role, state.scope), _("You are {role}, who decides it.").format(role=role))
    voted = set() if again else {vote.by for vote in decision.votes}
    return {person: why for person, why in (owners | deciders).items() if person not in voted}


def _notice(
    state: GateState,
    asking: Asking,
    person: str,
    kind: Kind,
    what: str,
    *,
    says: str,
    why: str,
    since: datetime | None = None,
) -> Notice:
    gate, scope = state.gate, state.scope
    return Notice(
        person=person,
        kind=kind,
        key=f"{kind}|{gate.key}|{scope}|{what}",
        title=f"{gate.title}, {asking.name(scope)}: {says}",
        why=why,
        url=f"/gate/{quote(gate.key)}/{quote(str(scope))}/",
        since=since,
        scope=scope,
    )
