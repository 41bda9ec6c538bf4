"""Which files may a workspace hold, and which keys may stand in them? Written into the reference from the models.

`python tools/workspace_reference.py` writes the part of the page between its two marks; a test tells when it is due.
"""

import sys
from collections.abc import Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lockgate.programme.installed import OWN, Found, practices
from lockgate.workspace.frame import FRAME
from lockgate.workspace.loading import target_of
from lockgate.workspace.models.model import Declares, Reference

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "workspace.md"
BEGIN, END = "<!-- keys: written by tools/workspace_reference.py -->\n", "<!-- end of keys -->\n"
_PLAIN = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`", date: "date", NoneType: ""}


def main() -> int:
    """Write the page; return the exit code."""
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def rewritten(page: str) -> str:
    """Return the page with the keys as the models have them now."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{keys()}\n{END}{rest.partition(END)[2]}"


def keys() -> str:
    """Return the keys of every file, as Markdown."""
    kinds = (*FRAME, *(kind for found in ours() for kind in found.practice.files))
    return "\n".join(line for kind in kinds for line in _file(kind.pattern, target_of(kind.target)))


def ours() -> list[Found]:
    """Return the practices that are part of Lockgate."""
    return [each for each in practices() if isinstance(each, Found) and each.owner.split(" ", 1)[0] == OWN]


def _file(pattern: str, model: type[BaseModel]) -> Iterator[str]:
    yield f"## `{pattern}`\n"
    yield f"{_summary(model)}\n"
    for each in _models(model, []):
        if each is not model:
            yield f"**{_title(each)}**: {_summary(each)}\n"
        yield "| key | holds | meaning |\n| --- | --- | --- |"
        for name, field in each.model_fields.items():
            needed = " (needed)" if field.is_required() else ""
            about = (field.description or "").replace("\n", " ").replace("|", "\\|")
            yield f"| `{field.alias or name}` | {_words(field.annotation, field)}{needed} | {about} |"
        yield ""


def _models(annotation: Any, seen: list[type[BaseModel]]) -> list[type[BaseModel]]:
    """Return the models in the order in which they are met, each once."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in seen:
            seen.append(annotation)
            for field in annotation.model_fields.values():
                _models(field.annotation, seen)
        return seen
    for argument in get_args(annotation):
        _models(argument, seen)
    return seen


def _words(annotation: Any, field: FieldInfo | None = None) -> str:
    for mark in field.metadata if field else ():
        if isinstance(mark, Reference):
            return f"key of a {mark.dimension}"
        if isinstance(mark, Declares):
            return "key"
    return _of_type(annotation)


def _of_type(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _words(arguments[0], FieldInfo.from_annotation(annotation))
    if origin in {Union, UnionType}:
        return " or ".join(filter(None, map(_words, arguments)))
    if origin is dict:
        return f"{_words(arguments[1])}, by key"
    if arguments and isinstance(origin, type):
        return f"list: {_words(arguments[0])}"
    return _of_class(annotation) if isinstance(annotation, type) else "anything"


def _of_class(annotation: type) -> str:
    if issubclass(annotation, Enum):
        return ", ".join(f"`{each.value}`" for each in annotation)
    return _title(annotation) if issubclass(annotation, BaseModel) else _PLAIN.get(annotation, "anything")


def _title(model: type) -> str:
    name = model.__name__.removesuffix("Definition")
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _summary(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
