"""What do templates draw alike? States, icons, moments, people and scopes."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from lockgate.faces.web import reading, words
from lockgate.faces.web.icons import ICONS
from lockgate.kernel.clock import moment_of

register = template.Library()

SAME_SHAPE = {
    "done": "met",
    "no": "unmet",
    "failed": "unmet",
    "running": "run",
    "queued": "clock",
    "cancelled": "waived",
    "holds": "met",
    "fails": "unmet",
    "never tried": "missing",
    "could not look": "undecidable",
    "reconciled": "met",
    "loaded": "open",
    "rejected": "waived",
    "unexplained": "unmet",
    "blocked": "closed",
    "not-begun": "missing",
}
"""States of other things, by the shape that they share."""


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon; the words beside it say what it means."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS[name]
    )


@register.simple_tag
def state(word: str, text: str = "") -> SafeString:
    """Draw a state by shape, word and colour."""
    return _state(word, text or words.said(word))


@register.simple_tag
def moment(value: datetime | str | None) -> SafeString | str:
    """Write a moment in the reader's zone, with the zone, so that nobody has to guess."""
    if not value:
        return ""
    at = value if isinstance(value, datetime) else moment_of(value)
    said, zone = escape(reading.moment(at)), escape(reading.zone(at))
    return mark_safe(f'<time datetime="{at.isoformat()}">{said} <span class="zone">{zone}</span></time>')  # noqa: S308 - escaped


@register.simple_tag
def day(value: datetime | str | None) -> SafeString | str:
    """Write the day of a moment in the reader's zone, with the moment itself for who points at it.

    Midnight is the end of the day before: what is due on a day is due until then.
    """
    if not value:
        return ""
    local = timezone.localtime(value if isinstance(value, datetime) else moment_of(value))
    whole, said = escape(reading.whole_moment(local)), escape(reading.day(local - timedelta(microseconds=1)))
    return mark_safe(f'<time datetime="{local.isoformat()}" title="{whole}">{said}</time>')  # noqa: S308 - escaped


@lru_cache(maxsize=1_000, typed=True)  # what is marked as safe is another type
def _state(word: str, said: str) -> SafeString:
    known = SAME_SHAPE.get(word, word if word in ICONS else "dot")
    return format_html('<span class="state state-{}">{}{}</span>', known, icon(known), said)


@register.filter
def percent(part: Any, whole: Any) -> int:
    """Return how much of the whole the part is."""
    return round(100 * float(part) / float(whole)) if whole else 0


@register.filter
def share(value: float | None) -> str:
    """Write a share from 0 to 1 in percent, nothing where there is none."""
    return "" if value is None else f"{reading.number(100 * value, 0)} %"


@register.filter(name="words")
def words_in(text: str) -> list[str]:
    """Return the words of a text, for a template that goes over a few of them."""
    return text.split()


@register.filter
def said(word: object) -> str:
    """Say a word of the data in the reader's language."""
    return words.said(word)


@register.filter
def in_full(value: datetime | str) -> str:
    """Write a moment with its zone, where no element can stand."""
    return reading.whole_moment(value if isinstance(value, datetime) else moment_of(value))


@register.filter
def on_day(value: date) -> str:
    """Write a day as the reader does, where no element can stand."""
    return reading.day(value)


@register.filter
def number(value: Any, most: int = 3) -> Any:
    """Write a number as the reader does; what is no number stays as it is."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return reading.number(value, most) if is_number else value


@register.filter
def span(seconds: int) -> str:
    """Say a length of time in words."""
    size = abs(int(seconds))
    if size >= 2 * 86_400:
        return ngettext("%(n)s day", "%(n)s days", size // 86_400) % {"n": reading.number(size // 86_400)}
    if size >= 2 * 3_600:
        return ngettext("%(n)s hour", "%(n)s hours", size // 3_600) % {"n": size // 3_600}
    if size >= 2 * 60:
        return ngettext("%(n)s minute", "%(n)s minutes", size // 60) % {"n": size // 60}
    return ngettext("%(n)s second", "%(n)s seconds", size) % {"n": size}


@register.filter
def plain(value: Any) -> str:
    """Write a value of a record: a text as it is, a number as the reader does, anything else as JSON."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return reading.number(value, 9)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
