"""May production be written to now? The client of a production instance asks the gates that guard it, call by call.

P1  Asked are the gates that guard production, for every scope that has to do with the instance: its sites, their waves
    and the programme; an instance that names no site has to do with all.
P2  An answer counts for a few seconds, so that a load of many calls does not read the workspace for each of them.
P3  A copy of the ledger that was taken in from an export permits nothing until it is armed.
P4  Where the gates can't be asked (findings in the workspace, a ledger that can't be read) the answer is no, with the
    reason: who could not look does not permit.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.reading import scopes_of
from lockgate.gates.deciding.permitting import permission
from lockgate.kernel.clock import Clock, system_clock
from lockgate.kernel.errors import LockgateError
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.policy import Refusal
from lockgate.programme.room import Room, room

COUNTS_FOR = timedelta(seconds=5)


class GatePermit:
    """Answers for the calls to one instance of a workspace; hand it to `connect` as `permit`."""

    def __init__(self, instance: str, folder: Path | None = None, clock: Clock = system_clock) -> None:
        """Nothing is asked before the first call."""
        self._instance = instance
        self._folder = folder
        self._clock = clock
        self._asked: tuple[datetime, Refusal | None] | None = None

    def __call__(self, call: Call, /) -> Refusal | None:  # noqa: ARG002 - a gate guards the instance, whatever is called
        """Return None when the call may be sent, else why not and what to do."""
        now = self._clock()
        if self._asked is None or not timedelta() <= now - self._asked[0] < COUNTS_FOR:  # P2
            self._asked = (now, self._answer())
        return self._asked[1]

    def _answer(self) -> Refusal | None:
        try:
            with room(self._folder, clock=self._clock) as here:
                return refusal(here, self._instance)
        except LockgateError as stop:  # P4
            return Refusal(f"The gates can't be asked. {stop.what} {stop.why}".strip(), stop.do)


def refusal(here: Room, instance: str) -> Refusal | None:
    """Return why an instance may not be written to as things stand, None when it may."""
    since = here.place.ledger.restored()
    if since is not None:  # P3
        why = f"This ledger is a copy that was taken in on {since:%Y-%m-%d}, and not armed."
        return Refusal(why, "If it is the programme's ledger now: `lockgate ledger arm --reason …`.")
    guards = [gate for gate in here.gates if Role.PRODUCTION in gate.guards]
    no = permission(guards, list(_asked(here, guards, instance)), here.people)
    return Refusal(no.why, no.do) if no else None


def _asked(here: Room, guards: list[Gate], instance: str) -> Iterator[GateState]:
    scopes = _scopes(here, instance)
    for gate in guards:
        for scope in scopes_of(gate, here.workspace):
            if scope in scopes:
                yield here.state(gate.key, scope)


def _scopes(here: Room, instance: str) -> set[Scope]:
    declared = here.workspace.instances.get(instance)
    named = declared.sites if declared else ()
    sites = {key for site in named for key in here.workspace.keys("site", Scope(Level.SITE, site))}
    found = {Scope(Level.SITE, key) for key in sites or here.workspace.keys("site")}
    waves = {Scope(Level.WAVE, key) for scope in found for key in here.workspace.keys("wave", scope)}
    return {PROGRAMME, *found, *waves}
