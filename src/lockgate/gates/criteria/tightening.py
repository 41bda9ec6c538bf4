"""Does a change ask as much as before? Tightening is free, loosening takes a recorded decision.

T1  What is asked of a record may be made stricter: every earlier requirement must follow from a new one.
T2  Fewer runs, older evidence, evidence on old inputs, a shorter trend and fewer dimensions are looser.
T3  Filters, kinds and groups can't be weighed against each other: changing one counts as loosening.
"""

from collections.abc import Iterator, Sequence

from lockgate.gates.criteria.written import AskWritten, CriterionWritten, GateWritten
from lockgate.kernel.comparison import Comparison, Name, holds

_UP, _DOWN = {">", ">="}, {"<", "<="}


def loosened(old: CriterionWritten, new: CriterionWritten) -> list[str]:
    """Return in which ways the new criterion asks less."""
    if new.drop:
        return ["it is left out"]
    return list(dict.fromkeys(_loosened(old, new)))


def gate_loosened(old: GateWritten, new: GateWritten) -> list[str]:
    """Return in which ways the new gate asks less, apart from its criteria."""
    said = [
        (new.drop, "it is left out"),
        (old.stage is not None and new.stage != old.stage, "it guards another stage"),
        (old.scope is not None and new.scope != old.scope, "it is asked of another scope"),
        (bool(set(old.guards or ()) - set(new.guards or ())), "it guards fewer instances"),
    ]
    if old.decides and new.decides:
        said += [
            (new.decides.role != old.decides.role, f"{old.decides.role} no longer decides"),
            (new.decides.quorum < old.decides.quorum, f"{new.decides.quorum} decide instead of {old.decides.quorum}"),
        ]
    return [text for looser, text in said if looser]


def implies(new: Comparison, old: Comparison) -> bool:
    """Return whether whatever satisfies the new comparison satisfies the old one (T1)."""
    if new == old:
        return True
    if new.left != old.left or any(isinstance(item, Name) for item in (*new.right, *old.right)):
        return False
    if old.how in {"!=", "not in"}:
        return new.how in {"!=", "not in"} and set(old.right) <= set(new.right)
    if new.how in {"=", "in"} and not old.how.endswith("empty"):
        return all(holds(old, {old.left: value}) is True for value in new.right)
    for direction in (_UP, _DOWN):
        if old.how in direction and new.how in direction:
            return _at_least_as_far(new, old)
    return False


def _at_least_as_far(new: Comparison, old: Comparison) -> bool:
    mine, theirs = new.right[0], old.right[0]
    if mine == theirs:
        return len(new.how) <= len(old.how)
    return holds(old, {old.left: mine}) is True


def _loosened(old: AskWritten, new: AskWritten) -> Iterator[str]:
    if old.asks != new.asks or old.register_ != new.register_ or old.where != new.where:
        yield "it asks something else"  # T3
    if old.evidence != new.evidence or old.any_ != new.any_:
        yield "it asks something else"  # T3
    if old.all_ and (new.all_ or [])[: len(old.all_)] != old.all_:
        yield "it asks something else"  # T3
    for before, after in ((old.require, new.require), (old.every, new.every)):
        yield from _weaker(before or (), after or ())
    lacking = [each.of for each in old.each or () if each not in (new.each or ())]
    yield from (f"it is no longer asked for each {name}" for name in lacking)  # T2
    yield from _older(old, new)


def _weaker(old: Sequence[Comparison], new: Sequence[Comparison]) -> Iterator[str]:
    for wanted in old:
        if not any(implies(comparison, wanted) for comparison in new):
            yield f"{wanted} no longer follows"


def _older(old: AskWritten, new: AskWritten) -> Iterator[str]:
    if (new.last or 1) < (old.last or 1):
        yield f"last is {new.last}, it was {old.last}"
    if old.fresh is not None and (new.fresh is None or new.fresh > old.fresh):
        yield "older evidence counts"
    if new.inputs == "any" and old.inputs != "any":
        yield "evidence on old inputs counts"
    if old.trend is not None and (
        new.trend is None
        or (new.trend.measure, new.trend.direction) != (old.trend.measure, old.trend.direction)
        or new.trend.over < old.trend.over
    ):
        yield "the trend is looser"
