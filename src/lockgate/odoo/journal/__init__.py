"""What has been sent to Odoo and what came of it? A journal of runs and their batches, with one holder at a time."""

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lockgate.odoo.journal import refusals
from lockgate.odoo.journal.process import known_dead, this_process
from lockgate.odoo.journal.refusals import InputChanged, RunHeld, RunLost
from lockgate.odoo.journal.rules import Holder, State, claim, is_free
from lockgate.odoo.journal.run import Entry, Recorded, Run, lease_in, write_lease
from lockgate.odoo.journal.store import Store

__all__ = ["Entry", "Holder", "InputChanged", "Journal", "Recorded", "Run", "RunHeld", "RunLost", "State"]

LEASE_SECONDS = 30.0


class Journal:
    """A file with the runs of one piece of work; safe to share between threads."""

    def __init__(
        self,
        path: Path | str,
        *,
        lease_seconds: float = LEASE_SECONDS,
        holder: Holder | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = Store(path)
        self._lease_seconds = lease_seconds
        self._holder = holder or this_process()
        self._clock = clock

    def begin(self, name: str, *, about: Mapping[str, Any], settings: Mapping[str, Any]) -> Run:
        """Start the run, or take it up where it stopped, and hold it.

        A run of this name about something else is refused (L4). The settings of the start hold to the end.
        """
        now = self._clock()
        with self._store.writing() as file:
            kept = file.execute("select * from run where name = ?", [name]).fetchone()
            before = json.loads(kept["about"]) if kept else dict(about)
            if before != json.loads(json.dumps(dict(about))):
                raise refusals.changed(name, before, about, begun=kept["started_at"])
            held = lease_in(kept)
            if held and not is_free(held, now=now, dead=known_dead(held.holder)):
                raise refusals.held(name, held)
            last = kept["fence"] if kept else 0
            lease = claim(self._holder, last_fence=last, now=now, seconds=self._lease_seconds)
            if kept is None:
                file.execute(
                    "insert into run (name, about, settings, started_at, fence) values (?, ?, ?, ?, 0)",
                    [name, json.dumps(dict(about)), json.dumps(dict(settings)), now],
                )
            write_lease(file, name, lease)
        chosen = json.loads(kept["settings"]) if kept else dict(settings)
        return Run(self._store, name, lease, chosen, clock=self._clock)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
