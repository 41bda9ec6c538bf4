"""What do the records of a register say to a question?

K1  A record of which it can't be told whether it matches may be one: the answer is sure only if it is the same with
    and without it.
K2  `every` needs a record that matches: nothing asked is not everything answered.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lockgate.gates.asking.expanding import Item, expand
from lockgate.gates.asking.outcome import Part, Status, together
from lockgate.gates.criteria.definition import Kept
from lockgate.gates.facts.values import all_hold, complaint
from lockgate.gates.facts.wanted import Facts, Values
from lockgate.kernel.comparison import Comparison, holds
from lockgate.kernel.scope import Scope

NAMED = 5
"""How many records are named in a reason."""


def ask_register(question: Kept, scope: Scope, facts: Facts, moment: datetime) -> Part:
    """Return what the records say."""
    items, parts = expand(question.each, scope, facts)
    today = {"today": moment.date().isoformat()}
    return together([*parts, *(_item(question, item, facts, today) for item in items)])


def _item(question: Kept, item: Item, facts: Facts, today: Mapping[str, str]) -> Part:
    rows = facts.rows(question.register, item.scope)
    if rows is None:
        return Part(Status.UNDECIDABLE, f"there is no register {question.register}", item.label)
    rows = [{**today, **row} for row in rows if all(_same(row.get(name), key) for name, key in item.subject)]
    sure, unsure = _matching(question.where, rows)
    parts = [_counted(question.require, sure, unsure, rows)] if question.require or not question.every else []
    if question.every:
        parts.append(_every(question, sure, unsure))
    met = together(parts)
    return Part(met.status, met.because, item.label, evidence=met.evidence)


def _same(value: object, key: str) -> bool:
    return key in value if isinstance(value, list | tuple) else value == key


def _matching(where: Sequence[Comparison], rows: Sequence[Values]) -> tuple[list[Values], list[Values]]:
    answers = [(row, all_hold(where, row)) for row in rows]
    return [row for row, answer in answers if answer], [row for row, answer in answers if answer is None]


def _counted(
    require: Sequence[Comparison], sure: Sequence[Values], unsure: Sequence[Values], rows: Sequence[Values]
) -> Part:
    if not require:
        return Part(Status.UNDECIDABLE, "nothing is required of the records")
    counts = range(len(sure), len(sure) + len(unsure) + 1)
    possible = [{"count": count, "total": len(rows)} for count in counts]
    broken = next((c for c in require if all(holds(c, values) is False for values in possible)), None)
    if broken is not None:
        said = f"{complaint([broken], possible[0])}{_names(sure)}"
        return Part(Status.UNMET, said, evidence=_numbers(sure))
    if all(all_hold(require, values) for values in possible):  # K1
        return Part(Status.MET, evidence=_numbers(sure))
    said = f"can't be told of{_names(unsure)}" if unsure else complaint(require, possible[0])
    return Part(Status.UNDECIDABLE, said, evidence=_numbers(unsure))


def _every(question: Kept, sure: Sequence[Values], unsure: Sequence[Values]) -> Part:
    answers = [(row, all_hold(question.every, row)) for row in [*sure, *unsure]]
    broken = [row for row, answer in answers[: len(sure)] if answer is False]
    if broken:
        return Part(Status.UNMET, f"{complaint(question.every, broken[0])}{_names(broken)}", evidence=_numbers(broken))
    unknown = [row for row, answer in answers if answer is not True] or ([] if sure else unsure)
    if unknown:  # K1
        said = f"can't be told of{_names(unknown)}: {complaint([*question.where, *question.every], unknown[0])}"
        return Part(Status.UNDECIDABLE, said, evidence=_numbers(unknown))
    if not sure:  # K2
        return Part(Status.MISSING, f"no {question.register} is on record{_filter(question.where)}")
    return Part(Status.MET, evidence=_numbers(sure))


def _filter(where: Sequence[Comparison]) -> str:
    return f" with {' and '.join(map(str, where))}" if where else ""


def _names(rows: Sequence[Values]) -> str:
    names = [str(row.get("id", "?")) for row in rows[:NAMED]]
    more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
    return f" ({', '.join(names)}{more})" if names else ""


def _numbers(rows: Sequence[Values]) -> tuple[int, ...]:
    return tuple(row["number"] for row in rows if isinstance(row.get("number"), int))
