"""How is what an Odoo holds written into the template? Into the line that says otherwise now."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lockgate.kernel.errors import UsageError
from lockgate.practices.template.decide.facts import Target
from lockgate.practices.template.decide.planning import Action, FieldChange, Step
from lockgate.practices.template.decide.rewriting import inline, rewritten
from lockgate.practices.template.definition.kinds.speaking import back
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.looking.naming import nameless, names_of, targets_of_change, told

Chosen = Sequence[tuple[Step, FieldChange]]


def chosen_of(here: Held, names: Sequence[str]) -> Chosen:
    """Return what differs and is named: a resource by its key, or one field of it as `KEY:FIELD`."""
    if here.plan.faults:
        raise UsageError("The template has findings in this Odoo.", do="See them: `lockgate plan`.")
    return [pair for name in names for pair in _meant(here, name)]


def accept(here: Held, chosen: Chosen) -> list[str]:
    """Write what the Odoo holds into the files, and return the places."""
    steps = [step for step, _ in chosen]
    _require_sayable(chosen, here, nameless(here.client, steps, here.live))
    names = names_of(here.client, steps, here.live)
    values = [
        (change.place, in_words_of(here, step, change, told(step, change, (here.live, names))))
        for step, change in chosen
    ]
    for path in sorted({place[0] for place, _ in values}):
        file = here.workspace.root / path
        some = [(place, value) for place, value in values if place[0] == path]
        file.write_text(rewritten(file.read_text(encoding="utf-8"), some), encoding="utf-8")
    return [here.place(change) for _, change in chosen]


def in_words_of(here: Held, step: Step, change: FieldChange, value: Any) -> Any:
    """Return a value in the words of the resource's kind."""
    kind = here.kind_of(step.key)
    return value if kind is None else back(value, str(change.place[1][-1]), kind.shorts)


def _field_at(here: Held, step: Step, change: FieldChange) -> str:
    """Return the field that stands in the place of a value."""
    name, kind = str(change.place[1][-1]), here.kind_of(step.key)
    short = kind.short(name) if kind else None
    return short.field if short else name


def _meant(here: Held, said: str) -> Iterator[tuple[Step, FieldChange]]:
    key, _, field = said.partition(":")
    found = [
        (step, change)
        for step in here.plan.of(Action.CHANGE)
        for change in step.changes
        if step.key == key and (not field or change.field == field)
    ]
    if not found:
        raise UsageError(f"Nothing differs of {said!r} in this Odoo.", do="See what does: `lockgate plan`.")
    yield from found


def _require_sayable(chosen: Chosen, here: Held, nameless: Mapping[Target, str]) -> None:
    """Stop where a value can't be said in a file: it names a record without a name, or nothing says it there."""
    for step, change in chosen:
        lost = [nameless[one] for one in targets_of_change(step, change, here.live.models) if one in nameless]
        if lost:
            raise UsageError(
                f"`{change.field}` of `{step.key}` can't be said in a file.",
                why=f"{lost[0]} is a record without an external id.",
                do="Declare it as a resource first, or adopt its model.",
            )
        if _field_at(here, step, change) != change.field:
            raise UsageError(
                f"Nothing says `{change.field}` of `{step.key}` in the template.",
                do=f"Add it to its values: `{change.field}: {inline(change.old)}`.",
            )
