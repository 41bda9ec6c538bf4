"""What is told of setting back? The same as of a plan, with what was there before in place of what a template says."""

from dataclasses import replace

from lockgate.practices.template.decide.facts import Live
from lockgate.practices.template.decide.planning import Action, Plan
from lockgate.practices.template.decide.undoing import Undoing
from lockgate.practices.template.perform.held import Held
from lockgate.practices.template.perform.looking.naming import names_of, told
from lockgate.practices.template.perform.telling.answers import (
    ApplyAnswer,
    ChangeAnswer,
    PlanAnswer,
    RefusedAnswer,
    StaysAnswer,
    StepAnswer,
)
from lockgate.practices.template.perform.undoing.setting_back import SetBack


def undoing_answer(held: Held, todo: Undoing, live: Live) -> PlanAnswer:
    """Return what is to be set back, with names in place of ids."""
    before = [
        replace(step, changes=tuple(replace(change, old=change.new) for change in step.changes)) for step in todo.steps
    ]
    names = names_of(held.client, [*todo.steps, *before], live)
    resources = [
        StepAnswer(
            kind=step.model,
            key=step.key,
            action=step.action,
            takes_over=False,
            waits=False,
            record=step.record,
            changes=[
                ChangeAnswer(
                    field=change.field,
                    old=told(step, change, (live, names)),
                    new=told(step, replace(change, old=change.new), (live, names)),
                    at="",
                    company=change.view.company,
                    language=change.view.language,
                )
                for change in step.changes
            ],
        )
        for step in todo.steps
    ]
    plan = Plan(todo.steps)
    return PlanAnswer(
        create=0,
        change=len(plan.of(Action.CHANGE)),
        archive=len(plan.of(Action.ARCHIVE)),
        unchanged=0,
        instance=held.instance.name or "",
        database=held.instance.uuid,
        digest=plan.digest,
        resources=resources,
    )


def set_back_answer(todo: Undoing, came: SetBack, after: Held) -> ApplyAnswer:
    """Return what came of setting back; the number of its evidence is known once that is on record."""
    refused = [RefusedAnswer(key=one.step.key, field="", why=one.why, at="") for one in came.refused]
    stays = [StaysAnswer(key=one.key, field=one.field, why=one.why) for one in todo.stays]
    return ApplyAnswer(
        written=came.written,
        taken_over=0,
        archived=came.archived,
        installed=0,
        left=0,
        refused=refused,
        differing=[step.key for step in after.plan.steps if step.action is not Action.UNCHANGED],
        evidence=0,
        rollback="",
        stays=stays,
    )
