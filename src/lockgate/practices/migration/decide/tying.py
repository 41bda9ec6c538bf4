"""Do the figures agree, and how much of what separates them is accounted for?

Y1  A figure that has nothing of a group has nothing there: the group differs by all that the others hold.
Y2  The difference of a group is how far its largest figure is above its smallest.
Y3  A reason adds its amount to the figures that lack it. What still separates them is unexplained, so one that explains
    too much leaves as much open as one that explains too little.
Y4  A group ties when what is unexplained is within the tolerance. A difference stays visible, explained or not.
Y5  Figures are added up over groups, never over units; the difference of a sum is the largest of its groups, since
    differences of several groups may cancel out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Place = tuple[str, ...]
"""The company, and the groups in the order of the tie."""
Amounts = Mapping[str, Mapping[Place, Decimal]]
"""What each figure holds of each place."""
_NOTHING = Decimal(0)
_EXACT = Decimal("0.000001")


@dataclass(frozen=True)
class Reason:
    """Why an amount of a place is not in some figures."""

    place: Place
    lacks: frozenset[str]
    amount: Decimal
    because: str
    key: str = ""
    """The record, where it is one of the old systems."""
    by: str = ""
    """Who says so, where a person does."""


@dataclass(frozen=True)
class Group:
    """The figures of a place."""

    place: Place
    figures: Mapping[str, Decimal]
    difference: Decimal
    unexplained: Decimal
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Line:
    """The figures of a company in one unit."""

    company: str
    unit: str
    figures: Mapping[str, Decimal]
    difference: Decimal
    unexplained: Decimal
    off: int
    """How many groups don't tie."""


def groups(names: Sequence[str], amounts: Amounts, reasons: Iterable[Reason]) -> tuple[Group, ...]:
    """Return what the figures hold of each place, with what explains their differences."""
    because: dict[Place, list[Reason]] = {}
    for reason in reasons:
        because.setdefault(reason.place, []).append(reason)
    places = sorted({place for held in amounts.values() for place in held} | because.keys())
    return tuple(_group(names, amounts, place, tuple(because.get(place, ()))) for place in places)


def _group(names: Sequence[str], amounts: Amounts, place: Place, reasons: tuple[Reason, ...]) -> Group:
    held = {name: amounts.get(name, {}).get(place, _NOTHING).quantize(_EXACT) for name in names}  # Y1
    told = {
        name: value + sum((one.amount for one in reasons if name in one.lacks), _NOTHING)
        for name, value in held.items()
    }  # Y3
    return Group(place, held, _apart(held), _apart(told).quantize(_EXACT), reasons)


def _apart(figures: Mapping[str, Decimal]) -> Decimal:
    return max(figures.values()) - min(figures.values())  # Y2


def lines(found: Iterable[Group], *, unit: str, unit_at: int | None, tolerance: Decimal) -> tuple[Line, ...]:
    """Return the figures of each company and unit (Y5); `unit_at` is where in a place the unit stands."""
    of: dict[tuple[str, str], list[Group]] = {}
    for one in found:
        of.setdefault((one.place[0], unit if unit_at is None else one.place[unit_at]), []).append(one)
    return tuple(_line(company, named, some, tolerance) for (company, named), some in sorted(of.items()))


def _line(company: str, unit: str, found: Sequence[Group], tolerance: Decimal) -> Line:
    sums = {name: sum((one.figures[name] for one in found), _NOTHING) for name in found[0].figures}
    off = sum(not ties(one, tolerance) for one in found)
    return Line(company, unit, sums, max(g.difference for g in found), max(g.unexplained for g in found), off)


def ties(group: Group, tolerance: Decimal) -> bool:
    """Return whether the figures agree but for what is explained (Y4)."""
    return group.unexplained <= tolerance


def sides(figures: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    """Return the first figure, and the one that is furthest from it."""
    first, *others = figures.values()
    return first, max(others, key=lambda other: abs(other - first))
