"""Until when does an answer hold, if nothing is recorded meanwhile? Pure: what was looked at, and a moment.

U1  Evidence that is fresh is so up to its limit, and too old the very next instant.
U2  How old it is when it is too old is said in words, which hold for a minute, or an hour where they say no minutes.
U3  Evidence of a clock that is ahead can be told once the moment is near enough.
U4  A waiver holds until its end; a condition is overdue from its day on.
U5  What is asked of records of registers may name today, which holds until midnight.
An answer is never said to hold too long; it may hold longer than is said.
"""

import heapq
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Final, Generic, TypeVar

from lockgate.gates.asking.measuring import SKEW
from lockgate.gates.criteria.definition import Measured
from lockgate.gates.facts.history import History
from lockgate.gates.facts.wanted import Numbered, Series

About = TypeVar("About")
_INSTANT: Final = timedelta.resolution
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_SPARE: Final = 1_000
"""How many notes that no longer count are kept beside those that do."""


class Lasting(Generic[About]):
    """Until when which answers hold."""

    def __init__(self) -> None:
        self._until: dict[About, datetime] = {}
        self._order: list[tuple[datetime, int, About]] = []
        self._number = count()

    def __len__(self) -> int:
        """Return how many notes are kept."""
        return len(self._order)

    def note(self, about: About, until: datetime | None) -> None:
        """Note until when an answer holds, None for always."""
        if until is None:
            self._until.pop(about, None)
        elif self._until.get(about) != until:
            self._until[about] = until
            heapq.heappush(self._order, (until, next(self._number), about))
            if len(self._order) > 2 * len(self._until) + _SPARE:
                self._order = [one for one in self._order if self._until.get(one[2]) == one[0]]
                heapq.heapify(self._order)

    def over(self, moment: datetime) -> Iterator[About]:
        """Yield the answers that no longer hold, each once."""
        while self._order and self._order[0][0] <= moment:
            until, _, about = heapq.heappop(self._order)
            if self._until.get(about) == until:
                del self._until[about]
                yield about


def of_evidence(question: Measured, found: Sequence[Series], moment: datetime) -> datetime | None:
    """Return until when an answer from evidence holds, None for always."""
    looked_at = (record for series in found for record in _looked_at(question, series))
    return min((until for record in looked_at for until in _changes(question, record, moment)), default=None)


def said_until(history: History, moment: datetime) -> datetime | None:
    """Return until when holds what people said of a gate, None for always (U4)."""
    conditions = history.decision.conditions if history.decision else ()
    ends = [*(one.until for one in history.waivers), *(one.due for one in conditions)]
    return min((end for end in ends if end > moment), default=None)


def of_day(moment: datetime) -> datetime:
    """Return until when a day holds (U5)."""
    return datetime.combine(moment.astimezone(UTC).date() + _DAY, time(), UTC)


def _looked_at(question: Measured, series: Series) -> Sequence[Numbered]:
    return series.records if question.where else series.records[-question.depth :]


def _changes(question: Measured, record: Numbered, moment: datetime) -> Iterator[datetime]:
    taken = record.evidence.taken_at
    if taken > moment + SKEW:
        yield taken - SKEW  # U3
    if question.fresh is None:
        return
    age = moment - taken
    if age <= question.fresh:
        yield taken + question.fresh + _INSTANT  # U1
    else:
        unit = _HOUR if age >= _DAY and age % _DAY >= _HOUR else _MINUTE
        yield taken + (age // unit + 1) * unit  # U2
