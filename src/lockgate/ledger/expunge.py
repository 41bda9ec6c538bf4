"""How is a file forgotten without the ledger losing its proof? Its bytes go; digest, reason and who stay on record."""

from lockgate.kernel.errors import UsageError
from lockgate.ledger.artifacts import EXPUNGED, Artifacts, State
from lockgate.ledger.ledger import Ledger
from lockgate.ledger.record import Event, Record


def expunge(ledger: Ledger, artifacts: Artifacts, digest: str, *, by: str, reason: str) -> Record:
    """Record that a file is forgotten, then remove it; return the record.

    When the removal failed after it was recorded, the same call again ends the work, with a record of its own.
    """
    if not reason.strip():
        raise UsageError(
            "A file is expunged for a reason.", do='Say it: `--reason "asked for by the person, art. 17"`.'
        )
    there = artifacts.state(digest) is not State.MISSING
    before = [record for record in ledger.records(kinds=[EXPUNGED]) if record.payload["digest"] == digest]
    if not there:
        raise UsageError(
            f"There is no artifact {digest}.",
            why=f"{before[-1].by} expunged it (record {before[-1].number})." if before else "",
        )
    [record] = ledger.append([Event(EXPUNGED, {"digest": digest, "reason": reason.strip()})], by=by)
    artifacts.remove(digest)
    return record
