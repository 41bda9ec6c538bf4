"""How does evidence stand in the ledger? As a record `evidence.recorded`, with nothing left out and nothing added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lockgate.kernel import canonical
from lockgate.kernel.clock import moment_of, stamp
from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Scope
from lockgate.ledger.record import Event

RECORDED: Final = "evidence.recorded"


@dataclass(frozen=True)
class Recorded:
    """Evidence as it stands in the ledger."""

    number: int
    evidence: Evidence
    at: datetime
    """When it was recorded, by the clock of the ledger; `evidence.taken_at` is by the clock of whoever measured."""


def event_of(evidence: Evidence) -> Event:
    """Return the event that records a piece of evidence."""
    payload: dict[str, Any] = {
        "kind": evidence.kind,
        "scope": str(evidence.scope),
        "subject": dict(evidence.subject),
        "verdict": str(evidence.verdict),
        "measures": dict(evidence.measures),
        "inputs": dict(evidence.inputs),
        "producer": evidence.producer,
        "taken_at": stamp(evidence.taken_at),
    }
    if evidence.instance is not None:
        payload["instance"] = {
            "uuid": evidence.instance.uuid,
            "version": evidence.instance.version,
            "role": str(evidence.instance.role),
            "name": evidence.instance.name,
        }
    if evidence.artifact is not None:
        payload["artifact"] = evidence.artifact
    if evidence.notes:
        payload["notes"] = dict(evidence.notes)
    return Event(RECORDED, payload)


def evidence_of(payload: Mapping[str, Any]) -> Evidence:
    """Return the evidence that `event_of` wrote."""
    instance = payload.get("instance")
    return Evidence(
        kind=payload["kind"],
        scope=Scope.parse(payload["scope"]),
        subject=payload["subject"],
        verdict=Verdict(payload["verdict"]),
        measures=payload["measures"],
        inputs=payload["inputs"],
        producer=payload["producer"],
        taken_at=moment_of(payload["taken_at"]),
        instance=_instance_of(instance) if instance else None,
        artifact=payload.get("artifact"),
        notes=payload.get("notes", {}),
    )


def identity_of(payload: Mapping[str, Any]) -> str:
    """Return what evidence of the same kind, scope and subject has in common: a digest of them."""
    return canonical.digest([payload["kind"], payload["scope"], payload["subject"]])


def _instance_of(said: Mapping[str, Any]) -> InstanceRef:
    return InstanceRef(said["uuid"], said["version"], Role(said["role"]), said["name"])
