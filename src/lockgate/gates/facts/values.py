"""What can comparisons name, and do several of them hold of it? Yes, no, or nobody can tell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lockgate.gates.facts.wanted import Values
from lockgate.kernel.comparison import Comparison, Name, holds
from lockgate.kernel.evidence import Evidence


class EvidenceValues(Mapping[str, Any]):
    """What comparisons can name: what is known of each piece of evidence, its measures, its subject and its notes."""

    __slots__ = ("_evidence",)

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    def __getitem__(self, name: str) -> Any:
        evidence = self._evidence
        if name in _KNOWN:
            return _KNOWN[name](evidence)
        if name in evidence.measures:
            return evidence.measures[name]
        return evidence.subject[name] if name in evidence.subject else evidence.notes[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value without the detour over an error."""
        measures = self._evidence.measures
        if name in measures and name not in _KNOWN:
            return measures[name]
        return super().get(name, default)

    def __iter__(self) -> Iterator[str]:
        yield from {**self._evidence.notes, **self._evidence.subject, **self._evidence.measures, **_KNOWN}

    def __len__(self) -> int:
        return sum(1 for _ in self)


_KNOWN: Mapping[str, Callable[[Evidence], str | None]] = {
    "verdict": lambda evidence: str(evidence.verdict),
    "producer": lambda evidence: evidence.producer,
    "scope": lambda evidence: str(evidence.scope),
    "instance": lambda evidence: evidence.instance.name if evidence.instance else None,
    "instance_role": lambda evidence: str(evidence.instance.role) if evidence.instance else None,
}


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
