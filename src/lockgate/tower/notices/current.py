"""What is there to hear of just now?

K1  It is found at most once a minute for each state of the ledger and the workspace, and handed out by person.
K2  A gate that stands as before is told as before, unless roles were given, the workspace changed, or it has terms.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateState
from lockgate.ledger.registers.showing.notices import Why
from lockgate.ledger.registers.showing.notices import notices as of_records
from lockgate.ledger.registers.values import sites_of
from lockgate.programme.desk import Desk
from lockgate.programme.live import Live
from lockgate.programme.present import States
from lockgate.programme.room import Room
from lockgate.tower.notices.accounts import KINDS as OF_ACCOUNTS
from lockgate.tower.notices.accounts import of_accounts
from lockgate.tower.notices.telling import (
    ADMINISTRATORS,
    RECENT,
    TITLES,
    Asking,
    Kind,
    Notice,
    of_gates,
    visible,
)
from lockgate.tower.programme.overview import name_of
from lockgate.tower.runs.models import Run, State
from lockgate.tower.runs.schedules import BY as SCHEDULE

if TYPE_CHECKING:
    from lockgate.ledger import Head
    from lockgate.ledger.registers.entry import Entry
    from lockgate.workspace import Workspace

_ORDER: Final = list(TITLES)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)

By = Mapping[str, Sequence[Notice]]
"""Person → what they must hear of."""


class _Told:
    """What was told last of one programme, in one language."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._records: tuple[tuple[Mapping[str, Entry], Workspace], datetime, By] | None = None
        self._others: tuple[tuple[States, Workspace], tuple[Head, datetime], By] | None = None
        self._about: tuple[object, ...] = ()
        self._gates: dict[tuple[str, str], tuple[GateState, tuple[Notice, ...]]] = {}

    def by_person(self, live: Live) -> tuple[By, By]:
        """Return what follows from gates, and from records: the very same for a minute while nothing changes (K1)."""
        states, room = live.states()
        desk = live.desk()
        with self._lock:
            return self._of_others(states, room), self._of_registers(desk)

    def _of_others(self, states: States, room: Room) -> By:
        of, key = (states, room.workspace), (room.head, _minute(room.moment))
        found = self._others
        if found is None or not _same(found[0], of) or found[1] != key:
            taken = room.place.ledger.records(upto=room.head.number, kinds=OF_ACCOUNTS)
            told = chain(of_accounts(taken, room.moment), self._of_gates(states, room))
            found = self._others = (of, key, _by_person(told))
        return found[2]

    def _of_registers(self, desk: Desk) -> By:
        of, minute = (desk.known.entries.by_id, desk.workspace), _minute(desk.moment)
        found = self._records
        if found is None or not _same(found[0], of) or found[1] != minute:
            found = self._records = (of, minute, _by_person(_of_records(desk)))
        return found[2]

    def _of_gates(self, states: Sequence[GateState], room: Room) -> Iterator[Notice]:
        """Yield what is to be heard of gates: found again of those that stand otherwise, or that have terms (K2)."""
        asking = Asking(
            holders=cache(room.people.holders),
            name=lambda scope: name_of(scope, room.workspace),
            recorded_at=lambda number: room.place.ledger.record(number).at,
            moment=room.moment,
        )
        about, before = (room.workspace, room.people.there), self._gates
        if not self._about or self._about[0] is not about[0] or self._about[1] != about[1]:
            before = {}
        self._about, self._gates = about, {}
        for state in states:
            place = (state.gate.key, str(state.scope))
            kept = before.get(place)
            if kept is None or kept[0] is not state or _has_terms(state):
                kept = (state, tuple(of_gates([state], asking)))
            self._gates[place] = kept
            yield from kept[1]


_told: dict[tuple[Live, str | None], _Told] = {}


def for_viewer(live: Live, viewer: Viewer) -> list[Notice]:
    """Return what a viewer must hear of, by kinds, and of each what is oldest first."""
    found_for = _told.setdefault((live, get_language()), _Told()).by_person(live)
    theirs = (by.get(person, ()) for by in found_for for person in (viewer.person, ADMINISTRATORS))
    there = chain(*theirs, _of_runs(datetime.now(UTC)))
    found = [one for one in there if visible(one, viewer)]
    return sorted(set(found), key=lambda one: (_ORDER.index(one.kind), one.since or _LATEST, one.title))


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Return whether these are the very same things."""
    return all(first is second for first, second in zip(one, other, strict=True))


def _by_person(notices: Iterable[Notice]) -> By:
    found: dict[str, list[Notice]] = {}
    for one in notices:
        found.setdefault(one.person, []).append(one)
    return found


def _has_terms(state: GateState) -> bool:
    """Return whether time alone changes what is to be heard of a gate: of a decision, of waivers that end."""
    return state.history.decision is not None or any(one.waiver is not None for one in state.criteria)


def _of_records(desk: Desk) -> Iterator[Notice]:
    known = desk.known
    found = of_records(known, desk.actors(), desk.moment)
    owned = {(one.person, one.id) for one in found if one.why is Why.OVERDUE}
    for one in found:
        if one.why is Why.ESCALATED and (one.person, one.id) in owned:
            continue  # that it is overdue is told already
        entry = known.entries.by_id[one.id]
        register = known.registers[entry.register]
        titled = entry.values.get("title")
        vote = one.why is Why.VOTE
        says = {
            Why.OVERDUE: _("is overdue"),
            Why.ESCALATED: _("is overdue and has escalated to {role}").format(role=one.about),
            Why.VOTE: _("waits for your vote: {step}").format(step=one.about),
        }[one.why]
        why = {
            Why.OVERDUE: _("It is yours."),
            Why.ESCALATED: (_("You are {role}.") if one.person else _("Nobody is {role}.")).format(role=one.about),
            Why.VOTE: _("You may vote, and others have."),
        }[one.why]
        yield Notice(
            person=one.person or ADMINISTRATORS,
            kind=Kind.VOTE if vote else Kind.LATE,
            key=f"{one.why}|{one.id}|{one.about}|{one.since.isoformat()}",
            title=f"{one.id}{f' {titled}' if titled else ''} {says}",
            why=why,
            url=f"/register/{entry.register}/{one.id}/",
            since=one.since,
            sites=tuple(sites_of(entry.values, register)),
        )


def _of_runs(moment: datetime) -> Iterator[Notice]:
    """Yield the runs that failed and were not taken up again (N6)."""
    failed = Run.objects.filter(state=State.FAILED, ended_at__gte=moment - RECENT, resumed_by=None)
    for run in failed.only("verb", "asked_by", "ended_at", "says", "schedule"):
        yield Notice(
            person=ADMINISTRATORS if run.asked_by == SCHEDULE else run.asked_by,
            kind=Kind.RUN,
            key=f"run|{run.pk}",
            title=_("{verb} failed: {said}").format(verb=run.verb, said=run.says.partition("\n")[0]),
            why=_("The schedule {schedule} asked for it.").format(schedule=run.schedule)
            if run.asked_by == SCHEDULE
            else _("You asked for it."),
            url=f"/run/{run.pk}/",
            since=run.ended_at,
        )
