"""How long do registers take? Projecting 100,000 events, and importing files that raise, change and leave records.

    python -m benchmarks.registers [--events N] [--rows N N …]

Tables and imports are measured on each store; PostgreSQL runs in a cluster of its own, with everything on disk. A line
has seconds, then processor seconds of this process, which say more where the machine has other work.
"""

import argparse
import csv
import io
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from benchmarks.ledger import postgres_on_disk
from lockgate.kernel.scope import PROGRAMME
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.action import Actor, Edit, Grant
from lockgate.ledger.registers.book import Book
from lockgate.ledger.registers.engine import Drafted, perform
from lockgate.ledger.registers.files.csv_file import read_csv
from lockgate.ledger.registers.files.exporting import export_csv
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.projection import project
from lockgate.workspace.registers import compose, shipped

Answer = TypeVar("Answer")
PER_RECORD = 10
MOMENT = datetime(2027, 3, 1, tzinfo=UTC)
ADA = Actor("ada", (Grant("analyst", PROGRAMME),))
REGISTERS = compose(shipped()).by_key
GAP = REGISTERS["gap"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registers", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    wished = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lockgate-bench-"))
    try:
        with postgres_on_disk(folder, "events", *(f"rows{count}" for count in wished.rows)) as url:
            _events_on({"SQLite": f"sqlite:///{folder}/events.db", "PostgreSQL": url("events")}, wished.events)
            for count in wished.rows:
                _rows_on("SQLite", f"sqlite:///{folder}/rows{count}.db", count)
                _rows_on("PostgreSQL", url(f"rows{count}"), count)
    finally:
        shutil.rmtree(folder)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores.")


def _events_on(urls: dict[str, str], count: int) -> None:
    drafts = [
        Drafted(number, MOMENT, "ada", event.kind, event.payload)
        for number, event in enumerate(_events(count // PER_RECORD), start=1)
    ]
    entries = _timed(
        f"project {len(drafts):,} events of {len(drafts) // PER_RECORD:,} records", lambda: project(drafts)
    )
    known = Known(REGISTERS, entries)
    _timed("decide one edit", lambda: perform(Edit("GAP-1", 5, {"days": 9}), actor=ADA, known=known, moment=MOMENT))
    _timed("export them to CSV", lambda: export_csv(entries.of("gap"), GAP))
    events = [Event(one.kind, one.payload) for one in drafts]
    for name, url in urls.items():
        with open_ledger(url) as ledger:
            _timed(f"{name}: append them", lambda: ledger.append(events, by="ada"))
            _timed(f"{name}: make the table", lambda: tables.catch_up(ledger))
            _timed(f"{name}: make it anew and compare every byte", lambda: tables.rebuild(ledger))
            _timed(f"{name}: read all records from the table", lambda: tables.entries_of(ledger))


def _rows_on(name: str, url: str, count: int) -> None:
    """Import a file that raises records, the same again, and one that changes each of them."""
    with open_ledger(url) as ledger:
        book = Book(ledger, Known(REGISTERS))

        def imported(content: bytes) -> None:
            table = read_csv(content, "gap.csv")
            done = book.import_table(table, GAP, actor=ADA, moment=MOMENT, quoted=True)
            if not done.plan.whole:
                raise SystemExit(str(done.plan.findings[0]))

        _timed(f"{name}: {count:,} rows that raise a record", lambda: imported(_file(count)))
        content = export_csv(book.known().entries.of("gap"), GAP)
        _timed(f"{name}: {count:,} rows that change nothing", lambda: imported(content))
        _timed(f"{name}: {count:,} rows that change a record", lambda: imported(content.replace(b"medium", b"high")))


def _file(count: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["title", "story", "priority", "cost", "days", "owner", "tags"])
    for number in range(count):
        writer.writerow([f"Gap {number}", "What does not fit. " * 5, "medium", number, number % 9, "ada", "night"])
    return text.getvalue().encode()


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
    begin, own = time.perf_counter(), time.process_time()
    answer = work()
    print(f"{time.perf_counter() - begin:8.3f} {time.process_time() - own:8.3f}  {what}", flush=True)
    return answer


if __name__ == "__main__":
    main()
