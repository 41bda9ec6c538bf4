"""How does one call get through? It is checked, sent, and sent again where that is harmless, within the run's time."""

import logging
from dataclasses import dataclass, field
from typing import Any

from lockgate.kernel.instance import Role
from lockgate.odoo.calls import policy
from lockgate.odoo.calls.budget import Budget
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.stats import Stats
from lockgate.odoo.calls.transport import Transport
from lockgate.odoo.errors import OdooError, TimedOut

PATIENCE_SECONDS = 90.0
"""How long one call is tried again when the run as a whole has no time limit: Odoo may be restarting."""

_log = logging.getLogger("lockgate.odoo")


@dataclass(frozen=True)
class Connection:
    """One user's way into one database. Safe to share between threads."""

    transport: Transport
    role: Role
    read_only: bool
    permit: policy.Permit | None
    timeout_seconds: float
    budget: Budget
    stats: Stats = field(default_factory=Stats)

    def send(self, call: Call, *, repeatable: bool | None, timeout: float | None) -> Any:
        """Return the result of the call."""
        no = policy.fault(call) or policy.refusal(call, role=self.role, read_only=self.read_only, permit=self.permit)
        if no is not None:
            raise no
        self.stats.called()
        patience = self.budget.part(PATIENCE_SECONDS)
        tries = 0
        while True:
            tries += 1
            try:
                return self.transport.send(call, timeout=self._time_for(call, timeout))
            except OdooError as error:
                error.call = error.call or str(call)
                again = policy.may_repeat(error, call, repeatable=repeatable)
                if not again or not patience.wait(tries):
                    raise
                self.stats.retried()
                _log.warning("%s: %s Trying again (%d).", call, error.what, tries)

    def _time_for(self, call: Call, timeout: float | None) -> float:
        left = self.budget.left()
        if left <= 0:
            raise TimedOut(
                f"{call} was not sent: the time for this run is used up.",
                do="Give the run more time, or carry on in another.",
                call=str(call),
            )
        return min(timeout or self.timeout_seconds, left)
