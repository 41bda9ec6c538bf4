"""How are the days and the dates of a month drawn? By hand: a month has hundreds of them.

D1  Whatever stands in a record or a definition goes through `escape`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lockgate.faces.web.reading import day as written
from lockgate.faces.web.templatetags.lockgate import icon
from lockgate.faces.web.words import said
from lockgate.tower.programme.dates import Dated
from lockgate.tower.programme.month import Day
from lockgate.workspace.frame.people import Person


def weeks(found: Iterable[Iterable[Day]], as_of: str) -> SafeString:
    """Return the weeks of the picture as rows."""
    rows = (f"<tr>{''.join([_day(one, as_of) for one in week])}</tr>\n" for week in found)
    return mark_safe("".join(rows))  # noqa: S308 - D1


def lines(found: Iterable[Dated], as_of: str, people: Mapping[str, Person]) -> SafeString:
    """Return dates as the rows of a list, with the names of those whose they are."""
    heads = {key: escape(title) for key, title in _titles().items()}
    return mark_safe("".join([_line(one, heads, as_of, people) for one in found]))  # noqa: S308 - D1


def _titles() -> dict[str, str]:
    return {"kind": _("Kind"), "what": _("What"), "where": _("Where"), "whose": _("Whose")}


def _day(day: Day, as_of: str) -> str:
    kinds = [*([] if day.inside else ["away"]), *(["now"] if day.today else [])]
    today = f" {escape(_('today'))}" if day.today else ""
    head = f'<span class="day"><time datetime="{day.day.isoformat()}">{day.day.day}</time>{today}</span>'
    inside = "".join([_named(one, as_of) for one in day.shown])
    if day.more:
        more = escape(_("%(more)s more") % {"more": day.more})
        inside += f'<li><a href="#all">{more}</a></li>'
    listed = f"<ul>{inside}</ul>" if inside else ""
    return f'<td class="{" ".join(kinds)}">{head}{listed}</td>'


def _named(one: Dated, as_of: str) -> str:
    title = escape(", ".join(filter(None, [one.title, one.where])))
    late = " late" if one.late else ""
    return f'<li class="k-{one.kind}{late}" title="{title}">{_linked(one, as_of)}</li>'


def _line(one: Dated, heads: Mapping[str, str], as_of: str, people: Mapping[str, Person]) -> str:
    late = f'<span class="state state-stale">{icon("clock")}{{}}, {escape(_("late"))}</span>' if one.late else "{}"
    kind = late.format(escape(said(one.kind)))
    what = _linked(one, as_of)
    what = what if one.url else f"<span>{what}</span>"
    nil = "" if one.people else ' class="nil"'
    named = ", ".join([people[key].name or key if key in people else key for key in one.people])
    return (
        f'<tr><th scope="row" class="nowrap">{escape(_when(one.first, one.last))}</th>'
        f'<td data-title="{heads["kind"]}">{kind}</td><td data-title="{heads["what"]}">{what}</td>'
        f'<td data-title="{heads["where"]}"><span>{escape(one.where or _("everywhere"))}</span></td>'
        f'<td data-title="{heads["whose"]}"{nil}>{escape(named)}</td></tr>\n'
    )


def _when(first: date, last: date) -> str:
    if first == last:
        return written(first)
    return _("%(first)s to %(last)s") % {"first": written(first), "last": written(last)}


def _linked(one: Dated, as_of: str) -> str:
    if not one.url:
        return escape(one.title)
    then = f"{'&' if '?' in one.url else '?'}as-of={quote(as_of, safe='')}" if as_of else ""
    return f'<a href="{escape(one.url + then)}">{escape(one.title)}</a>'
