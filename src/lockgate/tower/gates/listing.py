"""Which gates are listed? Those that a viewer sees, narrowed and ordered as the address says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lockgate.faces.web.viewer import Viewer
from lockgate.gates.asking.evaluating import GateVerdict
from lockgate.gates.showing.listing import Line, line
from lockgate.ledger import AsOf
from lockgate.ledger.registers.files.table import Cell
from lockgate.programme.room import Room, narrowed
from lockgate.tower.programme.overview import name_of
from lockgate.tower.server import live
from lockgate.workspace.playbook import compose

COUNTS: Final = ("met", "unmet", "missing", "stale", "waived", "undecidable")
HEADINGS: Final = ("gate", "title", "stage", "scope", "name", "verdict", *COUNTS)
"""Of the list as a file."""
COLUMNS: Final = ("gate", "stage", "scope", "verdict", *COUNTS)


@dataclass(frozen=True)
class Wanted:
    """What the address says: only these, in this order."""

    stage: str = ""
    scope: str = ""
    verdict: str = ""
    sort: str = ""
    """A column; with a minus before it the other way round; the programme's own order when empty."""


@dataclass(frozen=True)
class Row:
    """One gate, with what people call it and for whom it is."""

    line: Line
    title: str
    name: str
    stage: str

    @property
    def drawn(self) -> tuple[object, ...]:
        """All that is drawn of it."""
        return (self.title, self.name, self.stage, *self.line.values())


@dataclass(frozen=True)
class Listed:
    """The rows, and what can be narrowed to."""

    rows: tuple[Row, ...]
    stages: tuple[tuple[str, str], ...]
    scopes: tuple[tuple[str, str], ...]
    verdicts: tuple[str, ...]
    room: Room


def lines(viewer: Viewer, wanted: Wanted, as_of: AsOf | None) -> list[Line]:
    """Return the gates as `gate list --json` does, as far as the viewer sees them."""
    states, _ = live().states(as_of)
    seen = [state for state in states if viewer.sees(state.scope)]
    found = narrowed(seen, wanted.stage or None, wanted.scope or None, wanted.verdict or None)
    return [line(state) for state in found]


def listed(viewer: Viewer, wanted: Wanted, as_of: AsOf | None) -> Listed:
    """Return what the page of all gates shows."""
    states, room = live().states(as_of)
    seen = [state for state in states if viewer.sees(state.scope)]
    stages = compose(*room.workspace.programme.playbooks).stages
    titles = {state.gate.key: state.gate.title for state in seen}
    names = {str(state.scope): name_of(state.scope, room.workspace) for state in seen}
    there = dict.fromkeys(state.gate.stage for state in seen)
    named = {key: stages[key].title if key in stages else key for key in there}
    rows = [
        Row(one, titles[one["gate"]], names[one["scope"]], named[one["stage"]]) for one in lines(viewer, wanted, as_of)
    ]
    return Listed(
        rows=tuple(_ordered(rows, wanted.sort)),
        stages=tuple(named.items()),
        scopes=tuple(names.items()),
        verdicts=tuple(map(str, GateVerdict)),
        room=room,
    )


def table(found: Listed) -> list[list[Cell]]:
    """Return the rows as a file has them, under `HEADINGS`."""
    return [
        [
            *(row.line["gate"], row.title, row.stage, row.line["scope"], row.name, row.line["verdict"]),
            *(_count(row.line, count) for count in COUNTS),
        ]
        for row in found.rows
    ]


def _count(said: Line, count: str) -> Cell:
    found: Cell = said[count]  # type: ignore[literal-required] # one of `COUNTS`
    return found


def _ordered(rows: Sequence[Row], sort: str) -> Sequence[Row]:
    column = sort.removeprefix("-")
    if column not in COLUMNS:
        return rows
    shown = {"gate": lambda row: row.title.lower(), "scope": lambda row: row.name.lower()}
    key = shown.get(column, lambda row: row.line[column])
    return sorted(rows, key=key, reverse=sort.startswith("-"))
