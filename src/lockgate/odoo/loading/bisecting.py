"""A call was refused: which records are sent next, with whom, and which are given up? Decided from the answer alone.

B1  Records that Odoo names are set apart as suspects; the others go again without them.
B2  A suspect is given up only when Odoo refuses it among suspects alone: in other company it may be named for
    another's fault, or for a conflict that has passed.
B3  When Odoo names nobody, the call is halved; a record refused alone is given up.
B4  Suspects go last, in the order of their rows, so that what they refer to may be there by then.
B5  Every answer makes the open calls smaller, gives a record up, or turns records into suspects, which happens once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lockgate.odoo.loading.answers import Refused
from lockgate.odoo.loading.records import Record, Reject


@dataclass(frozen=True)
class Group:
    """Records that are sent in one call."""

    records: tuple[Record, ...]
    suspects: bool = False


@dataclass(frozen=True)
class Step:
    """What follows from a refused call."""

    again: tuple[Group, ...]
    given_up: tuple[Reject, ...]


def step_after(group: Group, refused: Refused) -> Step:
    """Return what to send again and what to give up."""
    if not refused.named:
        return _halved(group, refused.reason)
    if len(refused.named) == len(group.records) and (group.suspects or len(group.records) == 1):
        return Step((), tuple(refused.named.values()))  # B2
    innocent = tuple(record for at, record in enumerate(group.records) if at not in refused.named)
    suspects = tuple(group.records[at] for at in sorted(refused.named))
    again = [Group(innocent, suspects=group.suspects)] if innocent else []
    return Step((*again, Group(suspects, suspects=True)), ())  # B1


def _halved(group: Group, reason: str) -> Step:
    if len(group.records) == 1:
        record = group.records[0]
        return Step((), (Reject(record.number, record.external_id, reason),))  # B3
    return Step(halves(group), ())


def halves(group: Group) -> tuple[Group, ...]:
    """Return the group as two of half its size, or as it is when it can't be cut."""
    middle = len(group.records) // 2
    cut = (group.records[:middle], group.records[middle:])
    return tuple(Group(part, suspects=group.suspects) for part in cut if part)


def next_group(waiting: Sequence[Group]) -> int:
    """Return the position of the group to send next: suspects last (B4)."""
    return next((at for at, group in enumerate(waiting) if not group.suspects), 0)
