"""In which batches does a plan go to Odoo? Level by level, in each all records of a model with the same fields at once.

B1  What a record rests on is sent in an earlier batch.
B2  Only fields that differ are sent.
B3  In a level settings go first, then new companies, then records as they are at home, then in other companies and
    languages, then what is written record by record: lines, members of sets, and the chart of accounts of a company.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from lockgate.practices.template.decide.facts import COMPANY, SETTINGS, FieldFact, Models, View
from lockgate.practices.template.decide.names import LINES
from lockgate.practices.template.decide.planning import Action, FieldChange, Step


class Sending(IntEnum):
    """How something is sent, in the order in which it goes (B3)."""

    SETTINGS = 0
    FOUNDING = 1
    HOME = 2
    VIEW = 3
    COMMANDS = 4
    CHART = 5


@dataclass(frozen=True)
class Batch:
    """Records of one model of which the same fields are written in the same way."""

    sending: Sending
    model: str
    view: View
    fields: tuple[str, ...]
    steps: tuple[Step, ...]

    def changes(self, step: Step) -> dict[str, FieldChange]:
        """Return what is changed of a record, by field."""
        here = (change for change in step.changes if change.view == self.view)
        return {change.field: change for change in here if change.field in self.fields}

    def without(self, keys: Collection[str]) -> "Batch":
        """Return it without some resources."""
        return replace(self, steps=tuple(step for step in self.steps if step.key not in keys))


def batches(steps: Sequence[Step], models: Models) -> Iterator[tuple[Batch, ...]]:
    """Yield the batches of each level (B1 to B3)."""
    for level in sorted({step.level for step in steps}):
        alike: dict[tuple[Sending, str, View, tuple[str, ...]], list[Step]] = defaultdict(list)
        for step in steps:
            if step.level == level and step.action in {Action.CREATE, Action.CHANGE} and step.model in models:
                for (sending, view), fields in _ways(step, models[step.model]).items():
                    alike[sending, step.model, view, tuple(sorted(fields))].append(step)
        if alike:
            yield tuple(Batch(*how, tuple(some)) for how, some in sorted(alike.items(), key=lambda one: one[0][0]))


def _ways(step: Step, fields: Mapping[str, FieldFact]) -> dict[tuple[Sending, View], list[str]]:
    found: dict[tuple[Sending, View], list[str]] = defaultdict(list)
    if step.action is Action.CREATE:
        found[_made(step), step.home] = []
    for change in step.changes:
        found[_sending(step, change, fields[change.field]), change.view].append(change.field)
    return found


def _sending(step: Step, change: FieldChange, field: FieldFact) -> Sending:
    if step.model == SETTINGS:
        return Sending.SETTINGS
    if (step.model, change.field) == (COMPANY, "chart_template"):
        return Sending.CHART
    if field.type == LINES or isinstance(change.new, Mapping):
        return Sending.COMMANDS
    return _made(step) if change.view == step.home else Sending.VIEW


def _made(step: Step) -> Sending:
    return Sending.FOUNDING if step.model == COMPANY and step.action is Action.CREATE else Sending.HOME
