"""Which ids does an external id leave open? What Odoo makes for a new company has the id of the company in its name.

H1  `{KEY}` in an external id with a dot stands for the id of the record that the template keeps under that key, as in
    the template itself: `account.{our-company}_a100`.
H2  Holes are looked for in what is declared, never in data: a brace in a record is a brace.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lockgate.practices.migration.definition import Mapping as Declared
from lockgate.practices.migration.definition.mapped import FieldRule

_HOLE: Final = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")


def holes(text: str) -> frozenset[str]:
    """Return the keys that a text leaves open (H1)."""
    return frozenset(_HOLE.findall(text))


def filled(text: str, ids: Mapping[str, int]) -> str:
    """Return the text with ids in place of the keys that are known."""
    return _HOLE.sub(lambda hole: str(ids.get(hole[1], hole[0])), text)


def closed(text: str) -> str:
    """Return the text with a number in each hole, as long as the hole is, to see whether it can be read."""
    return _HOLE.sub(lambda hole: "0" * len(hole[0]), text)


def holes_of(mappings: Iterable[Declared]) -> frozenset[str]:
    """Return the keys that the references of these mappings leave open (H2)."""
    return frozenset(key for mapping in mappings for rule in _rules(mapping) for key in holes(_said(rule)))


def _rules(mapping: Declared) -> Iterator[FieldRule]:
    parts = (mapping.fields, *(lines.fields for lines in mapping.lines.values()))
    return (rule for part in parts for rule in part.values() if isinstance(rule, FieldRule) and rule.resource)


def _said(rule: FieldRule) -> str:
    return " ".join([rule.of or "", str(rule.value or ""), rule.otherwise or "", *(rule.map or {}).values()])
