"""Which country, language or currency is meant, in whatever language or code it was written?

P1  A country becomes its ISO code of two letters, see `territories`.
P2  A language becomes its ISO code, with the country when one was written: `Deutsch` → `de`, `NL-be` → `nl_BE`.
P3  A currency becomes its ISO code. A sign or a name that several currencies bear (`$`) is not understood.
"""

import functools
import re
from collections.abc import Iterable

from babel import Locale
from babel.core import get_global

from lockgate.engines.values.blanks import BLANK_WORDS
from lockgate.engines.values.kind import Kind
from lockgate.engines.values.territories import LANGUAGES, code_of

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2}))?", re.IGNORECASE)
_SIGNS = {"€": "EUR", "£": "GBP", "zł": "PLN", "kč": "CZK", "ft": "HUF", "₺": "TRY", "₣": "CHF", "sfr": "CHF"}
_ISO_CURRENCY = re.compile("[A-Z]{3}")


def _country_fault(value: str, _country: str) -> str | None:
    return None if code_of(value) else "it is no country that is known by a code or a name"


def _country_tidy(value: str, _country: str) -> str:
    return code_of(value) or value  # P1


def _language_fault(value: str, _country: str) -> str | None:
    return None if _language(value) else "it is no language that is known by a code or a name"


def _language_tidy(value: str, _country: str) -> str:
    return _language(value) or value


@functools.lru_cache(maxsize=4096)
def _language(value: str) -> str | None:
    coded = _LANGUAGE.fullmatch(value)
    if coded:
        language, country = coded[1].lower(), (coded[2] or "").upper()
        language = _three_letters().get(language, language)
        if language in Locale("en").languages and (not country or code_of(country) == country):
            return f"{language}_{country}" if country else language  # P2
    return _language_names().get(value.casefold())


@functools.cache
def _three_letters() -> dict[str, str]:
    aliases = get_global("language_aliases")
    return {code: short for code, short in aliases.items() if re.fullmatch("[a-z]{3}", code)}


@functools.cache
def _language_names() -> dict[str, str]:
    return _single(
        (name, code)
        for language in LANGUAGES
        for code, name in Locale(language).languages.items()
        if re.fullmatch("[a-z]{2,3}", code)
    )


def _currency_fault(value: str, _country: str) -> str | None:
    if _currency(value):
        return None
    return "it is no currency that is known by its code, or its sign or name is that of several"


def _currency_tidy(value: str, _country: str) -> str:
    return _currency(value) or value


@functools.lru_cache(maxsize=4096)
def _currency(value: str) -> str | None:
    upper = value.upper()
    if _ISO_CURRENCY.fullmatch(upper) and upper in Locale("en").currencies:
        return upper
    return _SIGNS.get(value.casefold().rstrip(".")) or _currency_names().get(value.casefold())  # P3


@functools.cache
def _currency_names() -> dict[str, str]:
    return _single((name, code) for language in LANGUAGES for code, name in Locale(language).currencies.items())


def _single(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    bearers: dict[str, set[str]] = {}
    for name, code in pairs:
        bearers.setdefault(name.casefold(), set()).add(code)
    return {name: min(codes) for name, codes in bearers.items() if len(codes) == 1}


_NO_WORDS = BLANK_WORDS - {"na", "x", "xx", "xxx"}
"""`NA` is Namibia, Nauruan."""

COUNTRY = Kind("country", "a country", _country_fault, _country_tidy, blank=_NO_WORDS)
LANGUAGE = Kind("language", "a language", _language_fault, _language_tidy, blank=_NO_WORDS)
CURRENCY = Kind("currency", "a currency", _currency_fault, _currency_tidy)
