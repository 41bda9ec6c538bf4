"""Which records are shown? The newest first, as far as somebody sees them and as they are asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import islice

from lockgate.faces.web.viewer import Viewer
from lockgate.ledger.registers.files.cells import dangerous
from lockgate.ledger.registers.files.csv_file import write_csv
from lockgate.tower.evidence.briefs import Brief, Briefs
from lockgate.tower.evidence.seeing import visible
from lockgate.tower.evidence.standing import Compared, Standing

ON_A_PAGE = 50
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class Filter:
    """What somebody looks for; an empty text asks nothing."""

    kind: str = ""
    scope: str = ""
    text: str = ""
    """Part of the subject."""
    by: str = ""
    verdict: str = ""
    standing: str = ""
    all: bool = False
    """True for all events, False for evidence alone."""

    @property
    def asked(self) -> bool:
        """True when anything is left out beside events that are no evidence."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "all")


@dataclass(frozen=True)
class Row:
    """A line of the stream."""

    brief: Brief
    standing: Standing | None


@dataclass(frozen=True)
class Page:
    """Some lines of the stream."""

    rows: tuple[Row, ...]
    older: int | None
    """Before which number it goes on."""


def page(compared: Compared, viewer: Viewer, wanted: Filter, before: int, count: int = ON_A_PAGE) -> Page:
    """Return the newest that stand before a number."""
    rows = tuple(islice(_rows(compared, viewer, wanted, before), count + 1))
    return Page(rows[:count], rows[count - 1].brief.number if len(rows) > count else None)


def kinds(compared: Compared, viewer: Viewer, *, every: bool) -> list[str]:
    """Return the kinds that there are for somebody."""

    def there(brief: Brief) -> bool:
        then = brief.number <= compared.upto and (every or brief.identity is not None)
        return then and visible(brief, viewer, compared.briefs)

    return sorted(kind for kind, firsts in compared.briefs.firsts().items() if any(map(there, firsts)))


def csv_of(compared: Compared, viewer: Viewer, wanted: Filter) -> bytes:
    """Return the stream as a table."""
    rows = islice(_rows(compared, viewer, wanted, compared.upto + 1), MOST_EXPORTED)
    return write_csv(
        ["number", "recorded_at", "kind", "scope", "subject", "verdict", "standing", "by"],
        [list(map(_cell, _values(row))) for row in rows],
    )


def _rows(compared: Compared, viewer: Viewer, wanted: Filter, before: int) -> Iterator[Row]:
    for brief in _candidates(compared.briefs, wanted, min(before, compared.upto + 1)):
        if _fits(brief, wanted) and visible(brief, viewer, compared.briefs):
            standing = compared.standing(brief)
            if not wanted.standing or standing == wanted.standing:
                yield Row(brief, standing)


def _candidates(briefs: Briefs, wanted: Filter, before: int) -> Iterator[Brief]:
    """Yield what may fit, the newest first: of few series their evidence alone, else all that there is."""
    if wanted.all or not (wanted.kind or wanted.scope or wanted.text):
        return briefs.newest_first(before)
    whole = replace(wanted, verdict="", by="")
    return briefs.newest_of(filter(None, (wanted.kind, wanted.scope)), lambda last: _fits(last, whole), before)


def _fits(brief: Brief, wanted: Filter) -> bool:
    return (
        (wanted.all or brief.identity is not None)
        and wanted.kind in {"", brief.kind}
        and wanted.verdict in {"", brief.verdict}
        and (not wanted.scope or wanted.scope in {str(brief.scope), brief.scope.key if brief.scope else ""})
        and (not wanted.text or _about(wanted.text, brief.subject))
        and (not wanted.by or wanted.by.casefold() in brief.by.casefold())
    )


@lru_cache(maxsize=20_000)
def _about(text: str, subject: str) -> bool:
    """Return whether a text is part of a subject; many thousands of series are about the same few."""
    return text.casefold() in subject.casefold()


def _values(row: Row) -> Iterable[object]:
    brief = row.brief
    return brief.number, brief.at, brief.kind, brief.scope, brief.subject, brief.verdict, row.standing, brief.by


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if dangerous(text) else text
