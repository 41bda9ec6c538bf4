"""Which records does somebody want to see, and in which order? Filtered by comparisons, sorted by any field.

Q1  A record for which a comparison can't be told is not listed: it does not satisfy it.
Q2  A filter or an order by something that no record has is refused, never an empty list.
Q3  Records without a value come last, whichever way is sorted; what is equal is in the order of ids.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from lockgate.kernel.comparison import Comparison, holds, parse_comparison
from lockgate.kernel.errors import UsageError
from lockgate.kernel.register import OF_EVERY_RECORD, Register
from lockgate.ledger.registers.due import view
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import near


def listed(
    entries: Iterable[Entry],
    register: Register,
    known: Known,
    *,
    moment: datetime,
    where: Sequence[Comparison] = (),
    order: Sequence[str] = (),
) -> list[Entry]:
    """Return the records that satisfy every comparison, in the order wanted; `-due` is from the end."""
    names = [name for one in where for name in one.names] + [key.removeprefix("-") for key in order]
    _known(register, names)
    own = OF_EVERY_RECORD.isdisjoint(names)  # then nothing has to be worked out
    seen = [(one, one.values if own else view(one, known, moment)) for one in entries]
    found = [(one, values) for one, values in seen if all(holds(each, values) for each in where)]  # Q1
    found.sort(key=lambda pair: pair[0].counted)
    for key in reversed(order):
        name = key.removeprefix("-")
        there = [pair for pair in found if _sortable(pair[1].get(name)) is not None]
        without = [pair for pair in found if _sortable(pair[1].get(name)) is None]
        there.sort(key=lambda pair: _sortable(pair[1][name]) or (), reverse=key.startswith("-"))
        found = there + without  # Q3
    return [one for one, _ in found]


def compared(where: Iterable[str]) -> list[Comparison]:
    """Return the comparisons that somebody wrote, or stop with what would be right."""
    try:
        return [parse_comparison(one) for one in where]
    except ValueError as error:
        what, _, how = str(error).partition(". ")
        raise UsageError(f"{what}.", do=how) from None


def _known(register: Register, names: Iterable[str]) -> None:
    there = {one.key for one in register.fields} | OF_EVERY_RECORD
    for name in names:
        if name not in there:
            raise UsageError(f"A {register.title.lower()} has no {name!r}.", do=near(name, there))  # Q2


def _sortable(value: Any) -> tuple[int, Any] | None:
    """Return what sorts numbers before texts, None for no value."""
    if value is None or value in ("", []):
        return None
    if isinstance(value, list):
        return (1, ", ".join(map(str, value)))
    return (1, value) if isinstance(value, str) else (0, value)
