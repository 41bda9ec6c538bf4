"""What would an import do? Each row raises a record, edits one or changes nothing; what is wrong is told per cell.

I1  A row with an id is that record, one without is a new one. Ids are stable; they are given here, never in a file.
I2  Who edits a record by a file says which version was read, as anywhere else. A row that changes nothing needs none.
I3  The state is changed by steps, with who may and why; a file that holds another state is a finding.
I4  Columns that are not there leave their fields alone; a column that no field has is a finding. A heading may be the
    key of a field or its title.
I5  Tags and links become those of the row. Where the file says which event touched the record last, and others have
    since, a row that changes either is a finding: it would undo what they did.
I6  Comments are said, not edited: a comment in the file that the record does not have is a finding.
I7  Nothing is done when any row is wrong, unless it was asked for in part: then the right rows are done, and those left
    out are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from lockgate.kernel.register import Field, Register
from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import Action, Actor, Edit, Raise, Refusal, Tag, Tie
from lockgate.ledger.registers.engine import Draft, perform
from lockgate.ledger.registers.entry import Entry, Link
from lockgate.ledger.registers.files.cells import unguarded, value_of
from lockgate.ledger.registers.files.exporting import (
    COMMENTS,
    COMMENTS_FIELD,
    EVENT,
    ID,
    LINKS,
    LINKS_FIELD,
    STATE,
    TAGS,
    TAGS_FIELD,
    VERSION,
    comments_of,
)
from lockgate.ledger.registers.files.table import Cell, CellFinding, Table, filled
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import Unfit, fit, near

_OWN: Final = (ID, VERSION, STATE, TAGS, LINKS, COMMENTS, EVENT)
_READ_ONLY: Final = {ID, VERSION, STATE, COMMENTS, EVENT}


@dataclass(frozen=True)
class Plan:
    """What an import would do."""

    events: tuple[Event, ...] = ()
    """What the rows that are right would leave in the ledger."""
    raised: tuple[int, ...] = ()
    """The rows that raise a record."""
    edited: tuple[int, ...] = ()
    unchanged: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    """The rows that can't be imported."""
    findings: tuple[CellFinding, ...] = ()

    @property
    def whole(self) -> bool:
        """True when nothing is wrong, so that all of it may be done (I7)."""
        return not self.findings


@dataclass
class _Reading:
    """One sheet while it is read row by row, each on what the rows before made."""

    table: Table
    register: Register
    actor: Actor
    moment: datetime
    draft: Draft
    columns: Mapping[str, int]
    """Where each field, or one of our own columns, stands."""
    quoted: bool
    """Whether texts have the quote of CSV before what looks like a formula."""
    findings: list[CellFinding] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def known(self) -> Known:
        """What is known once the rows before have happened."""
        return self.draft.known

    def tell(self, row: int, key: str, code: str, message: str, hint: str) -> None:
        column = self.columns.get(key, self.columns.get(ID, 0)) + 1
        self.findings.append(CellFinding(row, column, self.table.sheet, code, message, hint))


def plan(table: Table, register: Register, *, actor: Actor, known: Known, moment: datetime, quoted: bool) -> Plan:
    """Return what importing the table would do, and everything that stands against it."""
    if table.findings:
        return Plan(findings=table.findings)
    columns, findings = _columns(table, register)
    if findings:
        return Plan(findings=tuple(findings))
    draft = Draft(known, actor=actor, moment=moment)
    reading = _Reading(table, register, actor, moment, draft, columns, quoted)
    done: dict[str, list[int]] = {"raised": [], "edited": [], "unchanged": [], "wrong": []}
    for number, cells in table.rows:
        before = len(reading.findings)
        wanted = _wanted(number, cells, reading)
        done[_done(number, wanted, reading) if len(reading.findings) == before else "wrong"].append(number)
    parts = {name: tuple(rows) for name, rows in done.items()}
    return Plan(tuple(reading.events), findings=tuple(sorted(reading.findings)), **parts)


def _columns(table: Table, register: Register) -> tuple[dict[str, int], list[CellFinding]]:
    """Return where each column stands, and which headings mean nothing (I4)."""
    titles = {one.title.casefold(): one.key for one in register.fields}
    keys = {one.key for one in register.fields} | {*_OWN}
    columns: dict[str, int] = {}
    findings = []

    def tell(place: int, code: str, message: str, hint: str) -> None:
        findings.append(CellFinding(1, place + 1, table.sheet, code, message, hint))

    for place, heading in enumerate(table.headings):
        key = heading if heading in keys else titles.get(heading.casefold(), "")
        holds = any(place < len(cells) and filled(cells[place]) for _, cells in table.rows)
        if not heading and holds:
            tell(place, "no-heading", "The column has values but no heading.", "Give it the key of a field.")
        elif heading and not key:
            tell(place, "unknown-column", f"There is no field {heading!r}.", near(heading, keys))
        elif key in columns:
            tell(place, "column-twice", f"The column {heading!r} is there twice.", "Keep one of them.")
        elif key:
            columns[key] = place
    if not findings and not set(columns) - _READ_ONLY:
        tell(0, "no-columns", "No column is that of a field.", f"The first row names them: {', '.join(sorted(keys))}.")
    return columns, findings


def _wanted(row: int, cells: tuple[Cell, ...], reading: _Reading) -> list[Action]:
    """Return the actions that a row asks for; what is wrong in it is told in the findings."""
    values = _values(row, cells, reading)
    record = str(_own(ID, cells, reading) or "").strip()
    tags, links = _several(row, TAGS_FIELD, cells, reading), _links(row, cells, reading)
    if not record:
        new = reading.known.entries.next_id(reading.register.prefix)
        _same_state(row, cells, reading.register.initial, reading)
        _same_comments(row, cells, None, reading)
        raising: list[Action] = [Raise(reading.register.key, values)]
        raising += [Tag(new, tuple(tags))] if tags else []
        return raising + [Tie(new, one.relation, one.to) for one in links or ()]
    entry = reading.known.entries.by_id.get(record)
    if entry is None or entry.register != reading.register.key:
        what = f"There is no {reading.register.title.lower()} {record!r}."
        reading.tell(row, ID, "unknown-record", what, "Leave the id empty to raise a new record.")
        return []
    if record in reading.seen:
        reading.tell(
            row, ID, "record-twice", f"{record} is in row {reading.seen[record]} too.", "Keep one of the rows."
        )
        return []
    reading.seen[record] = row
    _same_state(row, cells, entry.state, reading)
    _same_comments(row, cells, entry, reading)
    return [
        *_edits(row, cells, reading, entry=entry, values=values),
        *_around(row, cells, entry, reading, (tags, links)),
    ]


def _edits(
    row: int,
    cells: tuple[Cell, ...],
    reading: _Reading,
    *,
    entry: Entry,
    values: Mapping[str, Any],
) -> list[Action]:
    changed = {key: value for key, value in values.items() if entry.values.get(key) != value}
    return [Edit(entry.id, _version(row, cells, reading), changed)] if changed else []


def _around(
    row: int,
    cells: tuple[Cell, ...],
    entry: Entry,
    reading: _Reading,
    wanted: tuple[list[str] | None, list[Link] | None],
) -> list[Action]:
    """Return what makes tags and links those of the row (I5); None leaves them alone."""
    actions: list[Action] = []
    tags, links = wanted
    if tags is not None:
        actions += [Tag(entry.id, more) for more in (tuple(one for one in tags if one not in entry.tags),) if more]
        actions += [Tag(entry.id, gone, undo=True) for gone in (tuple(t for t in entry.tags if t not in tags),) if gone]
    if links is not None:
        actions += [Tie(entry.id, one.relation, one.to) for one in links if one not in entry.links]
        actions += [Tie(entry.id, one.relation, one.to, undo=True) for one in entry.links if one not in links]
    seen = _own(EVENT, cells, reading)
    if actions and filled(seen) and _counted(seen) != entry.numbers[-1]:
        what = f"{entry.id} was touched since: its last event is {entry.numbers[-1]}, not {_counted(seen)}."
        reading.tell(row, EVENT, "stale-event", what, "Export it again, and change that file.")
    return actions


def _done(row: int, actions: list[Action], reading: _Reading) -> str:
    """Let the row happen on a draft of the records, so that the next one sees it; all of it or nothing."""
    events: list[Event] = []
    for action in actions:
        outcome = perform(action, actor=reading.actor, known=reading.known, moment=reading.moment)
        for refusal in outcome.refusals:
            _tell(row, action, refusal, reading)
        if not outcome.done:
            reading.draft.back()
            return "wrong"
        events += outcome.events
        reading.draft.put(outcome.events)
    reading.draft.keep()
    reading.events += events
    if not actions:
        return "unchanged"
    return "raised" if isinstance(actions[0], Raise) else "edited"


def _tell(row: int, action: Action, refusal: Refusal, reading: _Reading) -> None:
    about = {Tag: TAGS, Tie: LINKS}.get(type(action), refusal.field)
    where = VERSION if refusal.code == "stale-version" else about
    reading.tell(row, where, refusal.code, refusal.what, refusal.do)


def _values(row: int, cells: tuple[Cell, ...], reading: _Reading) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in reading.register.fields:
        if one.key in reading.columns:
            try:
                found[one.key] = fit(_read(one.key, cells, one, reading), one, reading.known)
            except Unfit as error:
                reading.tell(row, one.key, "bad-value", f"{one.title}: {error.what}", error.do)
    return found


def _several(row: int, of: Field, cells: tuple[Cell, ...], reading: _Reading) -> list[str] | None:
    """Return the texts of a cell, None when there is no such column."""
    if of.key not in reading.columns:
        return None
    try:
        return list(_read(of.key, cells, of, reading) or [])
    except Unfit as error:
        reading.tell(row, of.key, "bad-value", error.what, error.do)
        return None


def _links(row: int, cells: tuple[Cell, ...], reading: _Reading) -> list[Link] | None:
    """Return the links of a row, None when there is no such column."""
    texts = _several(row, LINKS_FIELD, cells, reading)
    for text in texts or ():
        if len(text.split()) != len(("relation", "to")):
            what = f"{text!r} is no link."
            reading.tell(row, LINKS, "bad-link", what, "Write the relation and what it goes to: `blocks GAP-2`.")
            return None
    return None if texts is None else list(dict.fromkeys(Link(*text.split()) for text in texts))


def _same_comments(row: int, cells: tuple[Cell, ...], entry: Entry | None, reading: _Reading) -> None:
    there = comments_of(entry) if entry else []
    for text in _several(row, COMMENTS_FIELD, cells, reading) or ():
        if text not in there:
            what = f"{text[:40]!r} is no comment that is on record."
            reading.tell(row, COMMENTS, "comment-in-file", what, "Say it instead: `lockgate register comment`.")  # I6


def _same_state(row: int, cells: tuple[Cell, ...], state: str, reading: _Reading) -> None:
    given = _own(STATE, cells, reading)
    if filled(given) and given != state:
        what = f"The state is {state!r} here and {given!r} in the file."
        reading.tell(row, STATE, "state-in-file", what, "Take a step instead: `lockgate register do`.")  # I3


def _version(row: int, cells: tuple[Cell, ...], reading: _Reading) -> int:
    given = _counted(_own(VERSION, cells, reading))
    if given is not None:
        return given
    what = "The row changes a record and does not say which version was read."
    reading.tell(row, VERSION, "no-version", what, "Export it again, and change that file.")  # I2
    return 0


def _counted(cell: Cell) -> int | None:
    """Return the whole number in a cell, None for anything else."""
    text = f"{cell:.15g}" if isinstance(cell, float) else str(cell or "").strip()
    return int(text) if text.isascii() and text.isdigit() and not isinstance(cell, bool) else None


def _own(key: str, cells: tuple[Cell, ...], reading: _Reading) -> Cell:
    place = reading.columns.get(key, len(cells))
    return cells[place] if place < len(cells) else None


def _read(key: str, cells: tuple[Cell, ...], one: Field, reading: _Reading) -> Any:
    cell = _own(key, cells, reading)
    return value_of(unguarded(cell) if reading.quoted and isinstance(cell, str) else cell, one)
