"""In which order are mappings loaded, so that what is referred to is there?

O1  What a mapping refers to is loaded before it, and so are the mappings and domains that it comes after by what is
    said. A mapping that says more of the records of another one comes after that.
O2  Where that goes in a circle, the circle is cut: a reference is left out at first and filled in when all are there.
    Cut is where the fewest fields have to be filled in later; of equals, at the mapping that was declared last.
O3  What does not depend on each other keeps the order in which it is declared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lockgate.practices.migration.definition import Domain
from lockgate.practices.migration.definition import Mapping as Declared
from lockgate.practices.migration.definition.mapped import FieldRule


@dataclass(frozen=True)
class Pass:
    """One mapping, or those of its fields that had to wait."""

    mapping: str
    later: frozenset[str] = frozenset()
    """Fields that this pass leaves out, or the only ones that it fills in."""
    again: bool = False
    """True when it fills in what an earlier pass left out."""


def passes(mappings: Sequence[Declared], domains: Iterable[Domain] = ()) -> tuple[Pass, ...]:
    """Return what is loaded, in this order (O1 to O3)."""
    hard, soft = _needs(mappings, {domain.key: domain for domain in domains})
    left = [mapping.key for mapping in mappings]
    found: list[Pass] = []
    cut: dict[str, frozenset[str]] = {}
    while left:
        ready = next((key for key in left if not _waits(key, left, hard, soft)), None)
        if ready is None:
            ready = _cheapest(left, hard, soft)
            cut[ready] = frozenset().union(*(fields for other, fields in soft[ready].items() if other in left))
        found.append(Pass(ready, cut.get(ready, frozenset())))
        left.remove(ready)
    return (*found, *(Pass(key, fields, again=True) for key, fields in cut.items() if fields))


_Hard = Mapping[str, set[str]]
_Soft = Mapping[str, Mapping[str, frozenset[str]]]


def _needs(mappings: Sequence[Declared], domains: Mapping[str, Domain]) -> tuple[_Hard, _Soft]:
    """Return what each mapping must come after, and which fields refer to which other mapping."""
    members: dict[str, set[str]] = {}
    for mapping in mappings:
        members.setdefault(mapping.domain, set()).add(mapping.key)
    hard: dict[str, set[str]] = {}
    soft: dict[str, dict[str, frozenset[str]]] = {}
    for mapping in mappings:
        after = domains[mapping.domain].after if mapping.domain in domains else ()
        hard[mapping.key] = set().union(*(members.get(domain, set()) for domain in after)) - {mapping.key}
        hard[mapping.key] |= set(mapping.after)
        if mapping.same_as:
            hard[mapping.key].add(mapping.same_as)
        soft[mapping.key] = {}
        for field, rule in references(mapping):
            if rule.record not in {None, mapping.key}:
                at = soft[mapping.key]
                at[str(rule.record)] = at.get(str(rule.record), frozenset()) | {field}
        for lines in mapping.lines.values():
            named = {rule.record for rule in lines.fields.values() if isinstance(rule, FieldRule) and rule.record}
            hard[mapping.key] |= named - {mapping.key}
    return hard, soft


def references(mapping: Declared) -> Iterable[tuple[str, FieldRule]]:
    """Return the fields of a mapping that refer to records of mappings."""
    return (
        (field, rule)
        for field, rule in mapping.fields.items()
        if isinstance(rule, FieldRule) and rule.record is not None
    )


def _waits(key: str, left: Sequence[str], hard: _Hard, soft: _Soft) -> bool:
    return any(other in left and other != key for other in (*hard[key], *soft[key]))


def _cheapest(left: Sequence[str], hard: _Hard, soft: _Soft) -> str:
    """Return where a circle is cut (O2); one that goes through what can't wait is cut there all the same."""
    free = [key for key in left if not any(other in left for other in hard[key])] or list(left)
    return min(reversed(free), key=lambda key: sum(len(fields) for other, fields in soft[key].items() if other in left))
