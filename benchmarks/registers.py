"""How long does it take to project 100,000 events of registers? `python -m benchmarks.registers [--events N]`."""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from lockgate.kernel.scope import PROGRAMME
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.action import Actor, Edit, Grant
from lockgate.ledger.registers.engine import Drafted, perform
from lockgate.ledger.registers.files.csv_file import read_csv
from lockgate.ledger.registers.files.exporting import export_csv
from lockgate.ledger.registers.files.importing import plan
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.projection import project
from lockgate.workspace.registers import compose, shipped

Answer = TypeVar("Answer")
PER_RECORD = 10
MOMENT = datetime(2027, 3, 1, tzinfo=UTC)
ADA = Actor("ada", (Grant("analyst", PROGRAMME),))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registers", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    wished = parser.parse_args()
    registers = compose(shipped()).by_key
    drafts = [
        Drafted(number, MOMENT, "ada", event.kind, event.payload)
        for number, event in enumerate(_events(wished.events // PER_RECORD), start=1)
    ]
    entries = _timed(
        f"project {len(drafts):,} events of {len(drafts) // PER_RECORD:,} records", lambda: project(drafts)
    )
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db") as ledger:
        events = [Event(one.kind, one.payload) for one in drafts]
        _timed("append them", lambda: ledger.append(events, by="ada"))
        _timed("make the table", lambda: tables.catch_up(ledger))
        _timed("make it anew and compare every byte", lambda: tables.rebuild(ledger))
        known = Known(registers, _timed("read all records from the table", lambda: tables.entries_of(ledger)))
        size = (Path(folder) / "ledger.db").stat().st_size
    gap = registers["gap"]
    _timed("decide one edit", lambda: perform(Edit("GAP-1", 5, {"days": 9}), actor=ADA, known=known, moment=MOMENT))
    content = _timed("export them to CSV", lambda: export_csv(entries.of("gap"), gap))
    table = read_csv(content, "gap.csv")
    _timed(
        "look for changes in that file", lambda: plan(table, gap, actor=ADA, known=known, moment=MOMENT, quoted=True)
    )
    print(f"The ledger has {size / 2**20:.0f} MiB; {platform.python_version()}, {os.cpu_count()} cores.")


def _events(records: int) -> Iterator[Event]:
    """Yield ten events for each record, as people would make them."""
    for number in range(1, records + 1):
        record = f"GAP-{number}"
        about = {"register": "gap", "id": record}
        values = {"title": f"Gap {number}", "priority": "high", "owner": "ada", "story": "What does not fit. " * 5}
        yield Event("gap.raised", {**about, "state": "open", "values": values})
        for days in range(4):
            yield Event("gap.edited", {**about, "values": {"days": days, "cost": days * 100}})
        for text in ("Seen at the dock.", "Twice."):
            yield Event("gap.commented", {**about, "text": text})
        yield Event("gap.tagged", {**about, "tags": ["night"]})
        yield Event("gap.linked", {**about, "relation": "relates", "to": f"GAP-{max(1, number - 1)}"})
        step = {"transition": "defer", "source": "open", "target": "deferred", "reason": "Later", "values": {}}
        yield Event("gap.deferred", {**about, **step})


def _timed(what: str, work: Callable[[], Answer]) -> Answer:
    begin = time.perf_counter()
    answer = work()
    print(f"{time.perf_counter() - begin:8.3f} s  {what}", flush=True)
    return answer


if __name__ == "__main__":
    main()
