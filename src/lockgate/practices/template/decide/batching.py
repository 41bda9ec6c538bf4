"""In which batches does a plan go to Odoo? Level by level, in each all records of a model with the same fields at once.

B1  What a record rests on is sent in an earlier batch.
B2  Only fields that differ are sent.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lockgate.practices.template.decide.planning import Action, Step


@dataclass(frozen=True)
class Batch:
    """Records of one model of which the same fields are written."""

    model: str
    fields: tuple[str, ...]
    steps: tuple[Step, ...]


def batches(steps: Sequence[Step]) -> Iterator[tuple[Batch, ...]]:
    """Yield the batches of each level (B1, B2)."""
    for level in sorted({step.level for step in steps}):
        alike: dict[tuple[str, tuple[str, ...]], list[Step]] = defaultdict(list)
        for step in steps:
            if step.level == level and step.action in {Action.CREATE, Action.CHANGE} and step.changes:
                fields = tuple(sorted(change.field for change in step.changes))
                alike[step.model, fields].append(step)
        if alike:
            yield tuple(Batch(model, fields, tuple(some)) for (model, fields), some in alike.items())
