"""What is claimed of Odoo, and how is it tried? Probes: one check each, that reads an instance and changes nothing.

P1  A probe has exactly one check.
P2  A count has a bound at least, and its bounds leave room for a number.
P3  A domain is written as Odoo writes it: terms of field, operator and value, and the operators `&`, `|` and `!`.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from lockgate.workspace.models.model import FORMS, Declares, Definition, Distinct, Key, Reference, Text, fault
from lockgate.workspace.models.technical import ExternalId, FieldName, ModuleName
from lockgate.workspace.words import listed, said

_MODEL = r"^[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*$"
FORMS[_MODEL] = "The technical name of a model of Odoo, like `stock.lot`."

ModelName = Annotated[str, Field(pattern=_MODEL)]
Right = Literal["read", "write", "create", "unlink"]
Plain = bool | int | float | str
"""What a field may be compared with."""
_OPERATORS = frozenset(
    {
        *("=", "!=", "<", "<=", ">", ">=", "in", "not in", "like", "not like", "ilike", "not ilike"),
        *("=like", "=ilike", "child_of", "parent_of", "any", "not any"),
    }
)
_JOINED = frozenset({"&", "|", "!"})


def _domain(terms: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse what is no domain (P3)."""
    for number, term in enumerate(terms):
        if isinstance(term, str) and term in _JOINED:
            continue
        if not isinstance(term, list) or len(term) != _TERM:
            hint = "A term is [field, operator, value], like [state, =, done]."
            raise fault("not-a-domain", f"{said(term)} is no term of a domain", hint, at=(number,))
        if term[1] not in _OPERATORS:
            hint = f"There are {listed(sorted(_OPERATORS), most=len(_OPERATORS))}."
            raise fault("not-a-domain", f"{said(term[1])} is no operator", hint, at=(number, 1))
    return terms


_TERM = 3
Domain = Annotated[tuple[Any, ...], Field(max_length=50), AfterValidator(_domain)]


class FieldCheck(Definition):
    """A model has a field."""

    of: ModelName
    """The model."""
    name: FieldName
    """The field."""
    type: Text | None = None
    """What it holds: `char`, `selection`, `many2one` and so on; anything when left out."""
    relation: ModelName | None = None
    """The model that it points to."""
    offers: Text | None = None
    """A choice that it has, by its technical name."""


class SettingCheck(Definition):
    """A setting stands as it should."""

    name: FieldName
    """The field of `res.config.settings`."""
    is_: Annotated[Plain, Field(alias="is")] = True
    """What it should say, in every company where it is said by company."""
    group: ExternalId | None = None
    """The group behind it, where its name does not tell."""
    parameter: Text | None = None
    """The system parameter behind it."""


class ValueCheck(Definition):
    """Records hold what they should."""

    of: ModelName
    """The model."""
    where: Domain = ()
    """Which records; all when left out."""
    field: FieldName
    """The field that is looked at."""
    is_: Annotated[Plain, Field(alias="is")]
    """What it should hold in each of them."""


class CountCheck(Definition):
    """There are as many records as there should be."""

    of: ModelName
    """The model."""
    where: Domain = ()
    """Which records; all when left out."""
    at_least: Annotated[int, Field(ge=0)] | None = None
    """No fewer."""
    at_most: Annotated[int, Field(ge=0)] | None = None
    """No more."""

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.at_least is None and self.at_most is None:  # P2
            raise fault("no-bound", "it says neither how many at least nor at most", "Add `at_least` or `at_most`.")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            message = f"no number is at least {self.at_least} and at most {self.at_most}"
            raise fault("no-bound", message, "Exchange the two.", at=("at_least",))
        return self


class AccessCheck(Definition):
    """A group may do something with a model, or may not."""

    group: ExternalId
    """The group, with all that it implies."""
    of: ModelName
    """The model."""
    may: Distinct[Right] = ()
    """What it may."""
    may_not: Distinct[Right] = ()
    """What it must not."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.may and not self.may_not:
            raise fault("no-right", "it names no right", "Add `may: [read]`, or `may_not: [unlink]`.")
        both = [right for right in self.may if right in self.may_not]
        if both:
            raise fault("no-right", f"`{both[0]}` stands under `may` and `may_not`", "Remove one.", at=("may_not",))
        return self


class Check(Definition):
    """What is looked at: exactly one of these (P1)."""

    module: ModuleName | None = None
    """This module is installed."""
    model: ModelName | None = None
    """There is this model."""
    field: FieldCheck | None = None
    """A model has a field."""
    setting: SettingCheck | None = None
    """A setting stands as it should."""
    value: ValueCheck | None = None
    """Records hold what they should."""
    count: CountCheck | None = None
    """There are as many records as there should be."""
    group: ExternalId | None = None
    """There is this group of users."""
    report: ExternalId | None = None
    """There is this report."""
    access: AccessCheck | None = None
    """A group may do something with a model, or may not."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            known = listed(type(self).model_fields)
            message = "a probe checks one thing" if given else "it says nothing to check"
            hint = f"Make a probe of each: {listed(given)}." if given else f"Say one of {known}."
            raise fault("one-check", message, hint, at=(given[1],) if given else ())
        return self


class Probe(Definition):
    """A claim about Odoo, with the check that tells whether it holds."""

    key: Annotated[Key, Declares("probe")]
    """How gaps and criteria refer to it."""
    capability: Annotated[str, Reference("capability")]
    """The area of Odoo that it is about."""
    title: Text
    """The claim, as a sentence that is true or not."""
    why: Text
    """What depends on it."""
    supports: Distinct[Text] = ()
    """The requirements and gaps that it stands for, like `REQ-12` or `GAP-3`."""
    check: Check
    """How it is tried."""
