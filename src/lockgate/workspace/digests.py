"""Has a definition changed? Its digest tells: one for each key, deaf to comments, order and formatting.

D1  A digest is taken of what a definition says, not of how: what equals the default counts as not said, so that a key
    which a later Lockgate adds changes no digest.
D2  Definitions inside of another that have digests of their own leave the outer one's alone (the sites below a site).
D3  What a site has from above is part of it: when its country changes above, the site has changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from lockgate.kernel.canonical import digest
from lockgate.workspace.models.model import Declares, Definition
from lockgate.workspace.models.shapes import declaring
from lockgate.workspace.text.document import Steps
from lockgate.workspace.tree import Site


def content_of(model: BaseModel) -> dict[str, Any]:
    """Return what a definition says, as plain data (D1, D2)."""
    apart = set(model.digested_apart) if isinstance(model, Definition) else set()
    content: dict[str, Any] = model.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=apart)
    return content


def site_content(site: Site) -> dict[str, Any]:
    """Return what holds at a site, as plain data (D3)."""
    plain = {name: value for name, value in vars(site).items() if name not in {"below", "above", "periods", "jobs"}}
    plain |= {} if site.jobs is None else {"jobs": sorted(site.jobs)}  # D1
    return {**plain, "capabilities": sorted(site.capabilities), "periods": [content_of(each) for each in site.periods]}


@dataclass(frozen=True)
class Defined:
    """One definition in a file."""

    name: str
    """Like `role:sponsor`."""
    digest: str
    steps: Steps
    """The way to it."""


def definitions_of(model: BaseModel, steps: Steps = ()) -> Iterator[Defined]:
    """Return every definition in a file, with its digest."""
    declared = declaring(type(model))
    if declared is not None:
        yield Defined(f"{declared[1]}:{getattr(model, declared[0])}", digest(content_of(model)), steps)
    for name, field in type(model).model_fields.items():
        way = (*steps, field.alias or name)
        yield from _inside(getattr(model, name), _dimension_of_keys(field.annotation), way)


def digests_of(model: BaseModel) -> Iterator[tuple[str, str]]:
    """Return the digest of every definition in a file, by names like `role:sponsor`."""
    return ((one.name, one.digest) for one in definitions_of(model))


def _inside(value: Any, dimension: str | None, steps: Steps) -> Iterator[Defined]:
    if isinstance(value, BaseModel):
        yield from definitions_of(value, steps)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if dimension is not None and isinstance(inner, BaseModel):
                yield Defined(f"{dimension}:{key}", digest(content_of(inner)), (*steps, key))
            yield from _inside(inner, None, (*steps, key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _inside(inner, None, (*steps, number))


def _dimension_of_keys(annotation: Any) -> str | None:
    """Return the dimension that the keys of a mapping declare."""
    keys = getattr(annotation, "__args__", (None,))[0]
    marks = (mark for mark in getattr(keys, "__metadata__", ()) if isinstance(mark, Declares))
    return next((mark.dimension for mark in marks), None)
