"""What would change in each Odoo? The last plan of each instance and site, as it was made or carried out.

P1  The newest counts: the plan that was made last, or the one that was carried out since.
P2  Who may see its scope sees a plan; of its resources, and of the rights that it lacks, what files declare that they
    may see, and the counts of these.
P3  A plan is stale when the template is not what it was then.
P4  A plan that was made after the moment asked for was not there then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.clock import stamp
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Scope
from lockgate.ledger import AsOf
from lockgate.practices.template.perform.held import INPUT
from lockgate.practices.template.perform.showing.looks import applications
from lockgate.practices.template.perform.showing.steps import Declared, Lacking, Step
from lockgate.practices.template.perform.telling.answers import StepAnswer
from lockgate.practices.template.perform.telling.last_plan import PlannedAnswer, counted, last_plans, planned_answer
from lockgate.programme.permit import refusal
from lockgate.programme.server import live, workspace_as_of


class ShownPlan(PlannedAnswer):
    """A plan as pages and programs see it."""

    evidence: int | None
    """The record of its being carried out, None where it was only made."""
    locked: str
    """Why nothing may be written to the instance now, empty where something may."""


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    instance: str = ""
    scope: str = ""
    action: str = ""
    model: str = ""
    q: str = ""

    @property
    def narrows(self) -> bool:
        """True when it leaves out resources."""
        return bool(self.action or self.model or self.q)


def plans(viewer: Viewer, when: AsOf | None) -> list[ShownPlan]:
    """Return the last plan of each instance and site that the viewer sees (P1 to P4)."""
    newest: dict[tuple[str, str], ShownPlan] = {}
    for one in (*_applied(viewer, when), *_made(when)):
        key = (one["instance"], one["scope"])
        if viewer.sees(Scope.parse(one["scope"])) and (key not in newest or newest[key]["made_at"] <= one["made_at"]):
            newest[key] = one
    return [_seen(newest[key], viewer) for key in sorted(newest)]


def chosen(found: Sequence[ShownPlan], wanted: Wanted) -> ShownPlan | None:
    """Return the plan that is asked for, else the newest."""
    fit = [one for one in found if wanted.instance in {"", one["instance"]} and wanted.scope in {"", one["scope"]}]
    return max(fit, key=lambda one: one["made_at"], default=None)


def steps(plan: ShownPlan, wanted: Wanted) -> list[Step]:
    """Return what is to be done, as far as it is asked for; kinds in the order in which they are built."""
    words = wanted.q.casefold().split()
    found = [Step(one) for one in plan["resources"]]
    order = {model: number for number, model in enumerate(models(plan))}
    kept = [
        one
        for one in found
        if wanted.model in {"", one.step["kind"]}
        and wanted.action in {"", one.action}
        and all(word in one.text for word in words)
    ]
    return sorted(kept, key=lambda one: order[one.step["kind"]])


def lacking(plan: ShownPlan) -> list[Lacking]:
    """Return the rights that carrying it out would lack, with the line that needs each."""
    return [Lacking(one) for one in plan.get("denied", [])]


def models(plan: ShownPlan) -> list[str]:
    """Return the kinds of resources, in the order in which they are built."""
    return list(dict.fromkeys(one["kind"] for one in plan["resources"]))


def _made(when: AsOf | None) -> Iterator[ShownPlan]:
    template = workspace_as_of(when).digests.get(INPUT)
    until = stamp(live().room(when).moment) if when is not None else ""
    for kept in last_plans(live().root):
        if not until or kept["made_at"] <= until:  # P4
            told = planned_answer(kept, template)
            yield ShownPlan(**told, evidence=None, locked=_locked(told["instance"], when))


def _applied(viewer: Viewer, when: AsOf | None) -> Iterator[ShownPlan]:
    for run in applications(viewer, when):
        if run.kept is not None:
            yield ShownPlan(
                **run.kept["plan"],
                scope=str(run.scope),
                made_at=run.at,
                made_by=run.by,
                stale=run.stale,
                left_out=run.kept["about"]["left_out"],
                evidence=run.number,
                locked="",
            )


def _locked(instance: str, when: AsOf | None) -> str:
    declared = live().workspace().instances.get(instance)
    if when is not None or declared is None or declared.role is not Role.PRODUCTION:
        return ""
    no = refusal(live().room(), instance)
    return f"{no.why} {no.do}".strip() if no else ""


def _seen(plan: ShownPlan, viewer: Viewer) -> ShownPlan:
    """Return what a viewer sees of a plan (P2)."""
    mine = [one for step in plan["resources"] if (one := _step(step, viewer)) is not None]
    lacking = [one for one in plan.get("denied", []) if viewer.sees_file(Declared(one["at"]).path)]
    seen: ShownPlan = {**plan, "resources": mine, "denied": lacking}
    counts = counted(seen)
    return {**seen, "create": counts["create"], "change": counts["change"], "archive": counts["archive"]}


def _step(one: StepAnswer, viewer: Viewer) -> StepAnswer | None:
    changes = [each for each in one["changes"] if not each["at"] or viewer.sees_file(Declared(each["at"]).path)]
    return {**one, "changes": changes} if changes or not one["changes"] else None
