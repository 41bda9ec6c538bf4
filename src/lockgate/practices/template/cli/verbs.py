"""The verbs of the template: what would change in an Odoo, making it so, and what was changed by hand."""

import json as json_text
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces import terminal
from lockgate.faces.findings import findings_text
from lockgate.faces.options import By, Json, WorkspaceFolder
from lockgate.faces.output import show, write
from lockgate.faces.progress import progress
from lockgate.faces.terminal import remark
from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import Exit, RefusedError, UsageError
from lockgate.practices.template.cli.merging import merge_answer, merge_views
from lockgate.practices.template.cli.views import apply_views, asked, drift_views, plan_views
from lockgate.practices.template.decide.checking import Fault
from lockgate.practices.template.perform.answers import PlanAnswer, apply_answer, drift_answer, plan_answer
from lockgate.practices.template.perform.held import Held, held
from lockgate.practices.template.perform.laid_out import Template, template_of
from lockgate.practices.template.perform.locking import turn
from lockgate.practices.template.perform.recording import record_applied, record_drift
from lockgate.practices.template.perform.rounds import apply_all
from lockgate.programme.ledger_place import ledger_place, person

Instance = Annotated[str | None, typer.Option("--instance", help="Which Odoo; the one for building when left out.")]
Only = Annotated[list[str] | None, typer.Option("--only", help="This resource alone, by its key; may be repeated.")]
Site = Annotated[str | None, typer.Option("--site", help="Only what holds at this site.")]


def plan(
    *,
    instance: Instance = None,
    site: Site = None,
    only: Only = None,
    out: Annotated[Path | None, typer.Option("--out", help="Keep the plan in this file, for `lockgate apply`.")] = None,
    explain_merge: Annotated[
        bool, typer.Option("--explain-merge", help="Show where each value comes from, and ask no Odoo.")
    ] = False,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Show what would change in an Odoo to make it as the template says. Nothing is written there."""
    if explain_merge:
        return _explain(template_of(workspace, site), site, as_json=json)
    with held(workspace, instance, site, only=only or ()) as here:
        if here.plan.faults:
            return _tell(here.template, here.plan.faults, as_json=json)
        answer = plan_answer(here)
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
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Make an Odoo as the template says, and leave evidence."""
    who = person(by)
    reached = held(workspace, instance, site, only=only or (), read_only=False)
    with ledger_place(workspace, begin=True) as place, reached as here:
        if here.plan.faults:
            return _tell(here.template, here.plan.faults, as_json=json)
        _agreed(here, file, yes=yes)
        planned = plan_answer(here)  # before anything is written: afterwards Odoo no longer has what it held
        begun = time.monotonic()
        total = sum(bool(step.changes) for step in here.asked.steps)
        with turn(here.client, who) as mine, progress("Applying", total=total, unit="resources") as work:
            _still(here)
            applied, after = apply_all(here, keep=mine.keep, on_done=work.advance)
        answer = apply_answer(here, after, applied)
        about = (system_clock(), who, time.monotonic() - begun)
        answer["evidence"] = record_applied(place, after, (planned, applied, answer), about)
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


def _still(here: Held) -> None:
    """Stop when the Odoo has changed since the plan was agreed to and the turn was taken."""
    if here.again().asked.digest != here.asked.digest:
        raise _stale()


def _stale() -> RefusedError:
    return RefusedError(
        "The plan is stale.",
        why="Odoo or the template has changed since it was made, or it is for another database.",
        do="Plan again, look at it, and apply that: `lockgate plan --out FILE`.",
    )


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
        raise _stale()
