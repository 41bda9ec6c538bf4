"""What do lists of gates and people draw alike? Heads to sort by, links to gates, names for ids."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()


@register.filter
def named(person: str, names: Mapping[str, str]) -> str:
    """Return what a person is called, the id of one who is not known."""
    return names.get(person, person)


@register.simple_tag(takes_context=True)
def sorted_by(context: template.Context, column: str, title: str, by: str, *, number: bool = False) -> SafeString:
    """Draw the head of a column that a list can be sorted by; the address keeps all else that it says."""
    asked = context["request"].GET.copy()
    asked["sort"] = f"-{column}" if by == column else column
    order = {column: "ascending", f"-{column}": "descending"}.get(by, "none")
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a class="sort" href="?{}">{}</a></th>',
        order,
        format_html(' class="{}"', "num") if number else "",
        asked.urlencode(),
        title,
    )


@register.simple_tag(takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> SafeString:
    """Draw the way to the pages before and after; the address keeps all else that it says."""
    if not page.has_other_pages():
        return SafeString()

    def way(number: int, key: str, said: str) -> SafeString:
        asked = context["request"].GET.copy()
        asked["page"] = str(number)
        return format_html('<a class="chip" data-key="{}" href="?{}">{}</a> ', key, asked.urlencode(), said)

    before = way(page.previous_page_number(), "p", gettext("Before")) if page.has_previous() else ""
    after = way(page.next_page_number(), "n", gettext("After")) if page.has_next() else ""
    said = gettext("Page %(page)s of %(pages)s") % {"page": page.number, "pages": page.paginator.num_pages}
    where = format_html('<span class="dim">{}</span> ', said)
    return format_html('<nav class="chips" aria-label="{}">{}{}{}</nav>', gettext("Pages"), before, where, after)


@register.simple_tag
def gate_link(named_gate: str, as_of: str = "") -> SafeString:
    """Draw the link to a gate that is named like `uat-exit site:ghent`."""
    key, scope = named_gate.split(" ", 1)
    then = f"?{urlencode({'as-of': as_of})}" if as_of else ""
    return format_html('<a href="/gate/{}/{}/{}">{}</a> <span class="dim">{}</span>', key, scope, then, key, scope)
