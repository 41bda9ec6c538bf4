"""May production be written to now? The client of a production instance asks the gates that guard it, call by call.

P1  Asked are the gates that guard production, for every scope that has to do with the instance: its sites, their waves
    and the programme; an instance that names no site has to do with all.
P2  An answer counts for a few seconds, so that a load of many calls does not read the workspace for each of them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from lockgate.gates.asking.evaluating import GateState
from lockgate.gates.deciding.permitting import permission
from lockgate.kernel.clock import Clock, system_clock
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.odoo.call import Call
from lockgate.odoo.policy import Refusal
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
        with room(self._folder, clock=self._clock) as here:
            no = permission(list(_guarding(here, self._instance)))
        return Refusal(no.why, no.do) if no else None


def _guarding(here: Room, instance: str) -> Iterator[GateState]:
    scopes = _scopes(here, instance)
    for state in here.states():
        if Role.PRODUCTION in state.gate.guards and state.scope in scopes:
            yield state


def _scopes(here: Room, instance: str) -> set[Scope]:
    declared = here.workspace.instances.get(instance)
    named = declared.sites if declared else ()
    sites = {key for site in named for key in here.workspace.keys("site", Scope(Level.SITE, site))}
    found = {Scope(Level.SITE, key) for key in sites or here.workspace.keys("site")}
    waves = {Scope(Level.WAVE, key) for scope in found for key in here.workspace.keys("wave", scope)}
    return {PROGRAMME, *found, *waves}
