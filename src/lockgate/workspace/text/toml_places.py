"""Where does each key and value of a TOML text stand? Looked up in a text that Python's reader has accepted."""

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple, cast

from lockgate.workspace.text.document import Entry, Mark

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*)|(?P<line>\n)|(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}"""
    r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*')|(?P<sign>[\[\]{}=,.])|(?P<bare>[^\s\#\[\]{}=,."']+)""",
    re.DOTALL,
)


class _Token(NamedTuple):
    kind: str | None
    text: str
    line: int
    column: int


_END = _Token("end", "", 0, 0)


def _tokens(text: str) -> Iterator[_Token]:
    line, began = 1, 0
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "blank":
            yield _Token(found.lastgroup, found[0], line, found.start() - began + 1)
        breaks = found[0].count("\n")
        if breaks:
            line += breaks
            began = found.start() + found[0].rindex("\n") + 1


def places(text: str) -> Mark:
    """Return the places of the whole text."""
    return _Places(text).whole()


def beyond(deepest: int, text: str) -> tuple[int, int] | None:
    """Return the line and column at which more is opened within each other than may be, None when nowhere."""
    depth = 0
    for token in _tokens(text):
        depth += (token.text in {"[", "{"}) - (token.text in {"]", "}"})
        if depth > deepest:
            return token.line, token.column
    return None


def last_name(text: str) -> list[_Token]:
    """Return the parts of the last name of a key or table in a text."""
    last: list[_Token] = []
    run: list[_Token] = []
    depth, before, heading = 0, _END, False
    for token in _tokens(text):
        heading = depth == 0 and token.text == "[" and (before.kind in {"line", "end"} or heading)
        if token.kind in {"text", "bare"}:
            run = run if before.text == "." else []
            run.append(token)
            last = run if before.text == "[" and depth == 0 else last
        elif token.text == "=":
            last = run
        elif not heading:
            depth = max(0, depth + (token.text in {"[", "{"}) - (token.text in {"]", "}"}))
        before = token
    return last


class _Places:
    """Looks up where everything stands in a text that is TOML."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.token = _END
        self._take()

    def whole(self) -> Mark:
        """Return the places of the whole text."""
        root = table = Mark(1, 1, {})
        while self.token is not _END:
            if self.token.kind == "line":
                self._take()
            elif self.token.text == "[":
                table = self._header(root)
            else:
                self._pair(table)
        return root

    def _take(self) -> _Token:
        taken, self.token = self.token, next(self.tokens, _END)
        return taken

    def _header(self, root: Mark) -> Mark:
        """Read `[a.b]` or `[[a.b]]`; return the table that it opens."""
        first = self._take()
        several = self.token.text == "["
        if several:
            self._take()
        *above, (name, token) = self._name()
        self._take()
        if several:
            self._take()
        table = _below(root, above)
        new = Mark(first.line, first.column, {})
        if not several:
            return _entry(table, name, token, new).value
        rows = _entry(table, name, token, Mark(token.line, token.column, [])).value
        cast("list[Mark]", rows.inside).append(new)
        return new

    def _name(self) -> list[tuple[str, _Token]]:
        """Read `a.b."c"`; return each part and where it stands."""
        parts = []
        while True:
            token = self._take()
            parts.append((_unquoted(token.text), token))
            if self.token.text != ".":
                return parts
            self._take()

    def _pair(self, table: Mark) -> None:
        *above, (name, token) = self._name()
        self._take()  # =
        _entry(_below(table, above), name, token, self._value())

    def _value(self) -> Mark:
        first = self.token
        if first.text == "[":
            return Mark(first.line, first.column, self._array())
        if first.text == "{":
            return self._inline_table()
        while self.token.kind not in {"line", "end"} and self.token.text not in {",", "]", "}"}:
            self._take()
        return Mark(first.line, first.column)

    def _array(self) -> list[Mark]:
        self._take()
        items = []
        while self.token.text != "]":
            if self.token.kind == "line" or self.token.text == ",":
                self._take()
            else:
                items.append(self._value())
        self._take()
        return items

    def _inline_table(self) -> Mark:
        first = self._take()
        table = Mark(first.line, first.column, {})
        while self.token.text != "}":
            if self.token.kind == "line" or self.token.text == ",":
                self._take()
            else:
                self._pair(table)
        self._take()
        return table


def _entry(table: Mark, name: str, token: _Token, value: Mark) -> Entry:
    """Return the entry of that name, made when there is none yet."""
    entries = cast("dict[str, Entry]", table.inside)
    return entries.setdefault(name, Entry(token.line, token.column, value))


def _below(table: Mark, names: list[tuple[str, _Token]]) -> Mark:
    """Return the table at the end of the names; of a list of tables it is the newest."""
    for name, token in names:
        table = _entry(table, name, token, Mark(token.line, token.column, {})).value
        if isinstance(table.inside, list):
            table = table.inside[-1]
    return table


def _unquoted(text: str) -> str:
    return str(tomllib.loads(f"key = {text}")["key"]) if text[0] in "\"'" else text
