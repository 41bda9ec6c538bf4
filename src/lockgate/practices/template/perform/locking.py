"""Who may apply a template to an Odoo now? One at a time, by turns that the Odoo itself keeps.

T1  A turn is a system parameter: Odoo has no two with one key, so of two who take it at once one is refused.
T2  Each turn has a number that is higher than all before. Whoever finds another number there has lost the turn and
    writes nothing more.
T3  A turn whose holder was stopped is over: at once where that can be seen, from the same machine, else after a while.
"""

import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lockgate.kernel.errors import RefusedError
from lockgate.odoo.client import Client
from lockgate.odoo.errors import ConstraintViolated, NotFound, Refused

_MODEL: Final = "ir.config_parameter"
_KEY: Final = "lockgate.template.turn"
_NUMBER: Final = "lockgate.template.turns"
LAPSES: Final = timedelta(minutes=30)
"""How long a turn lasts that nobody keeps: modules may take long to install."""
_KEPT_EVERY: Final = 20.0


@dataclass
class Turn:
    """The right to apply, for now."""

    client: Client
    holder: str
    number: int
    _row: int = 0
    _seen: float = field(default_factory=time.monotonic)

    def keep(self) -> None:
        """Go on holding it; stop when somebody else has taken it (T2)."""
        if time.monotonic() - self._seen < _KEPT_EVERY:
            return
        there = _there(self.client)
        if there is None or there["number"] != self.number:
            who = there["holder"] if there else "somebody"
            raise RefusedError(
                "Applying was stopped: the turn is lost.",
                why=f"{who} applies to this Odoo now, because this one was not heard of for a while.",
                do="Plan again when they are done; what was written stays.",
            )
        self.client.write(_MODEL, self._row, {"value": _text(self.holder, self.number)})
        self._seen = time.monotonic()


@contextmanager
def turn(client: Client, holder: str) -> Iterator[Turn]:
    """Take the turn for as long as the block lasts, or refuse while somebody else has it."""
    mine = _take(client, holder)
    try:
        yield mine
    finally:
        there = _there(client)
        if there is not None and there["number"] == mine.number:
            client.unlink(_MODEL, there["id"])


def _take(client: Client, holder: str) -> Turn:
    there = _there(client)
    if there is not None:
        if datetime.now(UTC) < there["until"] and not _stopped(there):
            raise _busy(there["holder"])
        _forget(client, there["id"])  # T3
    number = _next(client)
    try:
        [row] = client.create(_MODEL, [{"key": _KEY, "value": _text(holder, number)}])
    except (ConstraintViolated, Refused):  # T1
        raise _busy((_there(client) or {"holder": "somebody"})["holder"]) from None
    return Turn(client, holder, number, row)


def _next(client: Client) -> int:
    """Return a number that is higher than all before: that of a record which is made for it (T2)."""
    [row] = client.create(_MODEL, [{"key": f"{_NUMBER}.{time.time_ns()}", "value": "-"}])
    client.unlink(_MODEL, row)
    return row


def _there(client: Client) -> dict[str, Any] | None:
    rows = client.search_read(_MODEL, [["key", "=", _KEY]], ["value"])
    if not rows:
        return None
    said: dict[str, Any] = json.loads(rows[0]["value"])
    return said | {"id": rows[0]["id"], "until": datetime.fromisoformat(said["until"])}


def _forget(client: Client, row: int) -> None:
    try:
        client.unlink(_MODEL, row)
    except NotFound:
        return  # somebody else was quicker


def _text(holder: str, number: int) -> str:
    until = datetime.now(UTC) + LAPSES
    machine = {"machine": socket.gethostname(), "process": os.getpid()}
    return json.dumps({"holder": holder, "number": number, "until": until.isoformat(), **machine})


def _stopped(there: Mapping[str, Any]) -> bool:
    """Return True when the holder was a process of this machine that is no more (T3)."""
    if there["machine"] != socket.gethostname():
        return False
    try:
        os.kill(there["process"], 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _busy(holder: str) -> RefusedError:
    return RefusedError(
        "Somebody else is applying a template to this Odoo.",
        why=f"It is {holder}'s turn.",
        do=f"Wait until they are done. A turn that was broken off is over after {LAPSES.seconds // 60} minutes.",
    )
