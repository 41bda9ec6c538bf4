"""A ledger beside a workspace, with evidence, events and files as a test needs them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Scope
from lockgate.ledger import Event, Record
from lockgate.programme import opening
from lockgate.programme.ledger_place import LedgerPlace, ledger_place

BUILD = InstanceRef("u-1", "19.0", Role.BUILD, "build")
SCRIPT = "<script>alert(1)</script>"


def measured(
    site: str = "ghent",
    kind: str = "scenario.run",
    verdict: Verdict = Verdict.PASSED,
    *,
    subject: Mapping[str, str] | None = None,
    inputs: Mapping[str, str] | None = None,
    taken_ago: timedelta = timedelta(),
    artifact: str | None = None,
    instance: InstanceRef | None = None,
    **measures: float,
) -> Evidence:
    return Evidence(
        kind=kind,
        scope=Scope.parse(f"site:{site}" if site else "programme"),
        subject={"scenario": "otc-01"} if subject is None else subject,
        verdict=verdict,
        measures=measures or {"failed": 0},
        inputs=inputs or {},
        producer="test.run",
        taken_at=datetime.now(UTC) - taken_ago,
        artifact=artifact,
        instance=instance,
    )


def place_of(root: Path) -> LedgerPlace:
    return ledger_place(root, begin=True)


def record(root: Path, *evidence: Evidence) -> list[Record]:
    """Record evidence in the ledger of a workspace."""
    with place_of(root) as place:
        return place.ledger.record_evidence(*evidence)


def happen(root: Path, kind: str, by: str = "bart", **payload: object) -> Record:
    """Record an event in the ledger of a workspace."""
    with place_of(root) as place:
        return place.ledger.append([Event(kind, payload)], by=by)[0]


def keep(root: Path, content: bytes) -> str:
    """Keep a file with the ledger of a workspace."""
    with place_of(root) as place:
        return place.artifacts.keep(content)


def digests(root: Path) -> Mapping[str, str]:
    return opening.loaded(root).digests


def standings(page: Any) -> list[str]:
    """Return how the evidence of a page of the tower stands."""
    told = re.findall(r"(current|superseded)</span>|</svg>(stale|undecidable)</span>", page.content.decode())
    return [one or other for one, other in told]
