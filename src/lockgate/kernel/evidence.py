"""What was measured, and is it still true? Evidence: an immutable fact with the digests of what it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Scope


class Verdict(StrEnum):
    """What a measurement says by itself."""

    PASSED = "passed"
    FAILED = "failed"
    SEEN = "seen"
    """Only measured: what follows from it is a criterion's question."""


@dataclass(frozen=True)
class InstanceRef:
    """The Odoo database that was measured."""

    uuid: str
    version: str
    role: Role
    name: str = ""
    """Its key in the workspace."""


@dataclass(frozen=True)
class Evidence:
    """One measured fact."""

    kind: str
    """A noun and what happened to it, like `scenario.run`."""
    scope: Scope
    subject: Mapping[str, str]
    """What it is about, by dimension: `{"scenario": "otc-01"}`, `{"person": "p7", "role": "picker"}`."""
    verdict: Verdict
    measures: Mapping[str, float | int | bool | str]
    inputs: Mapping[str, str]
    """Name of what it was measured from, like `mapping:customers`, and the digest that had."""
    producer: str
    """The id of the person, or of the verb, that took it."""
    taken_at: datetime
    instance: InstanceRef | None = None
    artifact: str | None = None
    """The digest of a file that is kept with it."""
    notes: Mapping[str, str] = field(default_factory=dict)
