"""Does a file hold what it may hold? A model validates its data; every fault is a finding with a place."""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lockgate.kernel.finding import Finding
from lockgate.workspace.models.doubts import doubts
from lockgate.workspace.models.faults import finding_of, value_at
from lockgate.workspace.models.model import Census
from lockgate.workspace.text.document import Document, Steps

Model = TypeVar("Model", bound=BaseModel)


def parse(
    document: Document, model: type[Model], at: Steps = (), *, known: Mapping[str, Collection[str]] | None = None
) -> tuple[Model | None, tuple[Finding, ...]]:
    """Return the model of what stands in the document `at` a place, and everything that is wrong, reading included.

    References are checked when `known` says which keys there are by dimension.
    """
    return examine(document, model, at, census=Census(document.path, known=known))


def examine(
    document: Document, model: type[Model], at: Steps = (), *, census: Census
) -> tuple[Model | None, tuple[Finding, ...]]:
    """Do the same as `parse`, and note in the census what is declared and referred to."""
    if not document.readable:
        census.doubts |= doubts(document, model)
        return None, document.findings
    try:
        value = value_at(document, at)
    except KeyError as error:
        missing = Finding(document.at(at), "missing-key", f"`{error.args[0]}` is missing", "Add it.")
        return None, (*document.findings, missing)
    if value is None and not at:
        value = {}  # an empty file declares nothing
    if document.findings:
        census.doubts |= doubts(document, model)
    try:
        return model.model_validate_json(orjson.dumps(value), context=census), document.findings
    except ValidationError as error:
        errors = error.errors(include_url=False)
        census.doubts |= doubts(document, model, errors) if not at else frozenset()
        told = {finding.at for finding in document.findings}
        faults = (finding_of(each, document, model, at) for each in _own(errors))
        return None, (*document.findings, *sorted({each for each in faults if each.at not in told}))


def _own(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Return the faults without those that only follow from others: a list is not too short for what is wrong in it."""
    around = {error["loc"][:size] for error in errors for size in range(len(error["loc"]))}
    return (error for error in errors if error["type"] != "too_short" or error["loc"] not in around)
