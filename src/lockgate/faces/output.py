"""How does a verb answer on stdout? As lines for a person or as one JSON document for a program, from the same data.

    show(report, Fields({"URL": report.url}), Table(["Name", "Rows"], rows), as_json=json)

The data may hold dataclasses, paths, moments, enums and decimals. It may not hold a `Secret`: reveal it on purpose.
"""

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest
from pathlib import PurePath
from uuid import UUID

from lockgate.faces import terminal


@dataclasses.dataclass(frozen=True)
class Fields:
    """A few named values, one a line."""

    values: Mapping[str, object]


@dataclasses.dataclass(frozen=True)
class Table:
    """Rows under named columns; `empty` is said when there are none, and teaches what would fill it."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    empty: str = "Nothing to show."
    looks: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Look (`red`, `green`, …) of a cell by its text: `{"missing": "red"}`."""


View = str | Fields | Table


def show(answer: object, *views: View, as_json: bool = False) -> None:
    """Print the answer: as JSON when asked for, else the views of it."""
    if as_json:
        write(as_json_text(answer))
        return
    for view in views:
        write(_drawn(view))


def as_json_text(answer: object) -> str:
    """Return the answer as a JSON document that any stdout can carry."""
    return json.dumps(answer, indent=2, ensure_ascii=not terminal.fancy(sys.stdout), allow_nan=False, default=_plain)


def write(text: str) -> None:
    """Write lines to stdout."""
    print(text)  # noqa: T201 - this is the one place that answers


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | PurePath | UUID):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
        return list(value)
    msg = f"a {type(value).__name__} can't be shown as JSON"
    raise TypeError(msg)


def _drawn(view: View) -> str:
    if isinstance(view, str):
        return terminal.visible(view)
    if isinstance(view, Fields):
        return _fields(view)
    if not view.rows:
        return view.empty
    return _boxed(view) if terminal.animated(sys.stdout) else _aligned(view)


def _fields(view: Fields) -> str:
    wide = max((len(name) for name in view.values), default=0)
    return "\n".join(
        f"{terminal.style(f'{name:<{wide}}', 'dim', stream=sys.stdout)}  {_cell(value)}".rstrip()
        for name, value in view.values.items()
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return terminal.visible(str(value))


def _aligned(view: Table) -> str:
    """Return plain columns, never cut: a pipe has no width."""
    cells = [[terminal.on_one_line(_cell(value)) for value in row] for row in view.rows]
    lines = [list(view.columns), *cells]
    widths = [max(map(len, column)) for column in zip_longest(*lines, fillvalue="")]
    rights = _numeric(view)
    return "\n".join(
        "  ".join(
            _coloured(view, cell, f"{cell:>{wide}}" if right else f"{cell:<{wide}}")
            for cell, wide, right in zip(line, widths, rights, strict=True)
        ).rstrip()
        for line in lines
    )


def _coloured(view: Table, cell: str, padded: str) -> str:
    look = view.looks.get(cell)
    return terminal.style(padded, look, stream=sys.stdout) if look else padded


def _numeric(view: Table) -> list[bool]:
    """Return per column whether all it holds is numbers, which are read best from the right."""
    columns = zip(*view.rows, strict=True)
    return [all(isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in column) for column in columns]


def _boxed(view: Table) -> str:
    from rich import box  # noqa: PLC0415 - Rich is only paid for on a terminal
    from rich.table import Table as RichTable  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    console = terminal.console(sys.stdout)
    grid = RichTable(box=box.SIMPLE_HEAD if terminal.fancy(sys.stdout) else box.ASCII_DOUBLE_HEAD, pad_edge=False)
    for name, right in zip(view.columns, _numeric(view), strict=True):
        grid.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in view.rows:
        cells = [_cell(value) for value in row]
        grid.add_row(*(Text(cell, style=view.looks.get(cell, "")) for cell in cells))
    with console.capture() as captured:
        console.print(grid)
    lines = [line.rstrip() for line in captured.get().splitlines()]
    return "\n".join(line for line in lines if line)
