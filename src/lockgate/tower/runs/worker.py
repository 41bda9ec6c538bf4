"""How does a worker work? It asks the schedules, takes a run and carries it out, again and again, until told to end."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import Error, close_old_connections

from lockgate.kernel.clock import Clock, system_clock
from lockgate.kernel.errors import LockgateError
from lockgate.kernel.verb import Lost, Stopped
from lockgate.programme.asking import carry_out
from lockgate.programme.live import Live
from lockgate.tower.runs import queue
from lockgate.tower.runs.models import Run
from lockgate.tower.runs.queue import Grip
from lockgate.tower.runs.recording import record_end
from lockgate.tower.runs.schedules import ask_what_is_due
from lockgate.tower.runs.verbs import verb_of
from lockgate.tower.runs.work import Ending, Work

IDLE_SECONDS: Final = 1.0
SCHEDULE_SECONDS: Final = 10.0

_log = logging.getLogger("lockgate.worker")


class Worker:
    """One process that does what is in the queue."""

    def __init__(self, live: Live, clock: Clock = system_clock, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()}:{os.getpid()}"
        self._live = live
        self._clock = clock
        self._ending = threading.Event()
        self._looked_at = float("-inf")

    def end(self) -> None:
        """End soon: a run that is under way goes back into the queue, from where it is taken up again."""
        self._ending.set()

    def work(self, *, until_idle: bool = False) -> int:
        """Do what is waiting, until told to end; return how many runs were carried out."""
        count = 0
        while not self._ending.is_set():
            try:
                self._ask_schedules()
                found = queue.take(self.name, self._clock())
                if found is not None:
                    self._carry_out(*found)
                    count += 1
                    continue
            except Error as fault:
                _log.warning("the database does not answer, trying again: %s", fault)
            if until_idle:
                break
            close_old_connections()
            self._ending.wait(IDLE_SECONDS)
        return count

    def _ask_schedules(self) -> None:
        if time.monotonic() - self._looked_at >= SCHEDULE_SECONDS:
            self._looked_at = time.monotonic()
            queue.seen(self.name, self._clock())
            try:
                ask_what_is_due(self._live.workspace(), self._clock())
            except LockgateError as stop:
                _log.warning("schedules are not asked: %s", " ".join(stop.lines()))

    def _carry_out(self, grip: Grip, run: Run) -> None:
        _log.info("run %s: %s for %s", run.pk, run.verb, run.asked_by)
        work = Work(grip, self._live.root, run.asked_by, run.kept, self._ending.is_set, self._clock)
        try:
            with work:
                outcome = carry_out(verb_of(run.verb, run.arguments), work, run.arguments)
            queue.end(grip, outcome, self._clock())
            self._record(run, outcome.says, ok=outcome.ok)
        except Ending:
            queue.give_back(grip)
            _log.info("run %s: given back, since this worker ends", run.pk)
        except Stopped as stop:
            self._over(grip, run, queue.stop, stop.what)
        except Lost as lost:
            _log.warning("run %s: %s", run.pk, lost.what)
        except LockgateError as stop:
            self._over(grip, run, queue.fail, "\n".join(stop.lines()))
        except Error:
            raise
        except Exception as bug:  # noqa: BLE001 - a bug in one verb must not end the worker of all others
            _log.error("run %s: a bug of ours", run.pk, exc_info=bug)
            says = (
                "Lockgate has a bug",
                type(bug).__name__,
                "Report it with the worker's log, which holds the whole story.",
            )
            self._over(grip, run, queue.fail, "\n".join(says))

    def _over(self, grip: Grip, run: Run, note: Callable[[Grip, str, datetime], None], says: str) -> None:
        try:
            note(grip, says, self._clock())
        except Lost as lost:
            _log.warning("run %s: %s", run.pk, lost.what)
            return
        self._record(run, says.partition("\n")[0], ok=None)

    def _record(self, run: Run, says: str, *, ok: bool | None) -> None:
        """Record the end of a run; what came of it is kept with the run also where the ledger takes nothing."""
        try:
            record_end(self._live.place.ledger, run, says, ok=ok, moment=self._clock())
        except LockgateError as stop:
            _log.error("run %s: its end is not on record: %s", run.pk, " ".join(stop.lines()))
