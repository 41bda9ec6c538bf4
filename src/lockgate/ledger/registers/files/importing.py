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
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from lockgate.kernel.register import Register
from lockgate.ledger.record import Event
from lockgate.ledger.registers.action import Action, Actor, Edit, Raise, Refusal, Tag, Tie
from lockgate.ledger.registers.engine import Draft, perform
from lockgate.ledger.registers.entry import Entry, Link
from lockgate.ledger.registers.files import rows
from lockgate.ledger.registers.files.exporting import (
    COMMENTS,
    EVENT,
    ID,
    LINKS,
    STATE,
    TAGS,
    TAGS_FIELD,
    VERSION,
)
from lockgate.ledger.registers.files.rows import Reading
from lockgate.ledger.registers.files.table import Cell, CellFinding, Table, filled
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import near

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


def plan(table: Table, register: Register, *, actor: Actor, known: Known, moment: datetime, quoted: bool) -> Plan:
    """Return what importing the table would do, and everything that stands against it."""
    if table.findings:
        return Plan(findings=table.findings)
    columns, findings = _columns(table, register)
    if findings:
        return Plan(findings=tuple(findings))
    draft = Draft(known, actor=actor, moment=moment)
    reading = Reading(table, register, actor, moment, draft, columns, quoted)
    done: dict[str, list[int]] = {"raised": [], "edited": [], "unchanged": [], "wrong": []}
    for number, cells in table.rows:
        before = len(reading.findings)
        wanted = _wanted(number, cells, reading)
        done[_done(number, wanted, reading) if len(reading.findings) == before else "wrong"].append(number)
    parts = {name: tuple(numbers) for name, numbers in done.items()}
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


def _wanted(row: int, cells: tuple[Cell, ...], reading: Reading) -> list[Action]:
    """Return the actions that a row asks for; what is wrong in it is told in the findings."""
    values = rows.values(row, cells, reading)
    record = str(rows.own(ID, cells, reading) or "").strip()
    tags, links = rows.several(row, TAGS_FIELD, cells, reading), rows.links(row, cells, reading)
    if not record:
        new = reading.known.entries.next_id(reading.register.prefix)
        rows.same_state(row, cells, reading.register.initial, reading)
        rows.same_comments(row, cells, None, reading)
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
    rows.same_state(row, cells, entry.state, reading)
    rows.same_comments(row, cells, entry, reading)
    return [
        *_edits(row, cells, reading, entry=entry, values=values),
        *_around(row, cells, entry, reading, (tags, links)),
    ]


def _edits(
    row: int,
    cells: tuple[Cell, ...],
    reading: Reading,
    *,
    entry: Entry,
    values: Mapping[str, Any],
) -> list[Action]:
    changed = {key: value for key, value in values.items() if entry.values.get(key) != value}
    return [Edit(entry.id, rows.version(row, cells, reading), changed)] if changed else []


def _around(
    row: int,
    cells: tuple[Cell, ...],
    entry: Entry,
    reading: Reading,
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
    seen = rows.own(EVENT, cells, reading)
    if actions and filled(seen) and rows.counted(seen) != entry.numbers[-1]:
        what = f"{entry.id} was touched since: its last event is {entry.numbers[-1]}, not {rows.counted(seen)}."
        reading.tell(row, EVENT, "stale-event", what, "Export it again, and change that file.")
    return actions


def _done(row: int, actions: list[Action], reading: Reading) -> str:
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


def _tell(row: int, action: Action, refusal: Refusal, reading: Reading) -> None:
    about = {Tag: TAGS, Tie: LINKS}.get(type(action), refusal.field)
    where = VERSION if refusal.code == "stale-version" else about
    reading.tell(row, where, refusal.code, refusal.what, refusal.do)
