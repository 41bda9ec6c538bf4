"""Where does each key and value of a YAML text stand? Looked up in a text that the reader has accepted."""

from collections.abc import Callable
from typing import Any

from yaml._yaml import CParser
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from lockgate.workspace.text.document import Entry, Mark


def places(text: str) -> Mark:
    """Return the places of the whole text; of a key that is there twice the first counts, as when reading."""
    following: Callable[[], Any] = CParser(text).get_event
    following()  # the stream begins
    if type(following()) is StreamEndEvent:
        return Mark(1, 1)
    return _place(following(), following, {})


def _place(event: Any, following: Callable[[], Any], anchors: dict[str, Mark]) -> Mark:
    kind = type(event)
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    if kind is AliasEvent:
        return Mark(line, column, anchors[event.anchor].inside)
    if kind is ScalarEvent:
        mark = Mark(line, column)
    elif kind is MappingStartEvent:
        mark = Mark(line, column, _entries(following, anchors))
    else:
        items = []
        while type(inner := following()) is not SequenceEndEvent:
            items.append(_place(inner, following, anchors))
        mark = Mark(line, column, items)
    if event.anchor is not None:
        anchors[event.anchor] = mark
    return mark


def _entries(following: Callable[[], Any], anchors: dict[str, Mark]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    while type(key := following()) is not MappingEndEvent:
        at = _place(key, following, anchors)
        value = _place(following(), following, anchors)
        if type(key) is ScalarEvent:
            entries.setdefault(key.value, Entry(at.line, at.column, value))
    return entries
