"""Ledgers to look at: small ones that hold something of everything, and ways to tamper with them."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Scope
from lockgate.ledger import Event, Ledger
from lockgate.ledger.artifacts import Artifacts

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def evidence(scenario="otc-01", *, site="ghent", failed=0, kind="scenario.run", **more) -> Evidence:
    return Evidence(
        kind=kind,
        scope=Scope.parse(f"site:{site}"),
        subject={"scenario": scenario},
        verdict=Verdict.FAILED if failed else Verdict.PASSED,
        measures={"failed": failed, "minutes": 2.5},
        inputs={"scenario:otc-01": "3f2a" * 16},
        producer="test.run",
        taken_at=NOON,
        instance=InstanceRef("u-1", "19.0", Role.REHEARSAL, "rehearsal"),
        **more,
    )


def fill(ledger: Ledger, artifacts: Artifacts) -> None:
    """Record something of everything: events, evidence, a file that is kept and one that is not."""
    kept = artifacts.keep(b"a report")
    gone = artifacts.keep(b"a name and an address")
    ledger.append([Event("gap.raised", {"id": "GAP-1", "share": 0.1, "tags": ["a"]})], by="ada")
    ledger.record_evidence(evidence(artifact=kept), evidence("otc-02", artifact=gone))
    ledger.append([Event("artifact.expunged", {"digest": gone, "reason": "asked for"})], by="bob")
    artifacts.remove(gone)
    ledger.append([Event("gap.decided", {"id": "GAP-1", "artifacts": {"tree": kept}})], by="bob")


@dataclass(frozen=True)
class Verified:
    code: int
    said: str


def standalone(folder: Path, *words: object) -> Verified:
    """Run the verifier that lies in an export, in a Python that finds nothing of Lockgate."""
    command = [sys.executable, "-I", "-S", str(folder / "verify_ledger.py"), str(folder), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.stderr == ""
    return Verified(done.returncode, done.stdout.strip())
