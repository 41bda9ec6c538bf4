"""What does the ledger keep of runs? Who wanted what, and what came of it: one event when a run is over."""

from datetime import datetime

from lockgate.kernel.clock import stamp
from lockgate.ledger import Event, Ledger
from lockgate.tower.runs.models import Run

ENDED = "run.ended"


def record_end(ledger: Ledger, run: Run, says: str, *, ok: bool | None, moment: datetime) -> None:
    """Record that a run is over; `ok` is None when nothing came of it."""
    began = run.began_at or run.asked_at
    said = {
        "run": run.pk,
        "verb": run.verb,
        "arguments": run.arguments,
        "ok": ok,
        "says": says,
        "asked_at": stamp(run.asked_at),
        "seconds": round((moment - began).total_seconds(), 3),
        **({"schedule": run.schedule} if run.schedule else {}),
    }
    ledger.append([Event(ENDED, said)], by=run.asked_by)
