"""With what does a verb work on registers? The workspace says who and what there is, the ledger what happened.

Asked as of the past, both are as they were then: what was late then is judged by what was declared then.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import UsageError
from lockgate.kernel.register import Kind, Register
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger import AsOf, Ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.asof import parse_as_of
from lockgate.ledger.registers.action import Actor, Edit, Grant
from lockgate.ledger.registers.book import Book, Done, Reader
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.signals import SIGNALS, Warned, risks, warnings
from lockgate.ledger.registers.values import near
from lockgate.ledger.registers.working_time import WorkingTime
from lockgate.programme import opening as places
from lockgate.programme.ledger_place import LedgerPlace, ledger_place, person
from lockgate.programme.then import as_it_was
from lockgate.workspace import Workspace
from lockgate.workspace.frame.calendars import Calendar
from lockgate.workspace.frame.people import Person
from lockgate.workspace.frame.standards import hours
from lockgate.workspace.playbook.folders import folders
from lockgate.workspace.registers import Registers, registers_of

_LOOKED_AT: Final = 50
"""How many records of a series early warnings look at, at least."""


@dataclass(frozen=True)
class Desk:
    """All that a verb on registers needs."""

    workspace: Workspace
    registers: Registers
    ledger: Ledger
    artifacts: Artifacts
    book: Book
    moment: datetime
    """By which it is judged what is late: now, or the moment asked as of."""
    as_of: AsOf | None = None

    @property
    def known(self) -> Known:
        """What is declared, with the records as of then."""
        return self.book.known(self.as_of)

    def register(self, name: str) -> Register:
        """Return the register of that name, in singular or plural."""
        plurals = {one.plural.lower().replace(" ", "-"): key for key, one in self.registers.by_key.items()}
        found = self.registers.by_key.get(plurals.get(name, name))
        if found is None:
            raise UsageError(f"There is no register {name!r}.", do=near(name, self.registers.by_key))
        return found

    def entry(self, record: str) -> tuple[Entry, Register]:
        """Return one record with its register."""
        entry = self.known.entries.by_id.get(record)
        if entry is None:
            when = "" if self.as_of is None else " as of then"
            raise UsageError(
                f"There is no record {record!r}{when}.", do="See which there are: `lockgate register list`."
            )
        return entry, self.register(entry.register)

    def attaching(self, record: str, field: str, content: bytes | Path, *, name: str = "") -> Edit:
        """Keep a file and what it is called, and return the change that attaches it to a record."""
        entry, register = self.entry(record)
        found = register.field(field)
        if found is None or found.kind is not Kind.ATTACHMENT:
            there = [one.key for one in register.fields if one.kind is Kind.ATTACHMENT]
            raise UsageError(f"{field!r} is no field for files of a {register.title.lower()}.", do=near(field, there))
        digest = self.artifacts.keep(content)
        held = entry.values.get(field) or ()
        if digest not in held:  # else who may not change the record could call its file another name
            self.artifacts.names.call(digest, record, name)
        kept = [*held, digest] if found.several else digest
        return Edit(record, entry.version, {field: kept}, files=(digest,))

    def actor(self, by: str | None) -> Actor:
        """Return somebody with the roles that the workspace gives them."""
        who = person(by)
        found = self.workspace.people.get(who)
        if found is None:
            raise UsageError(
                f"The workspace knows nobody called {who!r}.",
                why="Records keep the id of a person in programme/people.yaml.",
                do=near(who, self.workspace.people),
            )
        return _actor(found)

    def actors(self) -> tuple[Actor, ...]:
        """Return everybody whom the workspace knows, with their roles."""
        return tuple(map(_actor, self.workspace.people.values()))

    def owners(self) -> dict[str, str]:
        """Return one person for each role that somebody has for the whole programme."""
        held = {role: self.workspace.holders(role) for role in self.workspace.roles}
        return {role: people[0] for role, people in held.items() if people}

    def warned(self) -> tuple[Warned, ...]:
        """Return the early warnings that are up."""
        kinds = {kind for signal in self.registers.signals for kind in signal.evidence}
        most = max((signal.over for signal in self.registers.signals), default=0) + 1
        evidence = self.ledger.current_evidence(sorted(kinds), last=max(most, _LOOKED_AT)) if kinds else []
        return warnings(self.registers.signals, self.known, evidence, self.moment)

    def raise_risks(self, warned: Sequence[Warned]) -> Done:
        """Raise a risk for each early warning, or bring it up to date."""
        return self.book.perform(risks(warned, self.known, self.owners()), actor=SIGNALS, moment=self.moment)


@contextmanager
def desk(folder: Path | None, at: str | None = None) -> Iterator[Desk]:
    """Open the workspace, its registers and its ledger, as of now or of a moment or number that is said."""
    root = places.find(folder)
    today = places.opened(root)
    place = ledger_place(root, begin=True)
    with place.ledger as ledger:
        as_of = None if at is None else parse_as_of(at)
        then = ledger.head(as_of).at if isinstance(as_of, int) else as_of
        with as_it_was(root, today, then) as (workspace, _):
            yield desk_of(place, workspace, then or system_clock(), as_of)


def desk_of(
    place: LedgerPlace,
    workspace: Workspace,
    moment: datetime,
    as_of: AsOf | None = None,
    entries: Reader | None = None,
) -> Desk:
    """Return what a verb on registers works with; `entries` reads records where somebody remembers them."""
    registers = registers_of(workspace, folders(*workspace.programme.playbooks))
    book = Book(place.ledger, records_known(workspace, registers), entries)
    return Desk(workspace, registers, place.ledger, place.artifacts, book, moment, as_of)


def _actor(person: Person) -> Actor:
    grants = [
        Grant(one.role, scope)
        for one in person.roles
        for scope in ([Scope(Level.SITE, site) for site in one.sites] or [PROGRAMME])
    ]
    return Actor(person.key, tuple(grants))


def records_known(workspace: Workspace, registers: Registers) -> Known:
    """Return what the workspace declares, as far as records are decided and told by it."""
    return Known(
        registers.by_key,
        people=workspace.people,
        sites={key: site.above or "" for key, site in workspace.sites.items()},
        waves={key: workspace.keys("site", Scope(Level.WAVE, key)) for key in workspace.waves},
        capabilities=workspace.known["capability"],
        calendars=_calendars(workspace),
        ways={
            key: tuple((step.role, timedelta(hours=hours(step.after))) for step in way.steps)
            for key, way in workspace.escalations.items()
        },
        declared=workspace.known,
    )


def _calendars(workspace: Workspace) -> dict[str, WorkingTime]:
    """Return when work is done at each site, and for the programme under an empty text."""
    programme = workspace.programme
    places = {key: (site.calendar, site.time_zone) for key, site in workspace.sites.items()}
    places[""] = (programme.calendar, programme.time_zone)
    return {
        key: _working_time(workspace.calendars.get(calendar or ""), zone) for key, (calendar, zone) in places.items()
    }


def _working_time(calendar: Calendar | None, zone: str) -> WorkingTime:
    if calendar is None:
        return WorkingTime(ZoneInfo(zone))
    return WorkingTime(ZoneInfo(calendar.time_zone), cache(lambda day: bool(calendar.hours(day))))
