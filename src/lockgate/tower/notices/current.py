"""What is there to hear of just now? Computed at most once a minute for each state of the ledger."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lockgate.faces.web.viewer import Viewer
from lockgate.ledger.registers.showing.notices import Why
from lockgate.ledger.registers.showing.notices import notices as of_records
from lockgate.ledger.registers.values import sites_of
from lockgate.programme.desk import Desk
from lockgate.programme.live import Live
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

_ORDER: Final = list(TITLES)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)

_lock = threading.Lock()
_kept: dict[tuple[object, ...], tuple[Notice, ...]] = {}
"""State of the ledger and language → all notices; those of older states are dropped."""


def for_viewer(live: Live, viewer: Viewer) -> list[Notice]:
    """Return what a viewer must hear of, by kinds, and of each what is oldest first."""
    found = [one for one in (*_of_ledger(live), *_of_runs(datetime.now(UTC))) if visible(one, viewer)]
    return sorted(set(found), key=lambda one: (_ORDER.index(one.kind), one.since or _LATEST, one.title))


def _of_ledger(live: Live) -> tuple[Notice, ...]:
    """Return what follows from gates and records for everybody."""
    states, room = live.states()
    minute = room.moment.replace(second=0, microsecond=0)
    key = (str(live.root), room.head, minute, len(states), get_language())
    with _lock:
        if key not in _kept:
            desk = live.desk()
            asking = Asking(
                holders=room.people.holders,
                name=lambda scope: name_of(scope, room.workspace),
                recorded_at=lambda number: room.place.ledger.record(number).at,
                moment=room.moment,
            )
            for old in [one for one in _kept if one[:-1] != key[:-1]]:
                del _kept[old]
            taken = room.place.ledger.records(upto=room.head.number, kinds=OF_ACCOUNTS)
            _kept[key] = (*of_accounts(taken, room.moment), *of_gates(states, asking), *_of_records(desk))
        return _kept[key]


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
