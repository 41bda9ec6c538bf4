"""What do programs learn of the template? The keys of `lockgate plan`, `apply` and `drift` with `--json`."""

from collections.abc import Iterator, Mapping
from typing import Any, NotRequired

from typing_extensions import TypedDict

from lockgate.practices.template.decide.facts import Target
from lockgate.practices.template.decide.planning import Action, FieldChange, Step
from lockgate.practices.template.perform.applying.applying import Applied
from lockgate.practices.template.perform.applying.sending import NotTaken
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.looking.naming import names_of, told
from lockgate.practices.template.perform.looking.rights import denied
from lockgate.practices.template.perform.looking.viewing import companies_of
from lockgate.practices.template.perform.looking.writers import Writer, writers_of
from lockgate.practices.template.perform.telling.measuring import measures_of


class ChangeAnswer(TypedDict):
    """A field that is to hold something else."""

    field: str
    old: Any
    new: Any
    at: str
    company: str
    language: str


class StepAnswer(TypedDict):
    """What is to be done with a resource."""

    kind: str
    key: str
    action: str
    takes_over: bool
    waits: bool
    record: int | None
    changes: list[ChangeAnswer]


class DeniedAnswer(TypedDict):
    """A right that carrying out the plan would lack."""

    model: str
    right: str
    resources: int
    at: str
    """Where the first of them is declared."""
    why: str


class PlanAnswer(TypedDict):
    """The answer of `lockgate plan`."""

    create: int
    change: int
    archive: int
    unchanged: int
    instance: str
    database: str
    digest: str
    resources: list[StepAnswer]
    denied: NotRequired[list[DeniedAnswer]]
    """What this user may not do of it; older files don't tell it."""


class RefusedAnswer(TypedDict):
    """A resource that Odoo did not take."""

    key: str
    field: str
    why: str
    at: str


class StaysAnswer(TypedDict):
    """What could not be set back."""

    key: str
    field: str
    why: str


class ApplyAnswer(TypedDict):
    """The answer of `lockgate apply`."""

    written: int
    taken_over: int
    archived: int
    installed: int
    left: int
    refused: list[RefusedAnswer]
    differing: list[str]
    evidence: int
    rollback: NotRequired[str]
    """The file that keeps what was there before, below the workspace; older files don't tell it."""
    stays: NotRequired[list[StaysAnswer]]


class DriftedAnswer(TypedDict):
    """A field that holds something else than the template says."""

    kind: str
    key: str
    field: str
    company: str
    language: str
    declared: Any
    live: Any
    by: str | None
    at: str | None
    declared_at: str


class DriftAnswer(TypedDict):
    """The answer of `lockgate drift`."""

    resources: int
    in_sync: int
    drifted: int
    unapproved: int
    adherence: float
    changes: list[DriftedAnswer]
    evidence: int


def plan_answer(held: Held) -> PlanAnswer:
    """Return what is to be done, with names in place of ids."""
    steps = _differing(held)
    names = names_of(held.client, steps, held.live)
    return PlanAnswer(
        create=len(held.asked.of(Action.CREATE)),
        change=len(held.asked.of(Action.CHANGE)),
        archive=len(held.asked.of(Action.ARCHIVE)),
        unchanged=len(held.asked.of(Action.UNCHANGED)),
        instance=held.instance.name,
        database=held.instance.uuid,
        digest=held.asked.digest,
        resources=[_step_answer(held, step, names) for step in steps],
        denied=[
            DeniedAnswer(
                model=one.model,
                right=one.right,
                resources=len(one.steps),
                at=_declared_at(held, one.steps[0]),
                why=one.why,
            )
            for one in denied(held.client, held.asked)
        ],
    )


def apply_answer(before: Held, after: Held, applied: Applied) -> ApplyAnswer:
    """Return what came of applying; the number of its evidence is known once that is on record."""
    return ApplyAnswer(
        written=applied.written,
        taken_over=applied.taken_over,
        archived=applied.archived,
        installed=applied.installed,
        left=applied.left,
        refused=[
            RefusedAnswer(
                key=one.step.key,
                field=one.change.field if one.change else "",
                why=one.why,
                at=_place(before, one),
            )
            for one in applied.refused
        ],
        differing=[step.key for step in _differing(after)],
        evidence=0,
        rollback="",
        stays=[],
    )


def drift_answer(held: Held) -> DriftAnswer:
    """Return what differs, and who wrote it last; the number of its evidence is known once that is on record."""
    figures = measures_of(held)
    return DriftAnswer(
        resources=int(figures["resources"]),
        in_sync=int(figures["in_sync"]),
        drifted=int(figures["drifted"]),
        unapproved=int(figures["unapproved"]),
        adherence=round(100 * figures["adherence"], 2),
        changes=list(_drifted(held)),
        evidence=0,
    )


def _differing(held: Held) -> list[Step]:
    return [step for step in held.asked.steps if step.action is not Action.UNCHANGED]


def _place(held: Held, one: NotTaken) -> str:
    """Return where the value is declared that Odoo does not take, or the resource where it names no value."""
    if one.change is not None:
        return held.place(one.change)
    return _declared_at(held, one.step)


def _declared_at(held: Held, step: Step) -> str:
    """Return the file and line of a resource, a module or a language."""
    places = [one.place("key") for one in held.declared if one.resource.key == step.key]
    places += [
        (part.path, part.steps) for part in held.template.parts if (part.model, part.name) == (step.model, step.key)
    ]
    return next((str(held.workspace.documents[path].at(steps)).rsplit(":", 1)[0] for path, steps in places), step.path)


def _step_answer(held: Held, step: Step, names: Mapping[Target, str]) -> StepAnswer:
    changes = [
        ChangeAnswer(
            field=change.field,
            old=told(step, change, (held.live, names)),
            new=change.new,
            at=held.place(change),
            company=change.view.company,
            language=change.view.language,
        )
        for change in step.changes
    ]
    return StepAnswer(
        kind=step.model,
        key=step.key,
        action=step.action,
        takes_over=step.takes_over,
        waits=step.waits,
        record=step.record,
        changes=changes,
    )


def _drifted(held: Held) -> Iterator[DriftedAnswer]:
    steps = _differing(held)
    names = names_of(held.client, steps, held.live)
    writers = writers_of(held.client.within(companies=companies_of(held.client), active_test=False), steps)
    for step in steps:
        who = writers.get((step.model, step.record or 0), (None, None))
        for change in _seen(step, held):
            live = told(step, change, (held.live, names)) if change.field else change.old
            yield _drifted_answer(step, change, (live, held.place(change)), who)


def _seen(step: Step, held: Held) -> tuple[FieldChange, ...]:
    """Return what differs; that there is no record, or one made by hand, is told without a field."""
    place = next((one.place("key") for one in held.declared if one.resource.key == step.key), ("", ()))
    if step.action is Action.CREATE:
        return (FieldChange("", "none", "a record", place=place),)
    return step.changes or (FieldChange("", "made by hand", "known to the template", place=place),)


def _drifted_answer(step: Step, change: FieldChange, found: tuple[Any, str], who: Writer) -> DriftedAnswer:
    return DriftedAnswer(
        kind=step.model,
        key=step.key,
        field=change.field,
        company=change.view.company,
        language=change.view.language,
        declared=change.new,
        live=found[0],
        by=who[0],
        at=who[1],
        declared_at=found[1],
    )
