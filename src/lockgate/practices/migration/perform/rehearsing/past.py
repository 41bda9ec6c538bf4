"""What is on record of the rounds? Their evidence, by round and by what it is about.

P1  Evidence that names no round was not measured in one of these, and does not count here.
P2  Of several measurements of one thing in one round the newest counts. How long a load takes is told by the one that
    wrote most: one that goes on where it was, or finds all of it there, tells little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lockgate.ledger import AsOf, Recorded
from lockgate.practices.migration.perform.bench import ROUND, STEP
from lockgate.programme.ledger_place import LedgerPlace

REHEARSED: Final = "migration.rehearsed"
KINDS: Final = ("migration.profiled", "migration.loaded", "migration.reconciled", REHEARSED)
_LAST: Final = 200
Subject = tuple[str, str, str]
"""The kind, what it is about, and by which verb."""


@dataclass(frozen=True)
class Past:
    """What is on record."""

    rounds: Mapping[int, Mapping[Subject, Sequence[Recorded]]]

    @property
    def newest(self) -> int | None:
        """The number of the newest round."""
        return max(self.rounds, default=None)

    def of(self, number: int | None, kind: str, about: str, step: str = "") -> Recorded | None:
        """Return what a round has on record of something."""
        found = self._all(number, kind, about, step)
        return found[-1] if found else None

    def told_most(self, number: int, domain: str) -> Recorded | None:
        """Return the load of a domain that tells how long it takes (P2)."""
        found = self._all(number, "migration.loaded", domain, "")
        return max(found, key=lambda one: (one.evidence.measures.get("sent", 0), one.number), default=None)

    def rehearsed(self, number: int) -> Recorded | None:
        """Return the newest rehearsal that was this round."""
        found = [
            one for subject, some in self.rounds.get(number, {}).items() if subject[0] == REHEARSED for one in some
        ]
        return max(found, key=lambda one: one.number, default=None)

    def _all(self, number: int | None, kind: str, about: str, step: str) -> Sequence[Recorded]:
        return self.rounds.get(number or 0, {}).get((kind, about, step), ())


def past(place: LedgerPlace, upto: AsOf | None = None) -> Past:
    """Return what is on record of the rounds (P1, P2)."""
    rounds: dict[int, dict[Subject, list[Recorded]]] = {}
    for one in place.ledger.current_evidence(KINDS, upto=upto, last=_LAST):
        number = one.evidence.notes.get(ROUND, "")
        if number.isdecimal():
            about = next(iter(one.evidence.subject.values()), "")
            subject = (one.evidence.kind, about, one.evidence.notes.get(STEP, ""))
            rounds.setdefault(int(number), {}).setdefault(subject, []).append(one)
    return Past(dict(sorted(rounds.items())))
