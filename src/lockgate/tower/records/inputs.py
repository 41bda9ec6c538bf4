"""How is a value asked for, and what was typed? One input for each field, fitting its kind.

I1  What was typed comes back as it was typed when it is refused.
I2  What is typed is read as a cell of a spreadsheet is; what it can't be read as is told at its field.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import QueryDict

from lockgate.kernel.register import Field, Kind, Register
from lockgate.ledger.registers.action import Refusal
from lockgate.ledger.registers.files.cells import value_of
from lockgate.ledger.registers.showing.form import Input, Option, options
from lockgate.ledger.registers.values import Unfit
from lockgate.tower.seeing.shown import names_of
from lockgate.tower.seeing.sight import Sight

_CHOSEN: Final = {Kind.CHOICE, Kind.PERSON, Kind.SITE, Kind.CAPABILITY}
_NAMED: Final = {Kind.PERSON, Kind.SITE}
_BLANKS: Final = 2
"""How many empty inputs a list of references has to fill."""
_ONE: Final = {
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "area",
    Kind.NUMBER: "number",
    Kind.MONEY: "number",
    Kind.DATE: "date",
    Kind.YES_NO: "select",
    Kind.REFERENCE: "reference",
}
_YES_NO: Final = (Option("yes", "yes"), Option("no", "no"))


@dataclass(frozen=True)
class Ask:
    """One input of a form."""

    field: Field
    widget: str
    required: bool
    typed: tuple[str, ...] = ()
    """What it holds, as it is typed; empty texts are inputs to be filled."""
    options: tuple[Option, ...] = ()
    unit: str = ""
    needed_by: tuple[str, ...] = ()
    """The titles of the steps that need it."""
    wrong: tuple[Refusal, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """The inputs of references: those that are there, and one at least."""
        return self.typed or ("",)

    @property
    def strange(self) -> tuple[str, ...]:
        """What it holds that can't be chosen any more."""
        return tuple(one for one in self.typed if one not in {option.key for option in self.options})

    @property
    def text(self) -> str:
        """All that was typed, a line for each."""
        return "\n".join(self.typed)


def asks(
    inputs: Iterable[Input],
    register: Register,
    sight: Sight,
    typed: QueryDict | None = None,
    refusals: Iterable[Refusal] = (),
) -> tuple[Ask, ...]:
    """Return the inputs of a form, with what was typed and why it was refused (I1)."""
    told = tuple(refusals)
    asked = (one for one in inputs if one.field.kind is not Kind.ATTACHMENT)
    return tuple(
        _ask(one, register, sight, typed, tuple(no for no in told if no.field == one.field.key)) for one in asked
    )


def offered(inputs: Iterable[Input], said: QueryDict) -> tuple[Input, ...]:
    """Return the inputs of a new record, filled with what the address says of them."""
    return tuple(
        replace(one, value=said.getlist(one.field.key) if one.field.several else said[one.field.key])
        if one.field.key in said and one.field.kind is not Kind.ATTACHMENT
        else one
        for one in inputs
    )


def others(refusals: Iterable[Refusal], asked: Iterable[Ask]) -> tuple[Refusal, ...]:
    """Return the refusals that no input of the form shows."""
    keys = {one.field.key for one in asked}
    return tuple(one for one in refusals if one.field not in keys)


def given(fields: Iterable[Field], typed: QueryDict) -> tuple[dict[str, Any], tuple[Refusal, ...]]:
    """Return what was typed as values, and what can't be read (I2)."""
    values: dict[str, Any] = {}
    refusals = []
    for field in fields:
        if field.kind is Kind.ATTACHMENT:
            continue
        try:
            values[field.key] = _read(field, _typed(field, typed))
        except Unfit as error:
            refusals.append(Refusal("bad-value", f"{field.title}: {error.what}", error.do, field.key))
    return values, tuple(refusals)


def widget_of(field: Field) -> str:
    """Return how a field is asked for."""
    if field.kind in _CHOSEN:
        return "checks" if field.several else "select"
    if field.several:
        return "references" if field.kind is Kind.REFERENCE else "lines"
    return _ONE[field.kind]


def _ask(one: Input, register: Register, sight: Sight, typed: QueryDict | None, wrong: tuple[Refusal, ...]) -> Ask:
    field, names = one.field, names_of(sight.desk.workspace)
    held = tuple(_text(item) for item in _items(one.value)) if typed is None else _typed(field, typed)
    there: tuple[Option, ...] = _YES_NO if field.kind is Kind.YES_NO else ()
    if field.kind in _CHOSEN:
        called: Mapping[str, str] = {**names.people, **names.sites} if field.kind in _NAMED else {}
        there = tuple(Option(each.key, called.get(each.key, each.title)) for each in options(field, sight.known))
    widget = widget_of(field)
    if widget == "references":
        held = (*held, *[""] * _BLANKS)
    unit = names.currency if field.kind is Kind.MONEY else ""
    steps = (register.transition(key) for key in one.needed_by)
    titles = tuple(dict.fromkeys(step.title for step in steps if step is not None))
    return Ask(field, widget, one.required, held, there, unit, titles, wrong)


def _typed(field: Field, typed: QueryDict) -> tuple[str, ...]:
    found = [str(one) for one in typed.getlist(field.key)]
    if widget_of(field) == "lines":
        found = [line for one in found for line in one.splitlines()]
    return tuple(one for one in found if one.strip())


def _items(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else repr(value)


def _read(field: Field, typed: tuple[str, ...]) -> Any:
    read: Callable[[str], Any] = lambda text: text  # noqa: E731 - one of two ways to read
    if field.kind in {Kind.NUMBER, Kind.MONEY, Kind.YES_NO}:
        single = Field(field.key, field.title, field.kind)
        read = lambda text: value_of(text, single)  # noqa: E731 - as above
    elif field.kind not in {Kind.TEXT, Kind.LONG_TEXT}:
        read = str.strip
    found = [read(one) for one in typed]
    if field.several:
        return found or None
    return found[0] if found else None
