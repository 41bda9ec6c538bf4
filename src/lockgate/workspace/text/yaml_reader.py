"""What does a YAML file hold? Plain data, read from the events of libyaml by the rules of YAML 1.2.

Y1  Plain scalars mean what the core schema of YAML 1.2 says; a key is always a text, as it is written.
Y2  A key that is there twice, a key that is no text, a merge key and a tag beyond the core schema are findings; the
    rest of the file is read all the same.
Y3  Depth, number of values and aliases have limits, values counted as if every alias were written out. What goes beyond
    them, or is no YAML, is one finding, and the file is not read any further.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from lockgate.kernel.finding import Finding, Position
from lockgate.workspace.text.document import Data, Document
from lockgate.workspace.text.scalars import Scalar, resolve
from lockgate.workspace.text.source import unfit_character
from lockgate.workspace.text.yaml_places import places
from lockgate.workspace.words import clipped

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_VALUES: Final = 100_000
MOST_ALIASES: Final = 1_000
DEEPEST: Final = 50
_CORE: Final = "tag:yaml.org,2002:"
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "null": (type(None),),
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
}
_ADVICE: Final = {
    "mapping values are not allowed": "Put a text that holds `: ` in quotes, and check how the line is indented.",
    "did not find expected key": "Check how the line and the one before are indented, and that quotes are closed.",
    "could not find expected ':'": "A key is followed by a colon and a blank.",
    "did not find expected '-' indicator": "Check how the line is indented: a list goes on with `- `.",
    "while scanning a quoted scalar": "Close the quotes.",
    "found unexpected end of stream": "Close what was opened before: quotes, `[` or `{`.",
    "cannot start any token": "Put a text that begins with this character in quotes.",
    "did not find expected ',' or": "Separate with commas, and close with `]` or `}`.",
}


class _Stopped(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True)
class _Anchored:
    """What an alias stands for."""

    data: Data
    values: int
    height: int


def read_yaml(text: str, path: str) -> Document:
    """Return what the text holds; its findings say what is wrong with it."""
    building = _Building(text, path)
    try:
        data = building.whole()
    except _Stopped as stop:
        fault = stop.finding
    except yaml.MarkedYAMLError as error:
        fault = building.syntax(error)
    else:
        return Document(path, text, data, tuple(building.findings), locate=places)
    return Document(path, text, None, (*building.findings, fault), readable=False)


class _Building:
    """The work on one file."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.findings: list[Finding] = []
        self.next: Callable[[], Any] = CParser(text).get_event
        self.anchors: dict[str, _Anchored | None] = {}
        self.values = 0
        self.aliases = 0
        self.deepest = 0

    def whole(self) -> Data:
        self.next()  # the stream begins
        if type(self.next()) is StreamEndEvent:
            return None
        data = self._value(self.next(), 1)
        self.next()  # the document ends
        event = self.next()
        if type(event) is not StreamEndEvent:
            self._stop(event, "several-documents", "a second document begins here", "One file holds one document.")
        return data

    def syntax(self, error: yaml.MarkedYAMLError) -> Finding:
        """Return what libyaml says as a finding, with advice."""
        mark = error.problem_mark or error.context_mark
        at = Position(self.path, mark.line + 1, mark.column + 1) if mark else Position(self.path)
        said = f"{error.context or ''} {error.problem or ''}"
        lines = self.text.splitlines()
        line = lines[at.line - 1] if at.line <= len(lines) else ""
        tabbed = line[: len(line) - len(line.lstrip())].find("\t")
        if tabbed >= 0 or "'\\t'" in said:
            column = tabbed + 1 if tabbed >= 0 else at.column
            at = Position(self.path, at.line, column)
            return Finding(at, "tab", "a tab can't indent YAML", "Indent with blanks.")
        advice = next((hint for words, hint in _ADVICE.items() if words in said), "")
        return Finding(at, "syntax", f"this is no YAML: {error.problem}", advice)

    def _value(self, event: Any, depth: int) -> Data:
        self.values += 1
        if self.values > MOST_VALUES:
            self._too_many(event)
        kind = type(event)
        if kind is ScalarEvent:
            value = self._scalar(event)
            if event.anchor is not None:
                self.anchors[event.anchor] = _Anchored(value, 1, 0)
            return value
        if kind is AliasEvent:
            return self._alias(event, depth)
        if depth > DEEPEST:
            self._too_deep(event)
        if event.tag is not None:
            self._check_tag(event, "seq" if kind is SequenceStartEvent else "map")
        if event.anchor is not None:
            return self._anchored(event, depth)
        return self._mapping(depth) if kind is MappingStartEvent else self._sequence(depth)

    def _anchored(self, event: Any, depth: int) -> Data:
        before, deepest = self.values, self.deepest
        self.anchors[event.anchor] = None  # it must not stand inside of itself
        self.deepest = depth
        data = self._mapping(depth) if type(event) is MappingStartEvent else self._sequence(depth)
        self.anchors[event.anchor] = _Anchored(data, self.values - before + 1, self.deepest - depth + 1)
        self.deepest = max(self.deepest, deepest)
        return data

    def _sequence(self, depth: int) -> Data:
        self.deepest = max(self.deepest, depth)
        items: list[Data] = []
        following = self.next
        while type(event := following()) is not SequenceEndEvent:
            items.append(self._value(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> Data:
        self.deepest = max(self.deepest, depth)
        content: dict[str, Data] = {}
        following = self.next
        while type(event := following()) is not MappingEndEvent:
            name = self._key(event, depth, content)
            value = self._value(following(), depth + 1)
            if name is not None:
                content[name] = value
        return content

    def _key(self, event: Any, depth: int, content: dict[str, Data]) -> str | None:
        """Return the key as a text, None for one that is not to be kept (Y2)."""
        if type(event) is not ScalarEvent:
            self._find(event, "key-not-text", "a key is a text", "Write `key: value`, with quotes around odd keys.")
            self._value(event, depth + 1)
            return None
        self.values += 1
        name: str = event.value
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(name, 1, 0)
        if name in content:
            self._find(event, "duplicate-key", f"`{clipped(name)}` is here twice", "Keep one; the first is read.")
        elif name == "<<" and event.implicit[0]:
            self._find(event, "merge-key", "YAML 1.2 has no merge key", "Write out what it would bring in.")
        elif event.style == '"' and (unfit := unfit_character(name)):
            self._find(event, "control-character", f"the character U+{ord(unfit):04X} is not allowed", "Remove it.")
        else:
            return name
        return None

    def _scalar(self, event: Any) -> Scalar:
        text: str = event.value
        if event.style == '"' and (unfit := unfit_character(text)):
            self._find(event, "control-character", f"the character U+{ord(unfit):04X} is not allowed", "Remove it.")
        if event.tag is not None:
            return self._tagged(event)
        return self._resolved(event) if event.implicit[0] else text

    def _resolved(self, event: Any) -> Scalar:
        try:
            return resolve(event.value)
        except ValueError as error:
            self._find(event, "number-out-of-range", str(error), "Put it in quotes if it is a text.")
            return None

    def _tagged(self, event: Any) -> Scalar:
        """Return what a scalar with a tag of the core schema means."""
        name = self._check_tag(event, "str", *_TYPES)
        if name not in _TYPES:
            return str(event.value)
        value = self._resolved(event)
        if type(value) not in _TYPES[name]:
            self._find(event, "tag", f"this is no `!!{name}`", "Leave the tag out.")
        return value

    def _check_tag(self, event: Any, *allowed: str) -> str:
        name = str(event.tag).removeprefix(_CORE)
        if name not in allowed and event.tag != "!":
            self._find(event, "tag", f"the tag `{clipped(event.tag)}` is not known here", "Leave the tag out.")
        return name

    def _alias(self, event: Any, depth: int) -> Data:
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            self._stop(event, "too-many-aliases", f"more than {MOST_ALIASES:,} aliases", "Write it out.")
        name = clipped(event.anchor)
        if event.anchor not in self.anchors:
            advice = "Name an anchor that stands before it, or put a text that begins with `*` in quotes."
            self._stop(event, "unknown-alias", f"no anchor `&{name}` stands before", advice)
        anchored = self.anchors[event.anchor]
        if anchored is None:
            self._stop(event, "endless-alias", f"`*{name}` stands inside of itself", "Write it out.")
        self.values += anchored.values - 1
        if self.values > MOST_VALUES:
            self._too_many(event)
        reached = depth + anchored.height - 1
        if reached > DEEPEST:
            self._too_deep(event)
        self.deepest = max(self.deepest, reached)
        return anchored.data

    def _too_deep(self, event: Any) -> NoReturn:
        self._stop(event, "too-deep", f"more than {DEEPEST} levels within each other", "Flatten it.")

    def _too_many(self, event: Any) -> NoReturn:
        self._stop(event, "too-many-values", f"more than {MOST_VALUES:,} values in one file", "Split it.")

    def _find(self, event: Any, code: str, message: str, hint: str) -> None:
        start = event.start_mark
        self.findings.append(Finding(Position(self.path, start.line + 1, start.column + 1), code, message, hint))

    def _stop(self, event: Any, code: str, message: str, hint: str) -> NoReturn:
        start = event.start_mark
        raise _Stopped(Finding(Position(self.path, start.line + 1, start.column + 1), code, message, hint))
