"""What does a TOML file hold? Plain data from Python's own reader; what is wrong in it is told where it stands.

T1  Python's reader decides what is TOML. The places are looked up in a text that it has accepted.
T2  Dates and times become texts as TOML writes them, so that both formats hold the same kinds of values.
T3  What is there twice is told where it is there again, not where Python's reader noticed it.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from lockgate.kernel.finding import Finding, Position
from lockgate.workspace.text.document import Data, Document, Steps
from lockgate.workspace.text.source import unfit_character
from lockgate.workspace.text.toml_places import beyond, last_name, places
from lockgate.workspace.words import clipped

LARGEST_CHARACTERS = 100_000
DEEPEST = 50
_WHERE = re.compile(r" \(at line (\d+), column (\d+)\)$| \(at end of document\)$")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate")
_ADVICE = {
    "Invalid value": "Put a text in quotes.",
    "Unterminated": "Close the quotes.",
    "Unclosed": "Close what was opened before: `[` or `{`.",
    "Expected ']": "Close the name of the table: `[table]`.",
    "initial character for a key": "A key holds letters, digits, `-` and `_`; put others in quotes.",
    "Expected newline": "End the line here; what comes next has a line of its own.",
    "Unescaped": "Write two backslashes, or put the text in single quotes.",
}


def read_toml(text: str, path: str) -> Document:
    """Return what the text holds; its findings say what is wrong with it."""
    fault = _too_much(text, path)
    data: dict[str, Any] = {}
    if fault is None:
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            fault = _syntax(str(error), text, path)
    fault = fault or _unfit(data, text, path)
    if fault is not None:
        return Document(path, text, None, (fault,), readable=False)
    return Document(path, text, _plain(data), locate=places)


def _too_much(text: str, path: str) -> Finding | None:
    if len(text) > LARGEST_CHARACTERS:
        message = f"the file is longer than {LARGEST_CHARACTERS:,} characters"
        return Finding(Position(path), "too-large", message, "Leave only what belongs here.")
    for number, line in enumerate(text.split("\n"), 1):
        dots = line.partition("#")[0].split(".")
        if len(dots) > DEEPEST + 1:
            at = Position(path, number, len(".".join(dots[: DEEPEST + 1])) + 1)
            return Finding(at, "too-deep", f"more than {DEEPEST} dots in one line", "Flatten it.")
    return _too_deep(text, path) if text.count("[") + text.count("{") > DEEPEST else None


def _too_deep(text: str, path: str) -> Finding | None:
    at = beyond(DEEPEST, text)
    if at is None:
        return None
    return Finding(Position(path, *at), "too-deep", f"more than {DEEPEST} levels within each other", "Flatten it.")


def _syntax(said: str, text: str, path: str) -> Finding:
    where = _WHERE.search(said)
    lines = text.split("\n")
    line, column = (int(where[1]), int(where[2])) if where and where[1] else (len(lines), len(lines[-1]) + 1)
    message = said[: where.start()] if where else said
    if any(word in message for word in _TWICE):
        name = last_name("\n".join([*lines[: line - 1], lines[line - 1][: column - 1]]))  # T3
        twice = clipped(".".join(token.text for token in name))
        at = Position(path, name[0].line, name[0].column)
        return Finding(at, "duplicate-key", f"`{twice}` is here twice", "Keep one.")
    hint = next((hint for words, hint in _ADVICE.items() if words in message), "Write `key = value`, one a line.")
    at = Position(path, line, column)
    return Finding(at, "syntax", f"this is no TOML: {message[:1].lower()}{message[1:]}", hint)


def _unfit(data: Any, text: str, path: str) -> Finding | None:
    """Return what an escape in quotes has brought in that must not be in a value."""
    if "\\" not in text:
        return None
    document = Document(path, text, data, locate=places)
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
