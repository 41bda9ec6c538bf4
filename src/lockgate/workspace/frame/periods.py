"""When must nothing change, or is there no time for it? Peaks, period closes and blackouts, once or again and again.

P1  A period has a first and a last day, or comes at the turn of every month, quarter or year.
P2  The turn is the first day of the next month, quarter or year: `days_before: 2, days_after: 3` is the two days before
    it, that day and the two after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from lockgate.workspace.models.model import Definition, Text, fault


class PeriodKind(StrEnum):
    """Why a period is special."""

    PEAK = "peak"
    CLOSE = "close"
    BLACKOUT = "blackout"


class Turn(StrEnum):
    """What ends and begins again."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Turn.MONTH: 1, Turn.QUARTER: 3, Turn.YEAR: 12}
_LAST_YEAR = 9999


@dataclass(frozen=True, order=True)
class Span:
    """Some days on end."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Period(Definition):
    """A peak, a close or a blackout."""

    kind: PeriodKind
    """`peak`: too busy; `close`: the books are being closed; `blackout`: nothing may change."""
    name: Text
    """What people call it."""
    first: Annotated[date | None, Field(alias="from")] = None
    """Its first day."""
    last: Annotated[date | None, Field(alias="to")] = None
    """Its last day."""
    every: Turn | None = None
    """In place of `from` and `to`: at the turn of every month, quarter or year."""
    days_before: Annotated[int, Field(ge=0, le=31)] = 0
    """How many days before the turn it begins."""
    days_after: Annotated[int, Field(ge=0, le=31)] = 0
    """How many days from the turn on it lasts."""
    why: str = ""
    """What makes it special."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.every is not None:
            self._turns()
        elif self.first is None or self.last is None:
            hint = "Say `from` and `to`, or `every: month` with `days_before` or `days_after`."
            raise fault("missing-key", "this period has no days", hint)
        elif self.last < self.first:
            hint = f"`from` is {self.first}; the last day is not before it."
            raise fault("out-of-range", f"`{self.last}` is before `{self.first}`", hint, at=("to",))
        elif self.days_before or self.days_after:
            key = "days_before" if self.days_before else "days_after"
            raise fault("not-valid", f"`{key}` needs `every`", "Leave it out, or say `every: month`.", at=(key,))
        return self

    def _turns(self) -> None:
        if self.first or self.last:
            key = "from" if self.first else "to"
            raise fault("not-valid", f"`{key}` and `every` exclude each other", "Keep one of them.", at=(key,))
        if not self.days_before + self.days_after:
            hint = "Say `days_before`, `days_after` or both."
            raise fault("missing-key", "this period has no days", hint, at=("every",))

    def spans(self, within: Span) -> Iterator[Span]:
        """Return when it is, of all that touches the given days (P1)."""
        if self.first and self.last:
            if self.first <= within.last and within.first <= self.last:
                yield Span(self.first, self.last)
            return
        yield from (each for each in self._around(within) if each.first <= within.last and within.first <= each.last)

    def _around(self, within: Span) -> Iterator[Span]:
        step = _MONTHS[self.every or Turn.YEAR]
        for year in range(max(within.first.year, 2), min(within.last.year + 2, _LAST_YEAR)):
            for month in range(1, 13, step):
                turn = date(year, month, 1)  # P2
                yield Span(turn - timedelta(days=self.days_before), turn + timedelta(days=self.days_after - 1))

    def covers(self, day: date) -> bool:
        """Return True when the day is in it."""
        return any(day in span for span in self.spans(Span(day, day)))
