"""How is a record drawn as a row of a table? By hand: a template takes five times as long, and a page has a hundred.

D1  Whatever stands in a record, or comes from an address, goes through `escape` or `format_html`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lockgate.faces.web.templatetags.lockgate import day, icon
from lockgate.kernel.register import Kind
from lockgate.tower.registers.query import Query
from lockgate.tower.registers.table import Cell, Column, Row

_NUMBERS = {"number", "money"}


def rows(found: Iterable[Row], query: Query, focus: str = "") -> SafeString:
    """Return rows of a table; `focus` is the column whose cell takes the keyboard."""
    pen = _Pen(query, focus)
    return mark_safe("".join(map(pen.row, found)))  # noqa: S308 - D1


@dataclass(frozen=True)
class _Words:
    """What stands in many cells, said once in the reader's language."""

    change: str
    late: str
    nothing: str


class _Pen:
    """Draws rows that were asked for by the same address."""

    def __init__(self, query: Query, focus: str) -> None:
        self._asked = escape(query.url())
        self._then = escape(f"?{urlencode({'as-of': query.when})}" if query.when else "")
        self._focus = focus
        self._words = _Words(_("Change %(title)s:"), escape(_("late")), escape(_("nothing")))
        self._titles: dict[Column, str] = {}

    def row(self, row: Row) -> str:
        """Draw a record."""
        at, late = f"/register/{escape(row.register)}/{escape(row.id)}/", ' class="is-late"' if row.late else ""
        head = (
            f'<th scope="row"><a href="{at}{self._then}"><code class="dim">{escape(row.id)}</code>'
            f" {escape(row.title)}</a></th>"
        )
        cells = "".join([self._cell(row, cell, at) for cell in row.cells])
        return f'<tr id="row-{escape(row.id)}"{late}>{head}{cells}</tr>\n'

    def _cell(self, row: Row, cell: Cell, at: str) -> str:
        column = cell.column
        kind = ""
        if column.kind in _NUMBERS:
            kind = ' class="num"'
        elif not (cell.parts or cell.moment or cell.edit):
            kind = ' class="nil"'
        elif column.kind == Kind.PERSON and len(cell.parts) == 1:
            kind = ' class="nowrap"'
        return f'<td data-title="{escape(column.title)}"{kind}>{self._inside(row, cell, at)}</td>'

    def _inside(self, row: Row, cell: Cell, at: str) -> str:
        if cell.column.key == "state":
            ended, shape = ("", "dot") if row.open else (" state-ended", "task")
            return f'<span class="state{ended}">{icon(shape)}{escape(row.state)}</span>'
        if cell.column.kind == "moment":
            return self._moment(row, cell) if cell.moment else ""
        return self._to_edit(cell, at) if cell.edit else self._parts(cell)

    def _moment(self, row: Row, cell: Cell) -> str:
        if cell.column.key != "due_at" or not row.late:
            return str(day(cell.moment))
        late = f'<span class="unseen">, {self._words.late}</span>'
        return f'<span class="state state-stale">{icon("clock")}{day(cell.moment)}{late}</span>'

    def _to_edit(self, cell: Cell, at: str) -> str:
        column = cell.column
        if column not in self._titles:
            self._titles[column] = escape(self._words.change % {"title": column.title.lower()})
        key = escape(column.key)
        nothing = (
            f'<span class="dim" aria-hidden="true">&ndash;</span><span class="unseen">{self._words.nothing}</span>'
        )
        inside = ", ".join([escape(part.text) for part in cell.parts]) or nothing
        focus = " autofocus" if self._focus == column.key else ""
        return (
            f'<a class="cell" href="{at}edit/#field-{key}" hx-get="{at}cell/{key}/{self._asked}"'
            f' hx-target="closest td" hx-swap="innerHTML"{focus}>'
            f'<span class="unseen">{self._titles[column]} </span>{inside}</a>'
        )

    def _parts(self, cell: Cell) -> str:
        return ", ".join(
            [
                f'<a href="{escape(part.url)}{self._then}">{escape(part.text)}</a>' if part.url else escape(part.text)
                for part in cell.parts
            ]
        )
