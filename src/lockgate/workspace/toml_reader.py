"""What does a TOML file hold? Plain data from Python's own reader, with the place of each key and value beside it.

T1  Python's reader decides what is TOML. The places are looked up in a text that it has accepted.
T2  Dates and times become texts as TOML writes them, so that both formats hold the same kinds of values.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple, cast

from lockgate.kernel.finding import Finding, Position
from lockgate.workspace.document import Data, Document, Entry, Mark, Steps
from lockgate.workspace.source import unfit_character

LARGEST_CHARACTERS = 100_000
DEEPEST = 50
_WHERE = re.compile(r" \(at line (\d+), column (\d+)\)$| \(at end of document\)$")
_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*)|(?P<line>\n)|(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}"""
    r"""|"(?:\\.|[^"\\\n])*"|'[^'\n]*')|(?P<sign>[\[\]{}=,.])|(?P<bare>[^\s\#\[\]{}=,."']+)""",
    re.DOTALL,
)


def read_toml(text: str, path: str) -> Document:
    """Return what the text holds; its findings say what is wrong with it."""
    fault = _too_much(text, path)
    data: dict[str, Any] = {}
    if fault is None:
        try:
            data = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            fault = _syntax(str(error), text, path)
    fault = fault or _unfit(data, text, path)
    if fault is not None:
        return Document(path, text, None, (fault,), readable=False)
    return Document(path, text, _plain(data), locate=_places)


def _places(text: str) -> Mark:
    return _Places(text).whole()


def _too_much(text: str, path: str) -> Finding | None:
    if len(text) > LARGEST_CHARACTERS:
        message = f"the file is longer than {LARGEST_CHARACTERS:,} characters"
        return Finding(Position(path), "too-large", message, "Leave only what belongs here.")
    for number, line in enumerate(text.split("\n"), 1):
        if line.partition("#")[0].count(".") > DEEPEST:
            return Finding(Position(path, number), "too-deep", f"more than {DEEPEST} dots in one line", "Flatten it.")
    return None


def _syntax(said: str, text: str, path: str) -> Finding:
    where = _WHERE.search(said)
    if where is None:
        return Finding(Position(path), "too-deep", "too many levels within each other", "Flatten it.")
    lines = text.split("\n")
    at = (int(where[1]), int(where[2])) if where[1] else (len(lines), len(lines[-1]) + 1)
    message = said[: where.start()]
    code = "duplicate-key" if "Cannot overwrite" in message or "twice" in message else "syntax"
    return Finding(Position(path, *at), code, f"this is no TOML: {message[:1].lower()}{message[1:]}", "")


def _unfit(data: Any, text: str, path: str) -> Finding | None:
    """Return what an escape in quotes has brought in that must not be in a value."""
    if "\\" not in text:
        return None
    document = Document(path, text, data, locate=_places)
    for steps, value in _texts(data, ()):
        if unfit := unfit_character(value):
            message = f"the character U+{ord(unfit):04X} is not allowed"
            return Finding(document.at(steps), "control-character", message, "Remove it.")
    return None


def _texts(value: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*steps, key), key
            yield from _texts(inner, (*steps, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*steps, number))


def _plain(value: Any) -> Data:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()  # T2
    plain: Data = value
    return plain


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
