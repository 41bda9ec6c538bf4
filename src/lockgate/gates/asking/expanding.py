"""For what does a question have to be answered? For every combination of what the workspace declares."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lockgate.gates.asking.outcome import Part, Status
from lockgate.gates.criteria.definition import Criterion, Each, Measured, questions
from lockgate.gates.facts.values import all_hold, complaint
from lockgate.gates.facts.wanted import Declared, Facts
from lockgate.kernel.scope import Level, Scope

PLACES = {"site": Level.SITE, "wave": Level.WAVE}
"""Dimensions that are scopes: what is asked for each site is asked of that site's own evidence."""


_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Item:
    """One combination: whose evidence, about what."""

    scope: Scope
    label: Mapping[str, str]
    subject: tuple[tuple[str, str], ...] = ()
    """The part of the label that is no scope."""


def expand(each: Sequence[Each], scope: Scope, facts: Facts) -> tuple[list[Item], list[Part]]:
    """Return the combinations, and what stands in the way of knowing them all."""
    items, trouble = [Item(scope, _NOTHING)], list[Part]()
    for dimension in each:
        wider, items = items, []
        for item in wider:
            keys, wrong = _keys(dimension, item, facts)
            trouble.extend(wrong)
            items.extend(_narrowed(item, dimension.of, key) for key in keys)
    return items, trouble


def places(criteria: Iterable[Criterion], scope: Scope, facts: Facts) -> set[tuple[str, Scope]]:
    """Return the kinds of evidence that criteria ask for, each with a scope of which it is looked for."""
    asked = (one for criterion in criteria for one in questions(criterion.question) if isinstance(one, Measured))
    return {
        (question.kind, item.scope)
        for question in asked
        for place in (facts.around(scope, question.at) if question.at else (scope,))
        for item in expand(question.each, place, facts)[0]
    }


def _keys(each: Each, item: Item, facts: Facts) -> tuple[list[str], list[Part]]:
    declared = facts.keys(each.of, item.scope)
    if declared is None:
        return [], [Part(Status.UNDECIDABLE, f"nothing declares what a {each.of} is", item.label)]
    chosen, trouble = _chosen(each, item, declared)
    if not chosen and not trouble:
        trouble = [Part(Status.MISSING, f"no {each.of} is declared here{_narrowing(each)}", item.label)]
    return chosen, trouble


def _chosen(each: Each, item: Item, declared: Sequence[Declared]) -> tuple[list[str], list[Part]]:
    if not each.where:
        return [one.key for one in declared], []
    chosen: list[str] = []
    trouble: list[Part] = []
    for one in declared:
        values = {"key": one.key, **one.values}
        answer = all_hold(each.where, values)
        if answer is None:
            label = {**item.label, each.of: one.key}
            trouble.append(Part(Status.UNDECIDABLE, complaint(each.where, values), label))
        elif answer:
            chosen.append(one.key)
    return chosen, trouble


def _narrowing(each: Each) -> str:
    return f" with {' and '.join(map(str, each.where))}" if each.where else ""


def _narrowed(item: Item, dimension: str, key: str) -> Item:
    label = {**item.label, dimension: key}
    if dimension in PLACES:
        return Item(Scope(PLACES[dimension], key), label, item.subject)
    return Item(item.scope, label, (*item.subject, (dimension, key)))
