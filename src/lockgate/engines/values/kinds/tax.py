"""Is it a tax id? By the rules of its country: length, letters and check digits. Whether it is registered, no one asks.

V1  A number that is valid in its own country is fine, with or without the country's letters.
V2  Else the letters it begins with say whose it is: a company may be registered abroad.
V3  A country whose rules are not known judges nothing.
V4  In the Union the country's letters are written before it, Greece's are EL; no blanks, dots, or hyphens.
"""

import functools
import re
from typing import Any

from stdnum import get_cc_module
from stdnum.eu.vat import MEMBER_STATES
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from lockgate.engines.values.kind import Kind

_BY_LETTERS = {**{state.upper(): state.upper() for state in MEMBER_STATES}, "EL": "GR", "GB": "GB"}
_WHY = {
    InvalidLength: "its length is wrong",
    InvalidFormat: "it is not made up like one",
    InvalidChecksum: "its check digits are wrong",
    InvalidComponent: "a part of it does not exist",
}
_SIGNS = re.compile(r"[\s.\-/:,]")


def _fault(value: str, country: str) -> str | None:
    plain = _plain(value)
    letters = _BY_LETTERS.get(plain[:2])
    if not country and not letters:
        return "it can't be judged: no country is given, and it begins with none"
    faults = [fault(plain, code) for code in (country, letters) if code]
    return None if None in faults else faults[-1 if letters else 0]


def fault(value: str, country: str) -> str | None:
    """Return what is wrong with the tax id of one country, None when nothing is or its rules are not known (V3)."""
    module = _module(country)
    if module is None:
        return None
    try:
        module.validate(value)
    except ValidationError as refused:
        why = next((why for cause, why in _WHY.items() if isinstance(refused, cause)), "it is not valid")
        return f"it is no tax id of {country}: {why}"
    return None


def _tidy(value: str, country: str) -> str:
    plain = _plain(value)
    for code in (country, _BY_LETTERS.get(plain[:2])):
        module = _module(code) if code else None
        if code and module and fault(plain, code) is None:
            number: str = module.compact(plain)
            letters = "EL" if code == "GR" else code
            in_union = code.lower() in MEMBER_STATES
            return f"{letters}{number}" if in_union and not number.startswith(letters) else number  # V4
    return value


def _plain(value: str) -> str:
    return _SIGNS.sub("", value).upper()


@functools.cache
def _module(country: str) -> Any:
    return get_cc_module(country.lower(), "vat")


VAT = Kind("vat", "a tax id, by country", _fault, _tidy, by_country=True)
