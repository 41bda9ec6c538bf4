"""What did looks for drift and applications find? Read from the ledger and from what was kept with it.

L1  Who may see the scope of a look sees it; of what differs, what files declare that they may see.
L2  For each instance and site the newest look counts, and the earlier ones make its trend.
L3  A look is stale when the template is not what it was then.
L4  Where nothing was kept, or it was expunged, that is said: it never looks like "nothing differs".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.clock import stamp
from lockgate.kernel.scope import Scope
from lockgate.ledger import AsOf
from lockgate.ledger.artifacts import ArtifactMissing, Artifacts
from lockgate.ledger.evidence import Recorded
from lockgate.practices.template.perform.held import INPUT
from lockgate.practices.template.perform.telling.kept import KeptApplied, KeptDrift
from lockgate.programme.server import live, workspace_as_of

DRIFT: Final = "template.drift"
APPLIED: Final = "template.applied"
RUNS: Final = 30
"""How many runs of a scope are looked through."""

Kept = TypeVar("Kept", KeptDrift, KeptApplied)


class Standing(StrEnum):
    """Whether what was kept of a run can be read (L4)."""

    PRESENT = "present"
    NEVER_KEPT = "never-kept"
    GONE = "gone"


@dataclass(frozen=True)
class Run(Generic[Kept]):
    """One look for drift, or one application."""

    number: int
    scope: Scope
    instance: str
    at: str
    by: str
    passed: bool
    measures: Mapping[str, float | int | bool | str]
    stale: bool
    artifact: str
    standing: Standing
    kept: Kept | None

    def measure(self, name: str) -> float:
        """Return a figure, 0 where there is none."""
        value = self.measures.get(name, 0)
        return float(value) if isinstance(value, int | float) else 0.0


_DRIFTS: Final = TypeAdapter(KeptDrift)
_APPLICATIONS: Final = TypeAdapter(KeptApplied)


def drifts(viewer: Viewer, when: AsOf | None) -> list[Run[KeptDrift]]:
    """Return the newest look for drift at each instance and site (L2)."""
    return [_run(one, _DRIFTS, when) for one in _newest(DRIFT, viewer, when)]


def applications(viewer: Viewer, when: AsOf | None) -> list[Run[KeptApplied]]:
    """Return the newest application at each instance and site (L2)."""
    return [_run(one, _APPLICATIONS, when) for one in _newest(APPLIED, viewer, when)]


def history(viewer: Viewer, when: AsOf | None) -> list[Recorded]:
    """Return the looks for drift that a viewer sees, the oldest first (L1)."""
    found = live().place.ledger.current_evidence((DRIFT,), upto=when, last=RUNS)
    return [one for one in found if viewer.sees(one.evidence.scope)]


def instance_of(found: Recorded) -> str:
    """Return the instance that evidence is about, empty where it names none."""
    return found.evidence.instance.name if found.evidence.instance else ""


def is_stale(found: Recorded, when: AsOf | None) -> bool:
    """Return whether the template is not what it was when it was looked (L3)."""
    then = found.evidence.inputs.get(INPUT)
    return then is not None and then != workspace_as_of(when).digests.get(INPUT)


def _newest(kind: str, viewer: Viewer, when: AsOf | None) -> list[Recorded]:
    found = live().place.ledger.current_evidence((kind,), upto=when, last=RUNS)
    newest = {(instance_of(one), str(one.evidence.scope)): one for one in found if viewer.sees(one.evidence.scope)}
    return [newest[key] for key in sorted(newest)]


def _run(found: Recorded, form: TypeAdapter[Kept], when: AsOf | None) -> Run[Kept]:
    evidence, artifacts = found.evidence, live().place.artifacts
    kept = _read(artifacts, evidence.artifact, form) if evidence.artifact else None
    gone = Standing.GONE if evidence.artifact else Standing.NEVER_KEPT
    return Run(
        number=found.number,
        scope=evidence.scope,
        instance=instance_of(found),
        at=stamp(evidence.taken_at),
        by=evidence.producer,
        passed=str(evidence.verdict) == "passed",
        measures=evidence.measures,
        stale=is_stale(found, when),
        artifact=evidence.artifact or "",
        standing=Standing.PRESENT if kept is not None else gone,
        kept=kept,
    )


def _read(artifacts: Artifacts, digest: str, form: TypeAdapter[Kept]) -> Kept | None:
    """Return what was kept, None when it is gone or is something else."""
    if not artifacts.path_of(digest).is_file():  # asked each time: what is expunged is not shown from memory
        return None
    try:
        return form.validate_json(_content(artifacts, digest))
    except (ArtifactMissing, ValidationError):
        return None


@lru_cache(maxsize=64)
def _content(artifacts: Artifacts, digest: str) -> bytes:
    return artifacts.read(digest)
