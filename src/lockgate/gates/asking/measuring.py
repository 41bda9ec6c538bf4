"""What do the records on evidence say to a question? No clock, no database: facts in, answer out.

M1  Each subject is judged by its newest `last` records that match `where`; with `each`, whatever is declared and was
    not measured is missing. Of the subjects that nothing tells apart every one is judged by what it has, and one of
    them has to have it all: so a first success of a new one takes nothing away.
M2  A record whose inputs have changed since is stale, whatever it says; so is one of another database than that
    which its instance has now, and one that is older than `fresh`.
M3  A failed record never counts as success, unless the question itself speaks of `verdict`.
M4  A record that was only seen counts only by what is required of it.
M5  What can't be compared is undecidable, and so is a record that was taken after the moment that is asked about.
M6  A trend needs its number of records; only the newest of them has to be fresh and current.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from lockgate.gates.asking.expanding import Item, expand
from lockgate.gates.asking.outcome import Part, Renewal, Status, together
from lockgate.gates.criteria.definition import Direction, Measured, Trend
from lockgate.gates.facts.values import EvidenceValues, all_hold, complaint
from lockgate.gates.facts.wanted import Facts, Numbered, Series
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import Scope

_ORDER = (Status.UNMET, Status.STALE, Status.UNDECIDABLE, Status.MISSING, Status.MET)

SKEW = timedelta(minutes=10)
"""How far apart two honest clocks may be."""


def ask_evidence(question: Measured, scope: Scope, facts: Facts, moment: datetime) -> Part:
    """Return what the evidence on record says."""
    scopes = facts.around(scope, question.at) if question.at else (scope,)
    if not scopes:
        return Part(Status.UNDECIDABLE, f"{scope} is in no {question.at}", kind=question.kind)
    parts = [part for place in scopes for part in _in_scope(question, place, facts, moment)]
    return together(parts)


def _in_scope(question: Measured, scope: Scope, facts: Facts, moment: datetime) -> list[Part]:
    items, parts = expand(question.each, scope, facts)
    judge = _Judge(question, facts, moment)
    return [*parts, *(judge.item(item) for item in items)]


class _Judge:
    """One question, and where and when it is asked."""

    def __init__(self, question: Measured, facts: Facts, moment: datetime) -> None:
        self.question = question
        self.facts = facts
        self.moment = moment
        self.simple = question.simple
        self.latest = moment + SKEW
        self.oldest = moment - question.fresh if question.fresh is not None else None
        self.found: dict[Scope, dict[tuple[tuple[str, str | None], ...], list[Series]]] = {}

    def item(self, item: Item) -> Part:
        """Return what was measured of one combination (M1)."""
        parts = [part for series in self._series(item) if (part := self._judged(series))]
        if not parts:
            said = f"no {self.question.kind} on record{self._filter()}"
            return Part(Status.MISSING, said, item.label, kind=self.question.kind)
        if len(parts) > 1:
            parts = [together([part for part in parts if part.status is not Status.MISSING] or parts)]
        return parts[0].about(item.label)

    def _series(self, item: Item) -> Sequence[Series]:
        if not item.subject:
            return self.facts.series(self.question.kind, item.scope)
        if item.scope not in self.found:
            self.found[item.scope] = defaultdict(list)
            names = [name for name, _ in item.subject]
            for series in self.facts.series(self.question.kind, item.scope):
                about = tuple((name, series.subject.get(name)) for name in names)
                self.found[item.scope][about].append(series)
        return self.found[item.scope].get(item.subject, ())

    def _filter(self) -> str:
        where = self.question.where
        return f" with {' and '.join(map(str, where))}" if where else ""

    def _judged(self, series: Series) -> Part | None:
        """Return what one subject's newest records say, None when none of them matches."""
        question = self.question
        if self.simple:
            return self._record(series.records[-1])
        chosen, unsure = self._newest(series.records)
        if unsure is not None:
            said = f"whether #{unsure.number} counts: {complaint(question.where, EvidenceValues(unsure.evidence))}"
            return Part(Status.UNDECIDABLE, said, evidence=(unsure.number,), kind=question.kind)
        if not chosen:
            return None
        parts = [self._record(record) for record in chosen[: question.last]]
        short = [Part(Status.MISSING, f"{len(parts)} of {question.last} on record", kind=question.kind)]
        parts += short if len(parts) < question.last else []
        if question.trend:
            parts.append(_trend(question.trend, chosen, question.kind))
        worst = _worst(parts)
        if worst.status is not Status.MET:
            return worst
        return Part(Status.MET, evidence=tuple(record.number for record in chosen), kind=question.kind)

    def _newest(self, records: Sequence[Numbered]) -> tuple[list[Numbered], Numbered | None]:
        """Return the newest records that match, newest first, or the one of which it can't be told."""
        if not self.question.where:
            return list(records[: -self.question.depth - 1 : -1]), None
        chosen: list[Numbered] = []
        for record in reversed(records):
            answer = all_hold(self.question.where, EvidenceValues(record.evidence))
            if answer is None:
                return [], record
            if answer:
                chosen.append(record)
            if len(chosen) == self.question.depth:
                break
        return chosen, None

    def _record(self, record: Numbered) -> Part:
        """Return what one record says, unless there is a doubt about the record itself."""
        return self._doubt(record) or self._word(record)

    def _doubt(self, record: Numbered) -> Part | None:
        taken = record.evidence.taken_at
        if taken > self.latest:  # M5
            return self._part(record, Status.UNDECIDABLE, "was taken after the moment asked about: a clock is wrong")
        changed = self._changed(record.evidence) if self.question.current else None
        if changed is not None:  # M2
            return replace(self._part(record, Status.STALE, f"was {changed}"), changed=changed)
        if self.oldest is not None and taken < self.oldest:  # M2
            said = f"is {span(self.moment - taken)} old, and {span(self.moment - self.oldest)} are allowed"
            return self._part(record, Status.STALE, said)
        return None

    def _word(self, record: Numbered) -> Part:
        evidence, require = record.evidence, self.question.require
        if evidence.verdict is Verdict.FAILED and all(one.left != "verdict" for one in require):  # M3
            said = complaint(require, EvidenceValues(evidence))
            return self._part(record, Status.UNMET, f"failed: {said}" if said else "failed")
        if not require and not self.question.trend and evidence.verdict is Verdict.SEEN:  # M4
            return self._part(record, Status.UNDECIDABLE, "was only seen, and nothing is required of it")
        answer = all_hold(require, EvidenceValues(evidence))
        if answer:
            return Part(Status.MET, evidence=(record.number,), kind=self.question.kind)
        status = Status.UNMET if answer is False else Status.UNDECIDABLE
        return self._part(record, status, f"says: {complaint(require, EvidenceValues(evidence))}")

    def _part(self, record: Numbered, status: Status, said: str) -> Part:
        return Part(status, f"#{record.number} {said}", evidence=(record.number,), kind=self.question.kind)

    def _changed(self, evidence: Evidence) -> Renewal | None:
        for name, digest in evidence.inputs.items():
            now = self.facts.digest(name, evidence.scope)
            if now != digest:
                return Renewal(name, digest, now)
        instance = evidence.instance
        if instance is not None and instance.name:
            name = f"database:{instance.name}"
            now = self.facts.digest(name, evidence.scope)
            if now is not None and now != instance.uuid:
                return Renewal(name, instance.uuid, now)
        return None


def _worst(parts: Sequence[Part]) -> Part:
    """Return the newest of the worst records, which speaks for its subject; too few of them is said last."""
    return min(parts, key=lambda part: _ORDER.index(part.status))


def _trend(trend: Trend, newest_first: Sequence[Numbered], kind: str) -> Part:
    records = newest_first[: trend.over]
    numbers = tuple(record.number for record in records)
    if len(records) < trend.over:
        said = f"{len(records)} of {trend.over} on record for the trend of {trend.measure}"
        return Part(Status.MISSING, said, evidence=numbers, kind=kind)
    values = [record.evidence.measures.get(trend.measure) for record in reversed(records)]
    measured = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(measured) < trend.over:
        said = f"{trend.measure} is not a number everywhere: {', '.join(map(str, values))}"
        return Part(Status.UNDECIDABLE, said, evidence=numbers, kind=kind)
    if _goes(trend.direction, measured):
        return Part(Status.MET, evidence=numbers, kind=kind)
    said = f"{trend.measure} went {', '.join(map(str, measured))}, which is not {trend.direction}"
    return Part(Status.UNMET, said, evidence=numbers, kind=kind)


def _goes(direction: Direction, values: Sequence[float]) -> bool:
    if direction in {Direction.RISING, Direction.NOT_FALLING}:
        steady = all(before <= after for before, after in pairwise(values))
    else:
        steady = all(before >= after for before, after in pairwise(values))
    return steady and (direction in {Direction.NOT_FALLING, Direction.NOT_RISING} or values[0] != values[-1])


def span(time: timedelta) -> str:
    """Return a length of time in words, fine enough that just too old does not read like just right."""
    counts = ((time.days, "day"), (time.seconds // 3600, "hour"), (time.seconds // 60 % 60, "minute"))
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counts if count]
    return " ".join(said[:2]) or "0 minutes"
