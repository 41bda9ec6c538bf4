"""The verbs of the template: what would change in an Odoo, making it so, and what was changed by hand."""

import json as json_text
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces import terminal
from lockgate.faces.findings import findings_text
from lockgate.faces.options import By, Instance, Json, WorkspaceFolder
from lockgate.faces.output import show, write
from lockgate.faces.progress import progress
from lockgate.faces.terminal import remark
from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import Exit, UsageError
from lockgate.practices.template.cli.merging import merge_views
from lockgate.practices.template.cli.rolling_back import roll_back
from lockgate.practices.template.cli.views import apply_views, asked, drift_views, plan_views
from lockgate.practices.template.decide.checking import Fault
from lockgate.practices.template.perform.carrying_out import carry_out, stale
from lockgate.practices.template.perform.held import INPUT, Held, held
from lockgate.practices.template.perform.laying_out.laid_out import Template, scope_of, template_of
from lockgate.practices.template.perform.laying_out.merging import merge_answer
from lockgate.practices.template.perform.telling.answers import PlanAnswer, drift_answer, plan_answer
from lockgate.practices.template.perform.telling.last_plan import keep_plan, last_plan, planned_answer
from lockgate.practices.template.perform.telling.recording import record_drift
from lockgate.programme.ledger_place import PERSON_VARIABLE, ledger_place, person
from lockgate.programme.opening import opened
from lockgate.programme.reaching import meant

Only = Annotated[list[str] | None, typer.Option("--only", help="This resource alone, by its key; may be repeated.")]
Site = Annotated[str | None, typer.Option("--site", help="Only what holds at this site.")]


def plan(
    *,
    instance: Instance = None,
    site: Site = None,
    only: Only = None,
    out: Annotated[Path | None, typer.Option("--out", help="Keep the plan in this file, for `lockgate apply`.")] = None,
    last: Annotated[
        bool, typer.Option("--last", help="Show the whole plan that was made last once more, and ask no Odoo.")
    ] = False,
    explain_merge: Annotated[
        bool, typer.Option("--explain-merge", help="Show where each value comes from, and ask no Odoo.")
    ] = False,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Show what would change in an Odoo to make it as the template says. Nothing is written there."""
    if explain_merge:
        return _explain(template_of(workspace, site), site, as_json=json)
    if last:
        return _again(workspace, instance, site, as_json=json)
    with held(workspace, instance, site, only=only or ()) as here:
        if here.plan.faults:
            return _tell(here.template, here.plan.faults, as_json=json)
        answer = plan_answer(here)
        keep_plan(here, answer, (system_clock(), os.environ.get(PERSON_VARIABLE, "")))
        if out is not None:
            _keep(answer, out)
        show(answer, *plan_views(answer), as_json=json)
        return Exit.DONE if here.asked.empty else Exit.NO


def apply(
    file: Annotated[Path | None, typer.Argument(help="A plan that `lockgate plan --out` kept.")] = None,
    *,
    instance: Instance = None,
    site: Site = None,
    only: Only = None,
    rollback: Annotated[
        Path | None, typer.Option("--rollback", help="Set back what an apply changed: the file that it kept.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Make an Odoo as the template says, and leave evidence."""
    who = person(by)
    if rollback is not None and (file is not None or only):
        raise UsageError("A plan is applied, or one is set back.", do="Leave out the plan, and `--only`.")
    reached = held(workspace, instance, site, only=only or (), read_only=False)
    with ledger_place(workspace, begin=True) as place, reached as here:
        if here.plan.faults:
            return _tell(here.template, here.plan.faults, as_json=json)
        if rollback is not None:
            return roll_back(here, place, rollback, who=who, yes=yes, as_json=json)
        _agreed(here, file, yes=yes)
        with progress("Applying", total=here.asked.work, unit="resources") as work:
            answer, after = carry_out(place, here, who, on_done=work.advance)
        if after.plan.faults:
            return _tell(after.template, after.plan.faults, as_json=json)
        show(answer, *apply_views(answer, plan_answer(after)), as_json=json)
        return Exit.NO if answer["refused"] or answer["differing"] else Exit.DONE


def drift(
    *,
    instance: Instance = None,
    site: Site = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Show what an Odoo holds otherwise than the template says, and leave evidence. Nothing is written there."""
    who = person(by)
    with ledger_place(workspace, begin=True) as place, held(workspace, instance, site) as here:
        if here.plan.faults:
            return _tell(here.template, here.plan.faults, as_json=json)
        answer = drift_answer(here)
        answer["evidence"] = record_drift(place, here, answer, (system_clock(), who))
        show(answer, *drift_views(answer), as_json=json)
        return Exit.DONE if here.plan.empty else Exit.NO


def _again(folder: Path | None, instance: str | None, site: str | None, *, as_json: bool) -> Exit:
    here = opened(folder)
    chosen, scope = instance or meant(here), scope_of(here, site)
    found = last_plan(here.root, chosen, str(scope))
    if found is None:
        why = f"None is kept of {chosen} for {scope}."
        raise UsageError("No plan was made yet.", why=why, do="Make one: `lockgate plan`.")
    answer = planned_answer(found, here.digests.get(INPUT))
    show(answer, *plan_views(answer), as_json=as_json)
    remark(f"Made {answer['made_at']}{', of a template that has changed since' if answer['stale'] else ''}.")
    return Exit.NO if answer["resources"] else Exit.DONE


def _keep(answer: PlanAnswer, file: Path) -> None:
    try:
        file.write_text(json_text.dumps(answer, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        why = f"{error.strerror or error}."
        raise UsageError(f"The plan can't be kept in {file}.", why=why, do="Name a file that can be written.") from None


def _explain(template: Template, site: str | None, *, as_json: bool) -> Exit:
    if template.faults:
        return _tell(template, template.faults, as_json=as_json)
    answer = merge_answer(template, site)
    show(answer, *merge_views(answer), as_json=as_json)
    return Exit.DONE


def _tell(template: Template, faults: Iterable[Fault], *, as_json: bool) -> Exit:
    findings = sorted(template.finding(fault) for fault in faults)
    documents = template.workspace.documents
    if as_json:
        show({"ok": False, "findings": [one.as_dict() for one in findings]}, as_json=True)
    else:
        write(findings_text(findings, lambda path: documents[path].text))
    remark(f"{len(findings)} findings: nothing was planned, and nothing written.")
    return Exit.USAGE


def _agreed(here: Held, file: Path | None, *, yes: bool) -> None:
    """Stop when the plan is not the one that was agreed to."""
    if file is not None:
        _same_as_kept(here, file)
    elif not yes and not here.asked.empty:
        if not terminal.on_terminal(sys.stdin):
            raise UsageError("Nobody has agreed to this plan.", do="Apply a plan that was kept, or say `--yes`.")
        answer = plan_answer(here)
        show(answer, *plan_views(answer))
        typer.confirm(asked(answer, here.instance.role), abort=True)


def _same_as_kept(here: Held, file: Path) -> None:
    try:
        kept = json_text.loads(file.read_text(encoding="utf-8"))
        agreed = (kept["digest"], kept["database"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"{file} is not a plan.", do="Make one: `lockgate plan --out FILE`.") from None
    if agreed != (here.asked.digest, here.instance.uuid):
        raise stale()
