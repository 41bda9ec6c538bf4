"""Which early warnings are up, and which risks follow from them? From records, evidence and a moment alone.

W1  A signal says which records or evidence it rests on. It never says how long, so that the same facts read the same.
W2  Silence counts from when the owner last did anything with the record; one without an owner is silent from the start.
W3  A trend is `over` steps in a row the wrong way, in one series: the same kind, scope and subject. Fewer say nothing.
W4  Churn counts how often the digest of an input changed from one measurement to the next within the days.
W5  One risk per signal. While it is open it is brought up to date; one that was closed is opened again only when the
    signal says something that it did not say before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from lockgate.kernel.canonical import encode
from lockgate.kernel.comparison import holds
from lockgate.kernel.register import Register
from lockgate.kernel.scope import PROGRAMME
from lockgate.kernel.signal import Signal, Tells, Wrong
from lockgate.ledger.evidence import Recorded
from lockgate.ledger.registers.action import Action, Actor, Edit, Grant, Move, Raise
from lockgate.ledger.registers.due import is_open, overdue, view
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known

RISK: Final = "risk"
SIGNALS: Final = Actor("lockgate", (Grant("signals", PROGRAMME),))
"""Who raises risks by itself."""
_LISTED: Final = 20
_GOES_WRONG: Final[Mapping[Wrong, Callable[[float, float], bool]]] = {
    Wrong.RISING: lambda before, after: after > before,
    Wrong.FALLING: lambda before, after: after < before,
    Wrong.NOT_RISING: lambda before, after: after <= before,
    Wrong.NOT_FALLING: lambda before, after: after >= before,
}


@dataclass(frozen=True)
class Warned:
    """A signal that is up."""

    signal: Signal
    says: str
    records: tuple[str, ...] = ()
    evidence: tuple[int, ...] = ()
    """Numbers in the ledger."""


def warnings(
    signals: Iterable[Signal], known: Known, evidence: Sequence[Recorded], moment: datetime
) -> tuple[Warned, ...]:
    """Return the signals that are up at a moment, on the evidence on record by then."""
    found = []
    for signal in signals:
        if signal.tells in _OF_EVIDENCE:
            seen = [one for one in evidence if one.evidence.kind in signal.evidence and one.evidence.taken_at <= moment]
            warned = _OF_EVIDENCE[signal.tells](signal, sorted(seen, key=lambda one: one.number), moment)
        else:
            register = known.registers.get(signal.register)
            warned = _of_records(signal, register, known, moment) if register else None
        if warned is not None:
            found.append(warned)
    return tuple(found)


def risks(warned: Iterable[Warned], known: Known, owners: Mapping[str, str]) -> tuple[Action, ...]:
    """Return what is to be done in the register of risks (W5); `owners` names a person for a role."""
    by_signal: dict[str, Entry] = {}
    for entry in known.entries.of(RISK):
        by_signal[str(entry.values.get("signal", ""))] = entry  # the latest of them, should there be several
    register = known.registers[RISK]
    found = (_answer(one, by_signal.get(one.signal.key), register, owners) for one in warned)
    return tuple(action for actions in found for action in actions)


def _answer(warned: Warned, entry: Entry | None, register: Register, owners: Mapping[str, str]) -> tuple[Action, ...]:
    wanted = warned.signal.risk
    if entry is None:
        values: dict[str, Any] = {"title": wanted.title, "signal": warned.signal.key, "signal_says": warned.says}
        values |= {"response": wanted.response, "owner": owners.get(wanted.owner), "early_signal": warned.signal.title}
        return (Raise(RISK, {**values, **dict(wanted.fields)}),)
    if entry.values.get("signal_says") == warned.says:
        return ()
    if is_open(entry, register):
        return (Edit(entry.id, entry.version, {"signal_says": warned.says}),)
    step = register.transition("reopen")
    if step is None or entry.state not in step.source:
        return ()
    reason = f"The signal is up again. {warned.says}"
    return (Move(entry.id, step.key, reason), Edit(entry.id, entry.version + 1, {"signal_says": warned.says}))


def _of_records(signal: Signal, register: Register, known: Known, moment: datetime) -> Warned | None:
    of = list(known.entries.of(register.key))
    if signal.where:
        seen = ((one, view(one, known, moment)) for one in of)
        of = [one for one, values in seen if all(holds(each, values) for each in signal.where)]
    if signal.tells is Tells.REOPENED:
        return _reopened(signal, register, of)
    long_ago = moment - timedelta(days=signal.days)
    open_ones = [one for one in of if is_open(one, register)]
    if signal.tells is Tells.OVERDUE:
        found = [one.entry for one in overdue(open_ones, known, moment)]
    elif signal.tells is Tells.AGE:
        found = [one for one in open_ones if one.raised_at < long_ago]
    else:
        found = [one for one in open_ones if one.heard.get(one.owner, one.raised_at) < long_ago]  # W2
    if len(found) <= signal.above:
        return None
    ids = tuple(one.id for one in sorted(found, key=lambda one: one.counted))
    return Warned(signal, f"{signal.title}: {_names(ids)}.", ids)


def _reopened(signal: Signal, register: Register, entries: Sequence[Entry]) -> Warned | None:
    closed = {one.key for one in register.states if not one.open}
    ended = [one for one in entries if any(step.target in closed for step in one.steps)]
    again = [one for one in ended if any(step.source in closed and step.target not in closed for step in one.steps)]
    if len(ended) < signal.at_least or len(again) <= signal.above * len(ended):
        return None
    ids = tuple(one.id for one in again)
    return Warned(signal, f"{signal.title}: {len(ids)} of {len(ended)}: {_names(ids)}.", ids)


def _trend(signal: Signal, seen: Sequence[Recorded], _moment: datetime) -> Warned | None:
    series: dict[bytes, list[tuple[float, Recorded]]] = defaultdict(list)
    for one in seen:
        value = one.evidence.measures.get(signal.measure)
        if isinstance(value, int | float) and not isinstance(value, bool):
            identity = encode([one.evidence.kind, str(one.evidence.scope), dict(one.evidence.subject)])
            series[identity].append((value, one))
    wrong = _GOES_WRONG[signal.wrong]
    told, numbers = [], []
    for points in series.values():
        last = points[-signal.over - 1 :]
        if len(last) > signal.over and all(wrong(before[0], after[0]) for before, after in pairwise(last)):  # W3
            told.append(f"{_series(last[-1][1])}: {', '.join(f'{value:g}' for value, _ in last)}")
            numbers += [one.number for _, one in last]
    return Warned(signal, f"{signal.title}: {'; '.join(told)}.", evidence=tuple(sorted(numbers))) if told else None


def _churn(signal: Signal, seen: Sequence[Recorded], moment: datetime) -> Warned | None:
    since = moment - timedelta(days=signal.days)
    before: dict[str, str] = {}
    changes: dict[str, list[int]] = defaultdict(list)
    for one in seen:
        for name, digest in one.evidence.inputs.items():
            if one.evidence.taken_at > since and name.startswith(signal.inputs):
                if before.get(name, digest) != digest:
                    changes[name].append(one.number)  # W4
                before[name] = digest
    numbers = sorted({number for found in changes.values() for number in found})
    if len(numbers) <= signal.above:
        return None
    told = ", ".join(f"{name} {len(found)} times" for name, found in sorted(changes.items()))
    return Warned(signal, f"{signal.title}: {told}.", evidence=tuple(numbers))


_OF_EVIDENCE: Final[Mapping[Tells, Callable[[Signal, Sequence[Recorded], datetime], Warned | None]]] = {
    Tells.TREND: _trend,
    Tells.CHURN: _churn,
}


def _series(one: Recorded) -> str:
    subject = " ".join(one.evidence.subject.values())
    return " ".join(part for part in (one.evidence.kind, str(one.evidence.scope), subject) if part)


def _names(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
    return f"{', '.join(ids[:_LISTED])}{more}"
