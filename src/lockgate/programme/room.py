"""What is on the table when gates are asked? Workspace, gates and facts, all as of one moment.

R1  Asked as of the past, the workspace is read as it was committed then, if git can tell; else it is today's, and that
    is said.
R2  A workspace with findings is not asked: a criterion that can't be read must not look like one that is met.
R3  What a decision rests on is one head of the ledger; when the ledger has moved on, nothing is written.
R4  What was seen when a gate was decided is kept with the decision, or neither is.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from lockgate.gates.asking.evaluating import GateState, evaluate
from lockgate.gates.asking.expanding import places
from lockgate.gates.criteria.definition import Gate
from lockgate.gates.criteria.reading import gates_of, scopes_of
from lockgate.gates.deciding.answer import Answer, Electorate
from lockgate.gates.facts.appointed import KINDS as OF_ROLES
from lockgate.gates.facts.appointed import Appointed, appointments
from lockgate.gates.facts.declared import Known
from lockgate.gates.facts.loading import facts_of
from lockgate.gates.facts.remembered import Remembered
from lockgate.kernel.clock import Clock, system_clock
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.kernel.finding import Finding
from lockgate.kernel.scope import PROGRAMME, Scope
from lockgate.ledger import AsOf, Event, Head, Record
from lockgate.ledger.artifacts import State
from lockgate.ledger.asof import parse_as_of
from lockgate.ledger.refusals import LedgerMoved, LedgerUnwritable
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.entry import Entries
from lockgate.programme import opening
from lockgate.programme.desk import records_known
from lockgate.programme.ledger_place import LedgerPlace, ledger_place
from lockgate.programme.then import as_it_was
from lockgate.workspace import Workspace
from lockgate.workspace.playbook import catalogue, folders, gate_files
from lockgate.workspace.registers import registers_of

_TAKEN: Final = "decided"


@dataclass(frozen=True)
class Room:
    """All that gates are asked with."""

    place: LedgerPlace
    workspace: Workspace
    head: Head
    gates: tuple[Gate, ...]
    known: Known
    entries: Entries
    moment: datetime
    commit: str
    given: Remembered | None = None
    """What there is to know, where somebody keeps it; else it is read when it is asked for."""

    @cached_property
    def _of_one(self) -> dict[str, Remembered]:
        return {}

    @cached_property
    def facts(self) -> Remembered:
        """What there is to know for all gates."""
        if self.given is not None:
            return self.given
        return facts_of(self.gates, self.place.ledger, self.known, self.entries, self.moment)

    def about(self, key: str) -> Remembered:
        """Return what there is to know for one gate: no more is read, unless all was."""
        if self.given is not None or "facts" in vars(self):
            return self.facts
        if key not in self._of_one:
            one = [self.gate(key)]
            self._of_one[key] = facts_of(one, self.place.ledger, self.known, self.entries, self.moment)
        return self._of_one[key]

    def state(self, key: str, scope: Scope) -> GateState:
        """Return how a gate stands."""
        return evaluate(self.gate(key), scope, self.about(key), self.moment)

    def states(self) -> Iterator[GateState]:
        """Yield how all gates stand, for all whom they are asked for."""
        for gate in self.gates:
            for scope in scopes_of(gate, self.workspace):
                yield evaluate(gate, scope, self.facts, self.moment)

    def gate(self, key: str) -> Gate:
        """Return the gate of that key."""
        found = next((gate for gate in self.gates if gate.key == key), None)
        if found is None:
            names = ", ".join(gate.key for gate in self.gates) or "none: name a playbook, or write programme/gates.yaml"
            raise UsageError(f"There is no gate {key!r}.", why=f"There are: {names}.")
        return found

    def scope(self, key: str, said: str | None) -> Scope:
        """Return the scope that is meant: what is said, or the only one that there is."""
        gate = self.gate(key)
        there = scopes_of(gate, self.workspace)
        meant = {str(scope): scope for scope in there} | {scope.key: scope for scope in there}
        if said is None and len(there) == 1:
            return there[0]
        if said is None or said not in meant:
            names = ", ".join(map(str, there)) or f"none: no {gate.level} is declared"
            what = f"{key} is not asked for {said}." if said else f"For which {gate.level} is {key} meant?"
            raise UsageError(what, why=f"It is asked for: {names}.", do="Say it: `--scope …`.")
        return meant[said]

    @cached_property
    def people(self) -> Appointed:
        """Who may do what: as it is declared, and as the tower gave it up to the head, at the moment."""
        records = self.place.ledger.records(upto=self.head.number, kinds=OF_ROLES) if self.head.number else ()
        return Appointed(self.known, appointments(records, self.moment))

    def electorate(self, key: str, scope: Scope) -> Electorate:
        """Return who may decide about a gate for a scope, and who had a hand in its evidence."""
        gate, facts = self.gate(key), self.about(key)
        producers = {
            record.number: record.evidence.producer
            for place in places(gate.criteria, scope, facts)
            for series in facts.index.found.get(place, {}).values()
            for record in series.records
        }
        role = gate.decides.role
        return Electorate(self.people, producers, self.known.delegates, self.people.lent(role, scope))

    def until(self, said: str) -> datetime:
        """Return the moment that is said; a day means its end, where the programme is."""
        return moment_from(said, ZoneInfo(self.workspace.programme.time_zone))

    def write(self, answer: Answer, *, by: str, seen: bytes = b"") -> list[Record]:
        """Write what follows, refusals too, and stop when it was refused (R3, R4)."""
        events = [Event(event.kind, event.payload) for event in answer.events]
        with self._kept(seen if answer.choice else b""):
            records = self.place.ledger.append(events, by=by, expecting=self.head)
        if answer.refusals:
            raise RefusedError(
                "Refused; the refusal is on record.",
                why=" ".join(no.why for no in answer.refusals),
                do=" ".join(dict.fromkeys(no.do for no in answer.refusals)),
            )
        return records

    @contextmanager
    def _kept(self, seen: bytes) -> Iterator[None]:
        """Keep what was seen for the record that names it, and forget it when that was surely not written (R4)."""
        artifacts = self.place.artifacts
        new = bool(seen) and artifacts.state(artifacts.digest_of(seen)) is State.MISSING
        digest = artifacts.keep(seen) if seen else ""
        try:
            yield
        except (LedgerMoved, LedgerUnwritable):
            if new:
                artifacts.remove(digest)
            raise


@contextmanager
def room(folder: Path | None, as_of: str | None = None, clock: Clock = system_clock) -> Iterator[Room]:
    """Give what gates are asked with, as of now or of a moment or number that is said."""
    root = opening.find(folder)
    place = ledger_place(root, begin=True)
    with place.ledger:
        yield room_of(place, opening.opened(root), None if as_of is None else parse_as_of(as_of), clock())


def room_of(place: LedgerPlace, today: Workspace, as_of: AsOf | None, now: datetime) -> Room:
    """Return what gates are asked with; `today` is the workspace as it is now."""
    head = place.ledger.head(as_of)
    moment = as_of if isinstance(as_of, datetime) else head.at if as_of is not None and head.at else now
    with as_it_was(today.root, today, None if as_of is None else moment) as (workspace, revision):
        return _laid_out(place, workspace, head, moment, revision)


def moment_from(said: str, zone: ZoneInfo) -> datetime:
    """Return the moment that is said; a day means its end, where the programme is."""
    try:
        if len(said) == len("2026-03-10"):
            return datetime.combine(date.fromisoformat(said) + timedelta(days=1), time(), zone).astimezone(UTC)
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise UsageError(f"{said!r} is no moment.", do="Write it like 2026-03-10 or 2026-03-10T18:00.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def written(workspace: Workspace, entries: Entries) -> tuple[tuple[Gate, ...], tuple[Finding, ...]]:
    """Return the gates of a workspace and what is wrong with how they are written."""
    return gates_of(gate_files(*workspace.playbooks or ()), workspace, taken(entries))


def taken(entries: Entries) -> frozenset[str]:
    """Return the decisions that were taken, which alone loosen what a playbook asks."""
    return frozenset(entry.id for entry in entries.of("decision") if entry.state == _TAKEN)


def declared(workspace: Workspace, entries: Entries) -> tuple[tuple[Gate, ...], Known]:
    """Return the gates of a workspace and what it declares for them, or stop where they have findings (R2)."""
    gates, findings = written(workspace, entries)
    opening.stop_at(findings)
    known = Known(
        workspace,
        records_known(workspace, registers_of(workspace, folders(*workspace.programme.playbooks))),
        tuple(catalogue().dimensions),
    )
    return gates, known


def _laid_out(place: LedgerPlace, workspace: Workspace, head: Head, moment: datetime, revision: str) -> Room:
    entries = tables.entries_of(place.ledger, head.number)
    gates, known = declared(workspace, entries)
    return Room(place, workspace, head, gates, known, entries, moment, revision)


def narrowed(
    states: Iterable[GateState], stage: str | None, scope: str | None, verdict: str | None = None
) -> list[GateState]:
    """Return the states of a stage, a scope and a verdict; a site is asked for by its key alone too."""
    return [
        state
        for state in states
        if (stage is None or state.gate.stage == stage)
        and (scope is None or scope in {str(state.scope), state.scope.key or str(PROGRAMME)})
        and (verdict is None or str(state.verdict) == verdict)
    ]
