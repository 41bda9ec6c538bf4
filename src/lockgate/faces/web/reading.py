"""In which words and which figures does somebody read? A locale for each request, plain English where nobody reads.

L1  The locale is the one kept with the account, else the first of the browser's that is known, else plain English.
L2  Words come in its language only where a catalog of the tower ships for it, else in English: no page is half of one
    language. Numbers and dates come as the locale writes them, whatever the words are.
L3  A date is never two dates: English, which writes months before days and after them, names the month.
L4  Hours go to 24 everywhere, and a moment always says its zone.
L5  What programs read (the API, CSV, JSON) is in plain English and in no locale.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import formats, numberformat, timezone, translation
from django.utils.dateformat import format as in_form
from django.utils.translation.trans_real import parse_accept_lang_header

PLAIN: Final = "en"
_FORMS: Final = {"en": "j M Y", "en-us": "M j, Y"}
"""Locale → how it writes a day, where it is not as Django has it (L3)."""

_locale: ContextVar[str] = ContextVar("locale", default=PLAIN)


def wished(kept: str, accepts: str) -> str:
    """Return the locale of a reader: of the account, and of the browser's header (L1)."""
    codes = [kept.lower()] if kept else [code for code, _ in parse_accept_lang_header(accepts)]
    return next(filter(None, map(known, codes)), PLAIN)


def known(code: str) -> str:
    """Return the locale that a code means: itself, the one it falls back on, its language; empty when there is none."""
    code = code.lower()
    candidates = [code, *LANG_INFO.get(code, {}).get("fallback", ()), code.partition("-")[0]]
    return next((one for one in candidates if one == "en-us" or translation.check_for_language(one)), "")


def locales() -> list[tuple[str, str]]:
    """Return the locales that can be chosen, each as its own readers call it."""
    named = {code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info}
    return sorted({**named, "en-us": "English (United States)"}.items(), key=lambda one: one[1].casefold())


def words_of(locale: str) -> str:
    """Return the language of the words for a locale (L2)."""
    offered = {code.lower() for code, _ in settings.LANGUAGES}
    return next((code for code in (locale, locale.partition("-")[0]) if code in offered), PLAIN)


@contextmanager
def reading(locale: str) -> Iterator[None]:
    """Write words, numbers and dates for a reader."""
    token = _locale.set(locale)
    try:
        with translation.override(words_of(locale)):
            yield
    finally:
        _locale.reset(token)


def locale() -> str:
    """Return in which locale somebody reads just now."""
    return _locale.get()


def number(value: float | Decimal, most: int = 3) -> str:
    """Write a number as the reader does, with at most so many decimals."""
    return _number(value, most, _locale.get())


@lru_cache(maxsize=4_000, typed=True)
def _number(value: float | Decimal, most: int, locale: str) -> str:
    exact = Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    short = round(exact, most).normalize()
    point, grouping, between = _figures(locale)
    return numberformat.format(f"{short:f}", point, grouping=grouping, thousand_sep=between, force_grouping=True)


def day(value: date) -> str:
    """Write a day as the reader does; that of a moment is the one in the reader's zone."""
    return _on_day(timezone.localtime(value).date() if isinstance(value, datetime) else value)


def moment(value: datetime) -> str:
    """Write a moment as the reader does, in the reader's zone, without saying it: the zone is to be written beside."""
    return _at_minute(timezone.localtime(value))


def whole_moment(value: datetime) -> str:
    """Write a moment with its zone."""
    return moment_writer()(value)


def moment_writer() -> Callable[[datetime], str]:
    """Return what writes many moments as `whole_moment` does: who reads is looked up once for all of them."""
    zone, form, language = timezone.get_current_timezone(), _form(_locale.get()), translation.get_language()
    return lambda value: _whole(value, zone, form, language)


def zone(value: datetime) -> str:
    """Return what the reader's zone is called at a moment."""
    return timezone.localtime(value).tzname() or ""


def _at_minute(at: datetime) -> str:
    return f"{_on_day(at.date())} {at.hour:02}:{at.minute:02}"


def _on_day(value: date) -> str:
    return _in_form(value, _form(_locale.get()), translation.get_language())


@lru_cache(maxsize=20_000)
def _whole(value: datetime, zone: tzinfo, form: str, language: str | None) -> str:
    at = timezone.localtime(value, zone)
    return f"{_in_form(at.date(), form, language)} {at:%H:%M} {at.tzname() or ''}"


@lru_cache(maxsize=4_000)
def _in_form(value: date, form: str, language: str | None) -> str:  # noqa: ARG001 - names of months are in it
    """Write a day; lists have the same few again and again."""
    return in_form(value, form)


@lru_cache(maxsize=200)
def _form(locale: str) -> str:
    return _FORMS.get(locale) or _FORMS.get(locale.partition("-")[0]) or _as_locale("SHORT_DATE_FORMAT", locale)


@lru_cache(maxsize=200)
def _figures(locale: str) -> tuple[str, int, str]:
    """Return what stands before decimals, how many figures stand together, and what stands between them."""
    grouping = int(_as_locale("NUMBER_GROUPING", locale))
    return _as_locale("DECIMAL_SEPARATOR", locale), grouping, _as_locale("THOUSAND_SEPARATOR", locale)


def _as_locale(form: str, locale: str) -> str:
    return str(formats.get_format(form, lang=locale, use_l10n=True))
