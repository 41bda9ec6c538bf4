"""What does a verb of the migration work with? What is declared, a round, the ledger and who does it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from lockgate.faces.progress import Work, progress
from lockgate.kernel.clock import Clock, system_clock
from lockgate.kernel.errors import UsageError
from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.odoo.client import Client
from lockgate.practices.migration.perform.checking import checked
from lockgate.practices.migration.perform.declared import INPUT, Migration, migration_of
from lockgate.practices.migration.perform.rounds import Round, numbers, round_of
from lockgate.programme.ledger_place import LedgerPlace, ledger_place
from lockgate.programme.opening import opened, stop_at
from lockgate.programme.reaching import meant, measured, reach
from lockgate.workspace import Workspace

TEMPLATE = "files:template"
ROUND = "round"
"""The note of evidence that says in which round it was measured."""
STEP = "step"
"""The note that says by which verb, where several leave evidence of one kind."""
ENGINE = "engine"
"""The note that says what compared, where that is declared."""

_VERDICTS: Final = {True: Verdict.PASSED, False: Verdict.FAILED, None: Verdict.SEEN}

Telling = Callable[..., AbstractContextManager[Work]]
"""Shows how far work is: on a terminal, or with the run of a worker. It takes what `progress` takes."""


@dataclass(frozen=True)
class Aim:
    """Where the data goes, and for whom."""

    client: Client
    instance: InstanceRef
    scope: Scope
    database: str
    """Which of the instance's databases: its own, or a copy of that."""


@dataclass(frozen=True)
class Bench:
    """All that the verbs need."""

    migration: Migration
    store: Round
    place: LedgerPlace
    who: str
    clock: Clock = system_clock
    telling: Telling = progress

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.migration.workspace

    def record(
        self,
        kind: str,
        subject: Mapping[str, str],
        measures: Mapping[str, float],
        *,
        passed: bool | None,
        aim: Aim | None = None,
        scope: Scope = PROGRAMME,
        file: bytes | None = None,
        step: str = "",
        engine: str = "",
        entity: str | None = None,
    ) -> int:
        """Record evidence, measured in this round from the extracts and what is declared; return its number.

        What is about one entity rests on the decisions about that one only. Passed is None for what only gates judge.
        """
        inputs = {INPUT: self.workspace.digest_of(INPUT), **self.store.digests(entity)}
        if aim is not None and TEMPLATE in self.workspace.digests:
            inputs[TEMPLATE] = self.workspace.digest_of(TEMPLATE)
        notes = {ROUND: str(self.store.number), STEP: step, ENGINE: engine}
        evidence = Evidence(
            kind=kind,
            scope=aim.scope if aim else scope,
            subject=subject,
            verdict=_VERDICTS[passed],
            measures={**measures, "round": self.store.number},
            inputs=inputs,
            producer=self.who,
            taken_at=self.now(),
            instance=aim.instance if aim else None,
            artifact=self.place.artifacts.keep(file) if file is not None else None,
            notes={name: text for name, text in notes.items() if text},
        )
        return self.place.ledger.record_evidence(evidence)[0].number

    def now(self) -> datetime:
        """Return the moment."""
        return self.clock()


@contextmanager
def bench(
    folder: Path | None,
    who: str,
    number: int | None = None,
    *,
    begin: bool = False,
    new: bool = False,
    telling: Telling = progress,
) -> Iterator[Bench]:
    """Give what a verb works with: the round of that number, a new one, else the newest."""
    workspace = opened(folder)
    stop_at(checked(workspace))
    migration = migration_of(workspace)
    chosen = max(numbers(workspace.root), default=0) + 1 if new else number
    with ledger_place(workspace.root, begin=True) as place, round_of(workspace.root, chosen, begin=begin) as store:
        yield Bench(migration, store, place, who, telling=telling)


@contextmanager
def aimed(
    here: Bench,
    instance: str | None,
    scope: str | None = None,
    *,
    read_only: bool = False,
    database: str | None = None,
) -> Iterator[Aim]:
    """Give the Odoo that is meant: the one that is named, else the one for building, or a copy of it."""
    chosen = instance or meant(here.workspace)
    with reach(here.workspace, chosen, read_only=read_only, database=database) as client:
        there = database or here.workspace.instances[chosen].database
        yield Aim(client, measured(client, chosen), scope_meant(here.workspace, scope), there)


def scope_meant(workspace: Workspace, said: str | None) -> Scope:
    """Return the wave or site that a load is for: what is said, else the only wave, else the programme."""
    waves = [Scope(Level.WAVE, key) for key in workspace.keys("wave")]
    if said is None:
        return waves[0] if len(waves) == 1 else PROGRAMME
    there = [PROGRAMME, *waves, *(Scope(Level.SITE, key) for key in workspace.keys("site"))]
    meant = {str(scope): scope for scope in there} | {scope.key: scope for scope in there if scope.key}
    if said not in meant:
        raise UsageError(f"There is no {said!r} to load for.", why=f"There are: {', '.join(map(str, there))}.")
    return meant[said]
