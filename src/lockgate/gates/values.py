"""Do several comparisons hold of one set of values? Yes, no, or nobody can tell."""

from collections.abc import Sequence

from lockgate.gates.facts import Values
from lockgate.kernel.comparison import Comparison, Name, holds


def all_hold(comparisons: Sequence[Comparison], values: Values) -> bool | None:
    """Return False when one surely does not hold, else None when one can't be told, else True."""
    answer: bool | None = True
    for comparison in comparisons:
        held = holds(comparison, values)
        if held is False:
            return False
        if held is None:
            answer = None
    return answer


def complaint(comparisons: Sequence[Comparison], values: Values) -> str:
    """Say which comparison does not hold, or which can't be told when none is surely broken."""
    answers = [(comparison, holds(comparison, values)) for comparison in comparisons]
    broken = [comparison for comparison, held in answers if held is False]
    if broken:
        return "; ".join(f"{_given(comparison, values)}, required is {comparison}" for comparison in broken)
    unknown = [comparison for comparison, held in answers if held is None]
    return "; ".join(f"{comparison} can't be told: {_given(comparison, values)}" for comparison in unknown)


def _given(comparison: Comparison, values: Values) -> str:
    names = [comparison.left, *(item.name for item in comparison.right if isinstance(item, Name))]
    return ", ".join(_said(name, values.get(name)) for name in dict.fromkeys(names))


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"{name} is {'true' if value else 'false'}"
    return f"there is no {name}" if value is None else f"{name} is {value}"
