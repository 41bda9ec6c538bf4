"""Who may do a long piece of work on an Odoo now? One at a time for each kind, by turns that the Odoo itself keeps.

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
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lockgate.kernel.errors import LockgateError, RefusedError
from lockgate.odoo.client import Client
from lockgate.odoo.errors import ConstraintViolated, NotFound, Refused

_MODEL: Final = "ir.config_parameter"
LAPSES: Final = timedelta(minutes=30)
"""How long a turn lasts that nobody keeps: modules may take long to install."""
_KEPT_EVERY: Final = 20.0
_HELD: Final[set[tuple[str, int]]] = set()
"""The turns that this process has now: one that it could not give back, since the Odoo was gone, is not among them."""


@dataclass(frozen=True)
class Work:
    """What is done by turns, and how it is told that somebody else does it."""

    key: str
    """Of the system parameter: `lockgate.template.turn`."""
    busy: str
    """`Somebody else is applying a template to this Odoo.`"""
    lost: str
    """`Applying was stopped: the turn is lost.`"""
    does: str
    """What the other one does now: `applies to this Odoo`."""
    go_on: str
    """What to do when the other one is done."""


@dataclass
class Turn:
    """The right to do the work, for now."""

    client: Client
    work: Work
    holder: str
    number: int
    _row: int = 0
    _seen: float = field(default_factory=time.monotonic)

    def keep(self) -> None:
        """Go on holding it; stop when somebody else has taken it (T2)."""
        if time.monotonic() - self._seen < _KEPT_EVERY:
            return
        there = _there(self.client, self.work)
        if there is None or there["number"] != self.number:
            who = there["holder"] if there else "somebody"
            why = f"{who} {self.work.does} now, because this one was not heard of for a while."
            raise RefusedError(self.work.lost, why=why, do=self.work.go_on)
        self.client.write(_MODEL, self._row, {"value": _text(self.holder, self.number)})
        self._seen = time.monotonic()

    def give_back(self) -> None:
        """Let others have it."""
        there = _there(self.client, self.work)
        if there is not None and there["number"] == self.number:
            self.client.unlink(_MODEL, there["id"])


@contextmanager
def turn(client: Client, holder: str, work: Work) -> Iterator[Turn]:
    """Take the turn for as long as the block lasts, or refuse while somebody else has it."""
    mine = _take(client, holder, work)
    held = (work.key, mine.number)
    _HELD.add(held)
    try:
        yield mine
    except BaseException:
        with suppress(LockgateError):  # the Odoo may be what went away: what stopped the work is to be told, not this
            mine.give_back()
        raise
    else:
        mine.give_back()
    finally:
        _HELD.discard(held)


def _take(client: Client, holder: str, work: Work) -> Turn:
    there = _there(client, work)
    if there is not None:
        if datetime.now(UTC) < there["until"] and not _stopped(there, work):
            raise _busy(there["holder"], work)
        _forget(client, there["id"])  # T3
    number = _next(client, work)
    try:
        [row] = client.create(_MODEL, [{"key": work.key, "value": _text(holder, number)}])
    except (ConstraintViolated, Refused):  # T1
        raise _busy((_there(client, work) or {"holder": "somebody"})["holder"], work) from None
    return Turn(client, work, holder, number, row)


def _next(client: Client, work: Work) -> int:
    """Return a number that is higher than all before: that of a record which is made for it (T2)."""
    [row] = client.create(_MODEL, [{"key": f"{work.key}s.{time.time_ns()}", "value": "-"}])
    client.unlink(_MODEL, row)
    return row


def _there(client: Client, work: Work) -> dict[str, Any] | None:
    rows = client.search_read(_MODEL, [["key", "=", work.key]], ["value"])
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


def _stopped(there: Mapping[str, Any], work: Work) -> bool:
    """Return True when the holder was a process of this machine that is no more, or does it no more (T3)."""
    if there["machine"] != socket.gethostname():
        return False
    if there["process"] == os.getpid():
        return (work.key, there["number"]) not in _HELD
    try:
        os.kill(there["process"], 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _busy(holder: str, work: Work) -> RefusedError:
    return RefusedError(
        work.busy,
        why=f"It is {holder}'s turn.",
        do=f"Wait until they are done. A turn that was broken off is over after {LAPSES.seconds // 60} minutes.",
    )
