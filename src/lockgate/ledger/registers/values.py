"""Is that a value for this field? Each is brought to one form, or refused with what would be right.

V1  Nothing, an empty text and an empty list are the same: the field has no value.
V2  People, sites, capabilities and other records are named by id, never by name: what is hashed can't be forgotten.
V3  Numbers and money are whole or floating numbers that are finite; money has four decimals at most and is in the
    currency of the programme.
V4  A text keeps every letter as given, but all line breaks become alike. It holds no control characters, and one of a
    single line no line breaks.
"""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from lockgate.kernel.register import Field, Kind, Register
from lockgate.ledger.registers.action import Refusal
from lockgate.ledger.registers.entry import ID
from lockgate.ledger.registers.known import Known

LONGEST = {Kind.TEXT: 500, Kind.LONG_TEXT: 16_000}
MOST = 1_000
PERSON = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_ARTIFACT = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"[\n\x85\u2028\u2029]")
_MONEY_DECIMALS = 4


class Unfit(ValueError):
    """Why a value does not fit, and what would be right."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what = what
        self.do = do


def fitted(values: Mapping[str, Any], register: Register, known: Known) -> tuple[dict[str, Any], tuple[Refusal, ...]]:
    """Return the values in their one form (None for none), and why some do not fit."""
    kept: dict[str, Any] = {}
    refusals = []
    for key, value in values.items():
        field = register.field(key)
        if field is None:
            keys = [one.key for one in register.fields]
            refusals.append(
                Refusal("unknown-field", f"A {register.title.lower()} has no {key!r}.", near(key, keys), key)
            )
            continue
        try:
            kept[key] = fit(value, field, known)
        except Unfit as error:
            refusals.append(Refusal("bad-value", f"{field.title}: {error.what}", error.do, key))
    return kept, tuple(refusals)


def fit(value: Any, field: Field, known: Known) -> Any:
    """Return the value in its one form, None for none (V1), or raise `Unfit`."""
    if value is None or value in ("", [], ()):
        return None
    if not field.several:
        return _one(value, field, known)
    if not isinstance(value, list | tuple):
        raise Unfit(f"{value!r} is no list.", "Give a list of values.")
    if len(value) > MOST:
        raise Unfit(f"{len(value):,} values are too many.", f"Give {MOST:,} at most.")
    return list(dict.fromkeys(_one(item, field, known) for item in value if item not in {None, ""})) or None


def sites_of(values: Mapping[str, Any], register: Register) -> tuple[str, ...]:
    """Return the sites that a record belongs to; one empty text stands for the programme."""
    found: list[str] = []
    for one in register.fields:
        value = values.get(one.key)
        if one.kind is Kind.SITE and value:
            found += value if one.several else [value]
    return tuple(dict.fromkeys(found)) or ("",)


def near(word: str, words: Iterable[str]) -> str:
    """Return what somebody may have meant, or all that there is."""
    there = sorted(words)
    close = get_close_matches(word, there, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"There are: {', '.join(there[:20])}{', …' if len(there) > 20 else ''}." if there else "None is declared."  # noqa: PLR2004 - a line's worth


def _one(value: Any, field: Field, known: Known) -> Any:
    return _FITS[field.kind](value, field, known)


def _text(value: Any, field: Field, _known: Known) -> str:
    text = _str(value).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST[field.kind]:
        raise Unfit(f"{len(text):,} letters are too many.", f"Write {LONGEST[field.kind]:,} at most.")
    found = _CONTROL.search(text) or (_BREAK.search(text) if field.kind is Kind.TEXT else None)
    if found:
        raise Unfit(f"The character {found[0]!r} can't be kept.", "Write it on one line, without control characters.")
    return text


def _number(value: Any, field: Field, _known: Known) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Unfit(f"{value!r} is no number.", "Write digits, with a point before decimals.")
    if abs(value) > 2**53:
        raise Unfit(f"{value} is too large to be kept exactly.", "Use a larger unit.")
    if field.kind is Kind.MONEY and round(value, _MONEY_DECIMALS) != value:
        raise Unfit(f"{value} has too many decimals.", f"Money has {_MONEY_DECIMALS} at most.")
    return int(value) if float(value).is_integer() else value


def _date(value: Any, _field: Field, _known: Known) -> str:
    text = _str(value)
    try:
        found = date.fromisoformat(text).isoformat()
    except ValueError:
        found = ""
    if found != text:
        raise Unfit(f"{text!r} is no date.", "Write year-month-day, like 2027-03-31.")
    return text


def _yes_no(value: Any, _field: Field, _known: Known) -> bool:
    if not isinstance(value, bool):
        raise Unfit(f"{value!r} is neither yes nor no.", "Write yes or no.")
    return value


def _choice(value: Any, field: Field, _known: Known) -> str:
    return _among(_str(value), field.choices, "choice")


def _person(value: Any, _field: Field, known: Known) -> str:
    text = _str(value)
    if not PERSON.fullmatch(text):
        raise Unfit(f"{text!r} is no id of a person.", "Use the id from people.yaml, not a name or an address.")  # V2
    return _among(text, known.people, "person")


def _site(value: Any, _field: Field, known: Known) -> str:
    return _among(_str(value), known.sites, "site")


def _capability(value: Any, _field: Field, known: Known) -> str:
    return _among(_str(value), known.capabilities, "capability")


def _reference(value: Any, field: Field, known: Known) -> str:
    text = _str(value)
    found = known.entries.by_id.get(text)
    if not ID.fullmatch(text) or found is None:
        raise Unfit(f"There is no record {text!r}.", "Name one by its id, like GAP-12.")
    if field.register and found.register != field.register:
        raise Unfit(f"{text} is a {found.register}.", f"Name a {field.register}.")
    return text


def _attachment(value: Any, _field: Field, _known: Known) -> str:
    text = _str(value)
    if not _ARTIFACT.fullmatch(text):
        raise Unfit(f"{text!r} is no digest of a kept file.", "Keep the file first, and give its SHA-256.")
    return text


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit(f"{value!r} is no text.", "Write a text.")
    return value


def _among(text: str, there: Collection[str] | None, what: str) -> str:
    if there is not None and text not in there:
        raise Unfit(f"There is no {what} {text!r}.", near(text, there))
    return text


_FITS: Mapping[Kind, Callable[[Any, Field, Known], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.PERSON: _person,
    Kind.SITE: _site,
    Kind.CAPABILITY: _capability,
    Kind.REFERENCE: _reference,
    Kind.ATTACHMENT: _attachment,
}
