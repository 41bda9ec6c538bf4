"""Does evidence still stand? What it was measured from is compared with what that is now.

S1  The newest evidence of a series is current while nothing that it was measured from has changed, else stale. What is
    older is superseded.
S2  What the workspace declares has the digest that it has there; a database is the one that was last seen behind its
    instance; records of a register have the digest of what they say; anything else is what it was when it was last
    measured.
S3  While the workspace has findings, what is not found in it can't be told: a file that can't be read is not gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from lockgate.gates.facts.declared import Known
from lockgate.gates.facts.remembered import DATABASE, RECORDS
from lockgate.kernel.scope import PROGRAMME
from lockgate.tower.evidence.briefs import Brief, Briefs
from lockgate.workspace import Workspace
from lockgate.workspace.playbook import catalogue


class Standing(StrEnum):
    """How evidence stands (S1)."""

    CURRENT = "current"
    STALE = "stale"
    SUPERSEDED = "superseded"
    UNDECIDABLE = "undecidable"


@dataclass(frozen=True)
class Input:
    """One thing that evidence was measured from."""

    name: str
    then: str
    now: str | None
    """None when it is gone, or can't be told."""
    standing: Standing


@dataclass(frozen=True)
class Compared:
    """Against what evidence is held: a workspace, and the ledger up to a number."""

    briefs: Briefs
    workspace: Workspace
    upto: int
    _met: dict[str, str | None] = field(default_factory=dict)

    def standing(self, brief: Brief) -> Standing | None:
        """Return how a record stands, None for what is no evidence."""
        if brief.identity is None:
            return None
        if not self.briefs.is_newest(brief, self.upto):
            return Standing.SUPERSEDED
        return _worst(self._input(name, then).standing for name, then in brief.inputs.items())

    def inputs(self, brief: Brief, instance: tuple[str, str] | None = None) -> list[Input]:
        """Return what a record was measured from, with the database of the instance that it names."""
        found = [self._input(name, then) for name, then in brief.inputs.items()]
        if instance is not None and self._now(f"{DATABASE}{instance[0]}") is not None:
            found.append(self._input(f"{DATABASE}{instance[0]}", instance[1]))
        return found

    def _input(self, name: str, then: str) -> Input:
        now = self._now(name)
        if now == then:
            return Input(name, then, now, Standing.CURRENT)
        unsure = now is None and bool(self.workspace.findings)  # S3
        return Input(name, then, now, Standing.UNDECIDABLE if unsure else Standing.STALE)

    def _now(self, name: str) -> str | None:
        if name not in self._met:
            self._met[name] = self._look(name)
        return self._met[name]

    def _look(self, name: str) -> str | None:
        if name.startswith(RECORDS):
            return self.briefs.entries_at(self.upto).digest_of(name.removeprefix(RECORDS))
        known = Known(self.workspace, dimensions=_DIMENSIONS)
        found = known.digest(name, PROGRAMME)  # S2
        if found is None and name.startswith(DATABASE):
            return self.briefs.database(name.removeprefix(DATABASE), self.upto)
        return found if found is not None or known.declares(name) else self.briefs.met(name, self.upto)


_DIMENSIONS: Final = tuple(catalogue().dimensions)


def _worst(standings: Iterable[Standing]) -> Standing:
    found = set(standings)
    order = (Standing.STALE, Standing.UNDECIDABLE)
    return next((standing for standing in order if standing in found), Standing.CURRENT)
