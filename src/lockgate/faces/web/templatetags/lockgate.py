"""What do templates draw alike? States, icons, moments, people and scopes."""

import json
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
}
"""States of other things, by the shape that they share."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; the words beside it say what it means."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS[name]
    )


@register.simple_tag
def state(word: str, text: str = "") -> SafeString:
    """Draw a state by shape, word and colour."""
    known = SAME_SHAPE.get(word, word if word in ICONS else "dot")
    return format_html('<span class="state state-{}">{}{}</span>', known, icon(known), text or word)


@register.simple_tag
def moment(value: datetime | str | None) -> SafeString | str:
    """Write a moment in the reader's zone, with the zone, so that nobody has to guess."""
    if not value:
        return ""
    at = value if isinstance(value, datetime) else moment_of(value)
    local = timezone.localtime(at)
    said = f"{date_format(local, 'j M Y')} {local:%H:%M}"
    return format_html(
        '<time datetime="{}">{} <span class="zone">{}</span></time>', at.isoformat(), said, local.tzname()
    )


@register.simple_tag
def day(value: datetime | str | None) -> SafeString | str:
    """Write the day of a moment in the reader's zone, with the moment itself for who points at it.

    Midnight is the end of the day before: what is due on a day is due until then.
    """
    if not value:
        return ""
    local = timezone.localtime(value if isinstance(value, datetime) else moment_of(value))
    whole = f"{date_format(local, 'j M Y')} {local:%H:%M} {local.tzname()}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(),
        whole,
        date_format(local - timedelta(microseconds=1), "j M Y"),
    )


@register.filter
def percent(part: Any, whole: Any) -> int:
    """Return how much of the whole the part is."""
    return round(100 * float(part) / float(whole)) if whole else 0


@register.filter
def words(text: str) -> list[str]:
    """Return the words of a text, for a template that goes over a few of them."""
    return text.split()


@register.filter
def span(seconds: int) -> str:
    """Say a length of time in words."""
    size = abs(int(seconds))
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if size >= 2 * length:
            return f"{size // length} {unit}s"
    return f"{size} seconds"


@register.filter
def plain(value: Any) -> str:
    """Write a value of a record: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
