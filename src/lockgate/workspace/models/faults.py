"""What does a fault that Pydantic saw mean to the person who wrote the file? One finding: where, what, what is right.

F1  A key that is not known stands where the key stands, one that is missing where the mapping begins that lacks it,
    anything else where the value stands.
F2  Whatever has a known set of right answers says the nearest of them.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from lockgate.kernel.finding import Finding
from lockgate.workspace.models.model import FORMS
from lockgate.workspace.models.shapes import fields_at
from lockgate.workspace.text.document import Document, Steps
from lockgate.workspace.words import advice, clipped, listed, said

_KINDS: Final = (
    (r"string_(type|sub_type|unicode)", "a text"),
    (r"int_.*", "a whole number"),
    (r"(float|decimal)_.*|finite_number", "a number"),
    (r"bool_.*", "true or false"),
    (r"(list|tuple|set|frozen_set|iterable)_type", "a list"),
    (r"(dict|mapping|model)_type|model_attributes_type", "a mapping"),
    (r"datetime_.*|timezone_.*", "a moment"),
    (r"date_.*", "a date"),
    (r"time_(type|parsing)", "a time"),
)
_BOUNDS: Final = {
    "ge": "at least",
    "gt": "more than",
    "le": "at most",
    "lt": "less than",
    "multiple_of": "a multiple of",
}
_YES_OR_NO: Final = {"yes", "no", "on", "off", "y", "n", "true", "false"}


def finding_of(error: ErrorDetails, document: Document, model: type[BaseModel], at: Steps) -> Finding:
    """Return the finding that says what Pydantic saw."""
    steps, key = _way(document, at, error["loc"])
    code, message, hint = _explained(error, model, steps[len(at) :])
    context = error.get("ctx", {})
    steps += tuple(context.get("at", ())) if "message" in context else ()
    return Finding(document.at(steps, key=key or code in {"unknown-key", "missing-key"}), code, message, hint)


def value_at(document: Document, steps: Steps) -> Any:
    """Return what stands at the end of the way; `KeyError` when nothing does."""
    value: Any = document.data
    for step in steps:
        if not _there(value, step):
            raise KeyError(step)
        value = value[step]
    return value


def _way(document: Document, at: Steps, location: Steps) -> tuple[Steps, bool]:
    """Return the way to the fault without what Pydantic adds to it, and whether the key is meant, not the value."""
    return present(document, at, location), location[-1:] == ("[key]",)


def present(document: Document, at: Steps, location: Steps) -> Steps:
    """Return the way from a place on, without the steps that lead to nothing."""
    steps, value = at, value_at(document, at)
    for step in location:
        if _there(value, step):
            steps, value = (*steps, step), value[step]
    return steps


def _there(value: Any, step: str | int) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _explained(error: ErrorDetails, model: type[BaseModel], steps: Steps) -> tuple[str, str, str]:
    kind, context = error["type"], error.get("ctx", {})
    if "message" in context:
        return kind, str(context["message"]), str(context["hint"])
    for pattern, tell in _TELL:
        if re.fullmatch(pattern, kind):
            return tell(error, model, steps)
    return "not-valid", _said_of(error), ""


def _unknown_key(error: ErrorDetails, model: type[BaseModel], steps: Steps) -> tuple[str, str, str]:
    name = str(error["loc"][-1])
    message = f"`{clipped(name)}` is not known here"
    known = [each for each in fields_at(model, steps[:-1]) if each != name]  # another form of it may know the key
    return "unknown-key", message, advice(name, known, otherwise="Known here")  # F2


def _missing_key(error: ErrorDetails, model: type[BaseModel], steps: Steps) -> tuple[str, str, str]:
    name = str(error.get("ctx", {}).get("discriminator", error["loc"][-1])).strip("'")
    field = fields_at(model, steps).get(name)
    about = (field.description or "").partition("\n")[0] if field else ""
    return "missing-key", f"`{name}` is missing", f"Add `{name}: …`{f': {about}' if about else '.'}"


def _form(error: ErrorDetails, model: type[BaseModel], steps: Steps) -> tuple[str, str, str]:  # noqa: ARG001 - as others
    pattern = str(error["ctx"]["pattern"])
    hint = FORMS.get(pattern, f"It is written like the pattern {pattern}")
    return "wrong-form", f"{said(error['input'])} is not written as it should be", hint


def _choice(error: ErrorDetails, model: type[BaseModel], steps: Steps) -> tuple[str, str, str]:  # noqa: ARG001 - as others
    context = error["ctx"]
    choices = re.findall(r"'([^']*)'", str(context.get("expected", context.get("expected_tags", ""))))
    given = str(context.get("tag", error["input"]))
    if not isinstance(error["input"], str | dict):
        return "wrong-type", f"{said(error['input'])} is not a text", f"It is one of {listed(choices)}."
    return "unknown-choice", f"`{clipped(given)}` is none of the choices", advice(given, choices)  # F2


def _length(error: ErrorDetails, model: type[BaseModel], steps: Steps) -> tuple[str, str, str]:  # noqa: ARG001 - as others
    context, unit = error["ctx"], "characters" if error["type"].startswith("string") else "items"
    if "min_length" in context:
        least = context["min_length"]
        hint = "Write something." if unit == "characters" else "Name one, or leave the key out if it may be."
        return "out-of-range", f"too few {unit}: at least {least}", hint
    most = f"{context['max_length']:,}"
    return "out-of-range", f"too many {unit}: at most {most}", f"Keep the {most} that matter most, or shorten it."


def _range(error: ErrorDetails, model: type[BaseModel], steps: Steps) -> tuple[str, str, str]:  # noqa: ARG001 - as others
    bounds = (f"{_BOUNDS[name]} {limit:,g}" for name, limit in error["ctx"].items() if name in _BOUNDS)
    return "out-of-range", _said_of(error), f"Write a number that is {' and '.join(bounds)}."


def _type(error: ErrorDetails, model: type[BaseModel], steps: Steps) -> tuple[str, str, str]:  # noqa: ARG001 - as others
    name = next(name for pattern, name in _KINDS if re.fullmatch(pattern, error["type"]))
    return "wrong-type", f"{said(error['input'])} is not {name}", _rather(error["input"], name)


def _said_of(error: ErrorDetails) -> str:
    words = error["msg"].removeprefix("Value error, ")
    if words.startswith("Input should "):
        return f"{said(error['input'])} {words.removeprefix('Input ')}"
    return f"{words[:1].lower()}{words[1:]}"


def _rather(given: Any, name: str) -> str:
    if given is None:
        return "Give it a value, or leave the key out."
    if name == "a text" and isinstance(given, bool | int | float):
        return f'Put it in quotes: "{str(given).lower()}".'
    if name == "true or false" and str(given).lower() in _YES_OR_NO:
        return "YAML 1.2 has `true` and `false` for that, without quotes."
    if name.endswith("number") and not isinstance(given, str):
        return ""
    return _LIKE.get(name, "")


_LIKE: Final = {
    "a list": "Write `[…]`, or lines that begin with `- `.",
    "a mapping": "Write `key: value` lines, indented.",
    "a number": "Write it without quotes and units.",
    "a whole number": "Write it without quotes and units.",
    "a date": "Write it like 2026-12-31.",
    "a time": "Write it like 08:30.",
    "a moment": "Write it like 2026-12-31T08:00:00Z.",
}
_Teller = Callable[[ErrorDetails, type[BaseModel], Steps], tuple[str, str, str]]
_TELL: Final[tuple[tuple[str, _Teller], ...]] = (
    ("extra_forbidden", _unknown_key),
    ("missing|union_tag_not_found", _missing_key),
    ("string_pattern_mismatch", _form),
    ("enum|literal_error|union_tag_invalid", _choice),
    ("(string_)?too_(short|long)", _length),
    ("greater_than.*|less_than.*|multiple_of", _range),
    ("|".join(pattern for pattern, _ in _KINDS), _type),
)
