"""The long work of the core: to verify the ledger, to raise early warnings, to ask all gates."""

from collections import Counter

from lockgate.gates.asking.outcome import Status
from lockgate.kernel.verb import Doing, Outcome
from lockgate.ledger.proving.verification import verify as verify_ledger
from lockgate.programme.desk import desk
from lockgate.programme.ledger_place import ledger_place
from lockgate.programme.room import room


def verify(doing: Doing) -> Outcome:
    """Look at every record and file."""
    with ledger_place(doing.root, begin=True) as place:
        total, seen = place.ledger.head().number, Counter[str]()

        def on_page(count: int) -> None:
            seen["records"] += count
            doing.progress(seen["records"], total, "records")

        report = verify_ledger(place.ledger, place.artifacts, on_page=on_page)
    facts = {"records": report.records, "head": report.head.hash, "first_bad": report.first_bad}
    says = f"{report.records:,} records and {report.artifacts:,} files are whole."
    return Outcome(report.ok, says if report.ok else f"Record {report.first_bad}: {report.why}", facts)


def signals(doing: Doing) -> Outcome:
    """Raise a risk for every early warning, or bring it up to date."""
    with desk(doing.root) as it:
        up = it.warned()
        for one in up:
            doing.log(f"{one.signal.key}: {one.says}")
        done = it.raise_risks(up)
    says = f"{len(up)} early warnings are up; {len(done.touched)} risks were raised or brought up to date."
    return Outcome(not up, says, {"signals": [one.signal.key for one in up], "risks": list(done.touched)})


def sweep(doing: Doing) -> Outcome:
    """Ask all gates, and count what is stale."""
    with room(doing.root) as here:
        counted: Counter[str] = Counter()
        for number, state in enumerate(here.states(), 1):
            counted[str(state.verdict)] += 1
            counted["stale"] += state.count(Status.STALE)
            doing.progress(number, unit="gates")
    said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counted.items()) if verdict != "stale")
    stale = counted["stale"]
    return Outcome(not stale, f"{said or 'no gates'}; {stale} criteria are stale.", dict(counted))
