"""A call was refused: which records are sent next, with whom, and which are given up? Decided from the answer alone.

B1  Records that Odoo names are set apart as suspects; the others go again without them.
B2  A suspect is given up when Odoo refuses it alone. Among suspects alone it is enough that Odoo names a field of it:
    only without a field it may be named for another's fault.
B3  When Odoo names nobody, the call is halved.
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
    if len(group.records) == 1:
        record = group.records[0]
        named = refused.named.get(0) or Reject(record.number, record.external_id, refused.reason)
        return Step((), (named,))  # B2
    if not refused.named:
        return Step(halves(group), ())  # B3
    if len(refused.named) == len(group.records) and group.suspects:
        return _sure_and_alone(group, refused)
    innocent = tuple(record for at, record in enumerate(group.records) if at not in refused.named)
    suspects = tuple(group.records[at] for at in sorted(refused.named))
    again = [Group(innocent, suspects=group.suspects)] if innocent else []
    return Step((*again, Group(suspects, suspects=True)), ())  # B1


def _sure_and_alone(group: Group, refused: Refused) -> Step:
    sure = tuple(reject for reject in refused.named.values() if reject.field)
    alone = (group.records[at] for at, reject in sorted(refused.named.items()) if not reject.field)
    return Step(tuple(Group((record,), suspects=True) for record in alone), sure)  # B2


def halves(group: Group) -> tuple[Group, ...]:
    """Return the group as two of half its size."""
    middle = len(group.records) // 2
    return tuple(Group(part, suspects=group.suspects) for part in (group.records[:middle], group.records[middle:]))


def next_group(waiting: Sequence[Group]) -> int:
    """Return the position of the group to send next: suspects last (B4)."""
    return next((at for at, group in enumerate(waiting) if not group.suspects), 0)
