"""What did people decide about pairs, and what are they asked? Records of two registers in the ledger.

N1  A pair that needs a person is one record of `match-review`, however often it is found: the records' names tell it.
N2  A pair that needs nobody any more falls away; it is asked again when it comes back. What people raised themselves
    stays.
N3  A verdict that somebody filled in, in a file of many, becomes a step in the name of who filled it in.
N4  Two reviewers each say what they think; only when they say the same is it decided.
N5  Of two choices for one value of one golden record the later one counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lockgate.engines.matching.golden import Choice
from lockgate.engines.matching.rules import Decision
from lockgate.kernel import canonical
from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.action import Action, Actor, Edit, Move, Raise
from lockgate.ledger.registers.entry import Change, Entry
from lockgate.practices.migration.definition import Entity
from lockgate.programme.desk import Desk

REVIEW: Final = "match-review"
CHOICE: Final = "value-choice"
MATCHING: Final = Actor("matching")
"""Who asks about pairs by itself."""
OPEN: Final = frozenset({"open", "half", "disagreed"})
SAYS: Final = ("same", "different")
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Asked:
    """A pair that a person is to look at."""

    left: str
    right: str
    score: float | None
    because: str


def decisions(desk: Desk, entity: str) -> list[Decision]:
    """Return what people decided about pairs of an entity, the oldest first."""
    found = [one for one in _reviews(desk, entity) if one.state in SAYS]
    found.sort(key=lambda one: (one.since, one.counted))
    return [(*_pair(one), one.state == "same") for one in found]


def choices(desk: Desk, entity: str) -> list[Choice]:
    """Return whose values people chose, the oldest first."""
    found = [one for one in _of(desk, CHOICE, entity) if one.state == "chosen"]
    found.sort(key=lambda one: (one.since, one.counted))
    return [(str(one.values["record"]), str(one.values["column"])) for one in found]


def digest_of(decided: Iterable[Decision], chosen: Iterable[Choice]) -> str:
    """Return what tells these decisions from others."""
    return canonical.digest([sorted(map(list, decided)), sorted(map(list, chosen))])


def waiting(desk: Desk, entity: str) -> dict[tuple[str, str], Entry]:
    """Return the records of pairs that wait for a person."""
    return {_pair(one): one for one in _reviews(desk, entity) if one.state in OPEN}


def by_pair(desk: Desk, entity: str) -> dict[tuple[str, str], Entry]:
    """Return the record of each pair that anybody was ever asked about."""
    return {_pair(one): one for one in _reviews(desk, entity)}


def ask(desk: Desk, declared: Entity, pairs: Sequence[Asked]) -> int:
    """Bring the register in line with the pairs that need a person (N1, N2); return how many wait now."""
    known = by_pair(desk, declared.key)
    wanted = {(one.left, one.right): one for one in pairs}
    actions: list[Action] = [
        _raised(declared, one) if pair not in known else Move(known[pair].id, "ask-again")
        for pair, one in wanted.items()
        if pair not in known or known[pair].state == "gone"
    ]
    actions += [
        Move(entry.id, "fall-away")
        for pair, entry in known.items()
        if entry.state in OPEN and entry.raised_by == MATCHING.person and pair not in wanted
    ]
    for start in range(0, len(actions), _AT_ONCE):
        _perform(desk, actions[start : start + _AT_ONCE], MATCHING)
    return len(waiting(desk, declared.key))


def take_filled_in(desk: Desk) -> int:
    """Take the steps that people filled in in files, in their names; return how many (N3)."""
    taken = 0
    for entry in list(desk.known.entries.of(REVIEW)):
        said, filled = entry.values.get("verdict"), _filled_in(entry)
        if said in SAYS and entry.state in OPEN and filled is not None:
            reason = str(entry.values.get("reason") or "")
            _perform(desk, [steps(entry, str(said), reason=reason)], desk.actor(filled.by))
            after = desk.known.entries.by_id[entry.id]
            if after.state in OPEN:  # so that the second of two can fill in the same
                _perform(desk, [Edit(entry.id, after.version, {"verdict": None})], MATCHING)
            taken += 1
    return taken


def _filled_in(entry: Entry) -> Change | None:
    """Return who filled in the verdict since the last step; what was filled in before it has been counted."""
    found = (change for change in reversed(entry.changes) if "verdict" in change.fields)
    last = next(found, None)
    return last if last is not None and last.at >= entry.since else None


def steps(entry: Entry, said: str, *, reason: str = "") -> Move:
    """Return the step that follows when somebody says so about a pair (N4)."""
    if entry.state == "disagreed":
        return Move(entry.id, f"settle-{said}", reason=reason)
    if entry.state == "half":
        agreed = entry.values.get("first") == said
        return Move(entry.id, f"agree-{said}" if agreed else "disagree", reason=reason, values={"second": said})
    if entry.values.get("reviewers") == 1:
        return Move(entry.id, f"say-{said}", reason=reason)
    return Move(entry.id, "look-first", reason=reason, values={"first": said})


def _perform(desk: Desk, actions: Sequence[Action], actor: Actor) -> None:
    done = desk.book.perform(actions, actor=actor, moment=desk.moment)
    if done.refusals:
        first = done.refusals[0]
        raise UsageError(f"What was decided about duplicates can't be kept: {first.what}", do=first.do)


def _raised(declared: Entity, one: Asked) -> Raise:
    values: dict[str, Any] = {
        "title": f"{one.left} and {one.right}",
        "entity": declared.key,
        "left": one.left,
        "right": one.right,
        "score": None if one.score is None else round(one.score, 4),
        "because": one.because,
        "reviewers": declared.reviewers,
        "owner": declared.owner,
    }
    return Raise(REVIEW, {key: value for key, value in values.items() if value is not None})


def _reviews(desk: Desk, entity: str) -> Iterator[Entry]:
    return _of(desk, REVIEW, entity)


def _of(desk: Desk, register: str, entity: str) -> Iterator[Entry]:
    return (one for one in desk.known.entries.of(register) if one.values.get("entity") == entity)


def _pair(entry: Entry) -> tuple[str, str]:
    return pair_of(entry.values)


def pair_of(values: Mapping[str, Any]) -> tuple[str, str]:
    """Return the two records of a pair, always in the same order."""
    left, right = sorted((str(values["left"]), str(values["right"])))
    return left, right
