"""What may stand at a place of a file? Looked up in the annotations of the models, once something is wrong there."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lockgate.workspace.models.model import Declares
from lockgate.workspace.text.document import Steps


def fields_at(model: Any, steps: Steps) -> dict[str, FieldInfo]:
    """Return the fields of the mapping at the end of the way, by the names that they have in a file."""
    return {
        _name(name, field): field
        for place in _places(model, steps)
        if _is_model(place)
        for name, field in place.model_fields.items()
    }


def dimensions_at(model: Any, steps: Steps) -> frozenset[str]:
    """Return the dimensions that keys at a place, and below it, declare."""
    field = fields_at(model, steps[:-1]).get(str(steps[-1])) if steps else None
    own = [mark.dimension for mark in field.metadata if isinstance(mark, Declares)] if field else []
    return frozenset(own).union(*(dimensions_of(place) for place in _places(model, steps)))


def dimensions_of(model: Any) -> frozenset[str]:
    """Return the dimensions that keys in a file of this model declare."""
    return frozenset(mark.dimension for mark in _marks(model, set()))


def declaring(model: type[BaseModel]) -> tuple[str, str] | None:
    """Return the field that declares the key of this very model, and its dimension."""
    for name, field in model.model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, Declares):
                return name, mark.dimension
    return None


def _places(model: Any, steps: Steps) -> list[Any]:
    places = list(_choices(model))
    for step in steps:
        places = [choice for place in places for inner in _inside(place, step) for choice in _choices(inner)]
    return places


def _name(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _is_model(place: Any) -> bool:
    return isinstance(place, type) and issubclass(place, BaseModel)


def _choices(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _choices(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for choice in get_args(annotation):
            yield from _choices(choice)
    else:
        yield annotation


def _inside(place: Any, step: str | int) -> Iterator[Any]:
    if _is_model(place):
        yield from (field.annotation for name, field in place.model_fields.items() if _name(name, field) == step)
        return
    origin, arguments = get_origin(place), get_args(place)
    if arguments and isinstance(origin, type):
        yield arguments[1] if issubclass(origin, Mapping) else arguments[0]


def _marks(annotation: Any, seen: set[Any]) -> Iterator[Declares]:
    if isinstance(annotation, Declares):
        yield annotation
    elif _is_model(annotation):
        if annotation in seen:
            return
        seen.add(annotation)
        for field in annotation.model_fields.values():
            yield from (mark for mark in field.metadata if isinstance(mark, Declares))
            yield from _marks(field.annotation, seen)
    else:
        for argument in get_args(annotation):
            yield from _marks(argument, seen)
