"""How are plans, what came of them and drift shown to a person? As tables and a line that sums up."""

from collections.abc import Iterator
from typing import Any, Final

from lockgate.faces.output import Fields, Table, View
from lockgate.kernel.instance import Role
from lockgate.practices.template.decide.planning import Action
from lockgate.practices.template.perform.telling.answers import ApplyAnswer, DriftAnswer, PlanAnswer, StepAnswer

_WIDEST: Final = 40
_LOOKS: Final = {"create": "green", "change": "yellow", "take over": "yellow", "archive": "red"}


def plan_views(answer: PlanAnswer) -> Iterator[View]:
    """Yield the table of what is to be done, and the sum."""
    columns = ("Do", "Model", "Resource", "Field", "Now", "Template", "Declared at")
    rows = [row for one in answer["resources"] for row in _rows(one)]
    yield Table(columns, rows, "Nothing to do: Odoo is as the template says.", _LOOKS)
    yield summed_up(answer)
    if answer.get("denied"):
        yield "This user may read all of it and not write it; apply as another user:"
        lacking = [(one["right"], one["model"], one["resources"], one["at"], one["why"]) for one in answer["denied"]]
        yield Table(("May not", "Model", "Resources", "Declared at", "What Odoo says"), lacking)


def summed_up(answer: PlanAnswer) -> str:
    """Return how much is to be done, in a line."""
    return (
        f"{answer['create']} to create, {answer['change']} to change, {answer['archive']} to archive, "
        f"{answer['unchanged']} as they should be."
    )


def apply_views(answer: ApplyAnswer, after: PlanAnswer) -> Iterator[View]:
    """Yield what was done, and what is not as it should be."""
    done = {"Written": answer["written"], "Taken over": answer["taken_over"], "Archived": answer["archived"]}
    yield Fields({**done, **({"Installed": answer["installed"]} if answer["installed"] else {})})
    if answer["refused"]:
        rows = [(one["key"], one["at"], one["why"]) for one in answer["refused"]]
        yield Table(("Resource", "Declared at", "What Odoo says"), rows)
        yield f"{answer['left']} more were not tried, since they rest on these. Mend them and apply again."
    elif answer["differing"]:
        yield "Odoo took all of it, and holds something else in the end:"
        yield from plan_views(after)
    else:
        yield "Odoo is as the template says."
    if answer.get("rollback"):
        yield f"What was there before is in {answer['rollback']}: `lockgate apply --rollback` sets it back."


def drift_views(answer: DriftAnswer) -> Iterator[View]:
    """Yield what differs, and how much does not."""
    rows = [
        (one["key"], one["field"], _short(one["declared"]), _short(one["live"]), one["by"] or "", one["at"] or "")
        for one in answer["changes"]
    ]
    columns = ("Resource", "Field", "Template", "Odoo", "Last changed by", "At (UTC)")
    yield Table(columns, rows, "Odoo is as the template says.")
    yield f"{answer['in_sync']} of {answer['resources']} as the template says ({answer['adherence']} %)."


def asked(answer: PlanAnswer, role: Role) -> str:
    """Return the question that is asked before anything is done."""
    return f"{summed_up(answer)} Do this in {answer['instance']} ({role})?"


def _rows(one: StepAnswer) -> Iterator[tuple[str, ...]]:
    do = "take over" if one["takes_over"] else one["action"]
    about = (do, one["kind"], one["key"])
    changes = one["changes"]
    if one["action"] == Action.CREATE or not changes:
        fields = ", ".join(change["field"] for change in changes)
        yield (*about, "", "", fields, changes[0]["at"].rsplit(":", 2)[0] if changes else "")
        return
    for change in changes:
        yield (*about, change["field"], _short(change["old"]), _short(change["new"]), change["at"])


def _short(value: Any) -> str:
    text = "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
