"""How does a model say what a file may hold? A `Definition`, whose keys declare things and refer to others.

    class Scenario(Definition):
        key: Annotated[Key, Declares("scenario")]
        role: Annotated[str, Reference("role")]

M1  A key that no field has is a fault, a text is no number and a number is no text, and nothing is ever changed.
M2  A key declared in one file can be referred to from every other. What is declared twice, or referred to and declared
    nowhere, is a fault where it stands.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lockgate.workspace.words import advice, clipped

REFERS = "x-refers-to"
"""The key of a JSON Schema that says of which dimension a value is a key."""
KEY_FORM = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FORMS: dict[str, str] = {KEY_FORM: "Small letters, digits and single hyphens, like `north-sea`."}
"""How a pattern is explained to a person."""

Key = Annotated[str, Field(pattern=KEY_FORM, max_length=64)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
FORMS[r"\S"] = "Write something."


Item = TypeVar("Item")


def _distinct(items: tuple[Item, ...]) -> tuple[Item, ...]:
    for number, item in enumerate(items):
        if item in items[:number]:
            raise fault("declared-twice", f"`{clipped(str(item))}` is here twice", "Remove one.", at=(number,))
    return items


_MOST = 1_000
Distinct = Annotated[tuple[Item, ...], Field(max_length=_MOST), AfterValidator(_distinct)]
"""A list without repeats."""
Some = Annotated[tuple[Item, ...], Field(min_length=1, max_length=_MOST), AfterValidator(_distinct)]
"""A list without repeats that is not empty."""


class Definition(BaseModel):
    """A part of the programme as it is declared (M1)."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True, use_attribute_docstrings=True)

    digested_apart: ClassVar[frozenset[str]] = frozenset()
    """Fields that hold definitions with digests of their own, which therefore leave this one's alone."""


def fault(code: str, message: str, hint: str = "", *, at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """Return what a validator raises; `at` leads from the value that is validated to the place that is wrong."""
    context = {"message": message, "hint": hint, "at": at}
    return PydanticCustomError(code, "{message}", context)


@dataclass
class Census:
    """What one file declares and refers to, noted while it is validated; with `known`, faults are told (M2)."""

    path: str = ""
    declared: Counter[tuple[str, str]] = field(default_factory=Counter)
    referred: set[tuple[str, str]] = field(default_factory=set)
    known: Mapping[str, Collection[str]] | None = None
    """By dimension, every key there is; a dimension that could not be counted is not in it."""
    miswritten: set[tuple[str, str]] = field(default_factory=set)
    """What is declared by a key that is not written as it should be."""
    doubts: frozenset[str] = frozenset()
    """Dimensions of which the file may declare more, had it nothing wrong."""
    first: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By dimension and key, the file that declares it first."""

    def declare(self, dimension: str, key: str) -> None:
        """Note that this file declares a key."""
        self.declared[dimension, key] += 1
        elsewhere = self.first.get((dimension, key), self.path)
        if self.known is not None and (elsewhere != self.path or self.declared[dimension, key] > 1):
            message = f"the {dimension} `{clipped(key)}` is declared twice"
            raise fault("declared-twice", message, f"The first is in {elsewhere}. Rename or remove one.")

    def refer(self, dimension: str, key: str) -> None:
        """Note that this file refers to a key."""
        self.referred.add((dimension, key))
        if self.known is not None and dimension in self.known and key not in self.known[dimension]:
            hint = advice(key, sorted(self.known[dimension]), otherwise="Declared")
            raise fault("unknown-reference", f"no {dimension} `{clipped(key)}` is declared", hint)


@dataclass(frozen=True)
class Declares:
    """Marks a field whose value is the key of something that others may refer to."""

    dimension: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(self._note, handler(source))

    def _note(self, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        census = info.context
        try:
            key = handler(value)
        except ValidationError:
            if isinstance(census, Census):
                census.miswritten.add((self.dimension, str(value)))
            raise
        if isinstance(census, Census):
            census.declare(self.dimension, key)
        return key


@dataclass(frozen=True)
class Reference:
    """Marks a field whose value is the key of something declared, here or in another file."""

    dimension: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._note, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), REFERS: self.dimension}

    def _note(self, value: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Census):
            info.context.refer(self.dimension, value)
        return value
