"""How far is each line of an order? Quantities that add up to the state that the order is in."""

from dataclasses import dataclass

import numpy as np

from lockgate.engines.legacy.chance import Chance, Ints

NOTHING, PARTLY, FULL = 0, 1, 2
STATES = ("nothing", "partly", "full")


@dataclass(frozen=True)
class Stage:
    """What an order may be at: how much of it moved, and how much of it is on an invoice."""

    share: float
    moved: int
    invoiced: int


@dataclass(frozen=True)
class Lines:
    """The lines of all orders; quantities are in the unit of the line."""

    order: Ints
    place: Ints
    ordered: Ints
    moved: Ints
    invoiced: Ints

    def of(self, orders: Ints) -> Ints:
        """Return the lines of a run of orders."""
        begin, end = np.searchsorted(self.order, [orders[0], orders[-1] + 1])
        return np.arange(begin, end)


def lines_of(chance: Chance, name: str, stages: tuple[Stage, ...], stage: Ints, most: int) -> Lines:
    """Return lines that are as far as the stage of their order says. The first one has at least two pieces."""
    orders = np.arange(len(stage))
    count = chance.between(f"{name}/lines", orders, 1, most)
    order = np.repeat(orders, count)
    place = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    ordered = 2 + chance.below(f"{name}/quantity", np.arange(len(order)), 24)
    moved = _part(chance, f"{name}/moved", np.array([each.moved for each in stages])[stage[order]], place, ordered)
    wanted = np.array([each.invoiced for each in stages])[stage[order]]
    invoiced = _part(chance, f"{name}/invoiced", wanted, place, moved)
    return Lines(order, place, ordered, moved, np.where(wanted == FULL, moved, invoiced))


def _part(chance: Chance, question: str, wanted: Ints, place: Ints, whole: Ints) -> Ints:
    """Return how much of each whole is done: partly means half of the first line, and all or nothing of others."""
    others = np.where(chance.below(question, np.arange(len(whole)), 2) == 0, whole, 0)
    partly = np.where(place == 0, (whole + 1) // 2, others)
    return np.select([wanted == FULL, wanted == PARTLY], [whole, partly], 0)
