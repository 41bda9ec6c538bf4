"""The verbs that watch: what is late, who must hear of it, and what warns early."""

from typing import Annotated

import typer

from lockgate.app.answers.register_late import late_answer, late_table, notices_answer, notices_table
from lockgate.app.register.outcome import tell_refusals
from lockgate.app.register.words import counted
from lockgate.faces.options import AsOf, Json, WorkspaceFolder
from lockgate.faces.output import Table, show
from lockgate.faces.terminal import remark
from lockgate.kernel.errors import Exit
from lockgate.ledger.registers.due import overdue
from lockgate.ledger.registers.showing.notices import notices
from lockgate.programme.desk import desk


def late(
    name: Annotated[str | None, typer.Argument(help="The register; all of them when left out.")] = None,
    *,
    at: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """List what is overdue, and to whom it has escalated."""
    with desk(workspace, at) as it:
        known = it.known
        registers = [it.register(name)] if name else list(it.registers.by_key.values())
        found = [one for each in registers for one in overdue(known.entries.of(each.key), known, it.moment)]
        answer = late_answer(found, known, it.actors())
        show(answer, late_table(answer), as_json=json)
        return Exit.NO if found else Exit.DONE


def notices_(
    person: Annotated[str | None, typer.Argument(help="The id of a person; everybody when left out.")] = None,
    *,
    at: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """List who must hear of what: overdue records, escalations, votes that wait."""
    with desk(workspace, at) as it:
        only = None if person is None else it.actor(person).person
        known = it.known
        found = [one for one in notices(known, it.actors(), it.moment) if only in {None, one.person}]
        answer = notices_answer(found, known)
        show(answer, notices_table(answer), as_json=json)


def signals(
    *,
    write: Annotated[bool, typer.Option("--raise", help="Raise a risk for each, or bring it up to date.")] = False,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Compute the early warnings, and with --raise keep a risk for each."""
    with desk(workspace) as it:
        up = it.warned()
        answer = [
            {"signal": one.signal.key, "says": one.says, "records": list(one.records), "evidence": list(one.evidence)}
            for one in up
        ]
        show(
            answer, Table(("Signal", "Says"), [(one.signal.key, one.says) for one in up], "All is quiet."), as_json=json
        )
        if write:
            done = it.raise_risks(up)
            tell_refusals(done.refusals)
            remark(f"{counted(len(done.touched), 'risk')} raised or brought up to date.")
        return Exit.NO if up else Exit.DONE
