"""What might a file declare that can't be told, because of what is wrong in it? Dimensions that are in doubt.

D1  Where something is missing, or is not what belongs there, whatever would be declared there and below is in doubt.
D2  Beside a key that is not known, whatever the keys that are not given would declare is in doubt: one of them may be
    meant.
D3  A key that is only written wrongly is in no doubt: what refers to it is told nothing more.
D4  What a file with a fault of YAML declares is all in doubt: a part of it may not have been read.
"""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from lockgate.workspace.models.faults import present, value_at
from lockgate.workspace.models.model import Declares
from lockgate.workspace.models.shapes import dimensions_at, dimensions_of, fields_at
from lockgate.workspace.text.document import Document, Steps


def doubts(document: Document, model: type[BaseModel], errors: Iterable[ErrorDetails] = ()) -> frozenset[str]:
    """Return the dimensions of which the file may declare more than was read."""
    if document.findings or not document.readable:
        return dimensions_of(model)  # D4
    return frozenset(dimension for error in errors for dimension in _doubtful(error, document, model))


def _doubtful(error: ErrorDetails, document: Document, model: type[BaseModel]) -> Iterator[str]:
    if "message" in error.get("ctx", {}):
        return  # a fault of ours is found after all below it was read
    at = present(document, (), error["loc"])
    if error["type"] == "missing":
        yield from dimensions_at(model, (*at, error["loc"][-1]))  # D1
    elif error["type"] == "extra_forbidden":
        yield from _not_given(document, model, at[:-1])  # D2
    elif not (isinstance(error["input"], str) and _is_key(model, at)):  # D3
        yield from dimensions_at(model, at)  # D1


def _not_given(document: Document, model: type[BaseModel], around: Steps) -> Iterator[str]:
    given = value_at(document, around)
    for name in fields_at(model, around).keys() - set(given):
        yield from dimensions_at(model, (*around, name))


def _is_key(model: type[BaseModel], at: Steps) -> bool:
    field = fields_at(model, at[:-1]).get(str(at[-1])) if at else None
    return field is not None and any(isinstance(mark, Declares) for mark in field.metadata)
