"""What becomes of each column of the old systems: used, ignored on purpose, or forgotten?

W1  Used is a column that a mapping of its dataset names in an expression, alone or through an entity or lines; so is
    one that a join looks up, that tells records apart, refers to others, or decides which records come along.
W2  Ignored on purpose is one that the dataset names as unused, with the reason.
W3  All else is forgotten, whether a rule judges it or not: nobody has said what becomes of it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from lockgate.practices.migration.definition import Dataset, Entity, LeftOut
from lockgate.practices.migration.definition import Mapping as Declared
from lockgate.practices.migration.definition.mapped import FieldRule, FieldValue

Use = Literal["used", "ignored", "forgotten"]
_TEXT: Final = re.compile(r"'(?:[^']|'')*'")
_NAME: Final = re.compile(r'"((?:[^"]|"")+)"|([^\W\d]\w*)')


@dataclass(frozen=True)
class Covered:
    """What becomes of a column."""

    use: Use
    by: tuple[str, ...] = ()
    """The mappings that use it."""
    why: str = ""
    """Why it is ignored."""


def covered(
    dataset: Dataset,
    columns: Iterable[str],
    mappings: Sequence[Declared],
    entities: Mapping[str, Entity],
    left_out: Sequence[LeftOut] = (),
) -> dict[str, Covered]:
    """Return what becomes of each of the columns."""
    named = {mapping.key: _names(_said_of(mapping, dataset, entities)) for mapping in mappings}
    own = {*(name.casefold() for name in dataset.id)}
    own |= {name.casefold() for link in dataset.links for name in link.columns}
    own |= _names(one.when for one in left_out if one.dataset == dataset.key)
    return {column: _one(column, dataset, named, own) for column in columns}


def _one(column: str, dataset: Dataset, named: Mapping[str, set[str]], own: set[str]) -> Covered:
    if column in dataset.unused:
        return Covered("ignored", why=dataset.unused[column])  # W2
    name = column.casefold()
    by = tuple(key for key, names in named.items() if name in names)
    return Covered("used" if by or name in own else "forgotten", by)  # W1, W3


def _said_of(mapping: Declared, dataset: Dataset, entities: Mapping[str, Entity]) -> list[str]:
    """Return the expressions of a mapping that can name columns of a dataset."""
    found: list[str] = []
    if mapping.dataset == dataset.key or dataset.key in _names([mapping.join or ""]):
        found += _expressions(mapping.fields)
        found += [mapping.where or "", mapping.join or "", *(mapping.record or ())]
    if mapping.entity is not None:
        for part in entities[mapping.entity].parts:
            if part.dataset == dataset.key:
                found += [*part.columns.values(), part.where or ""]
    for lines in mapping.lines.values():
        if lines.dataset == dataset.key or dataset.key in _names([lines.join or ""]):
            found += [*_expressions(lines.fields), lines.where or "", lines.join or "", lines.of, *lines.key]
    return found


def _expressions(fields: Mapping[str, FieldValue]) -> list[str]:
    return [(value.of or "") if isinstance(value, FieldRule) else value for value in fields.values()]


def _names(expressions: Iterable[str]) -> set[str]:
    """Return the names that stand in SQL, in small letters; texts in it are no names."""
    return {
        (quoted.replace('""', '"') or bare).casefold()
        for expression in expressions
        for quoted, bare in _NAME.findall(_TEXT.sub("''", expression))
    }
