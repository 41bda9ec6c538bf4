"""The verbs that show: registers, records, what can be done with one and what happened to it."""

from typing import Annotated

import typer

from lockgate.app.answers.register import described, table, views
from lockgate.app.answers.register_next import history_views, next_views
from lockgate.app.register.words import Id, Name, Where
from lockgate.faces.options import AsOf, By, Json, WorkspaceFolder
from lockgate.faces.output import Table, show
from lockgate.ledger.registers.listing import compared, listed
from lockgate.ledger.registers.showing.offer import offer
from lockgate.ledger.registers.telling.records import row, whole
from lockgate.ledger.registers.telling.steps import history_answer, next_answer
from lockgate.programme.desk import Desk, desk


def list_(
    name: Annotated[str | None, typer.Argument(help="The register; all of them when left out.")] = None,
    *,
    where: Where = None,
    order: Annotated[list[str] | None, typer.Option("--sort", help="Field to sort by; -FIELD from the end.")] = None,
    at: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """List the records of a register, or the registers."""
    with desk(workspace, at) as it:
        known = it.known
        if name is None:
            _list_registers(it, {key: len(list(known.entries.of(key))) for key in it.registers.by_key}, as_json=json)
            return
        register = it.register(name)
        found = listed(
            known.entries.of(register.key),
            register,
            known,
            moment=it.moment,
            where=compared(where or ()),
            order=order or (),
        )
        show(
            [row(one, known, it.moment) for one in found],
            table(found, register, known, moment=it.moment),
            as_json=json,
        )


def show_(record: Id, *, at: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Show one record with its history, links and what can be done next."""
    with desk(workspace, at) as it:
        entry, _ = it.entry(record)
        known = it.known
        show(
            whole(entry, known, it.moment, called=it.artifacts.names.of), *views(entry, known, it.moment), as_json=json
        )


def next_(record: Id, *, by: By = None, at: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Say what you may do with a record now, and why not the rest."""
    with desk(workspace, at) as it:
        entry, _ = it.entry(record)
        found = offer(entry, it.actor(by), it.known, it.moment)
        show(next_answer(found, entry.state), *next_views(found, entry.state), as_json=json)


def history(record: Id, *, at: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Tell what happened to a record: who changed what, from what to what."""
    with desk(workspace, at) as it:
        _, register = it.entry(record)
        happened = it.book.history(record, it.as_of)
        show(history_answer(happened), *history_views(happened, record, register), as_json=json)


def explain(name: Name, *, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Say what a register holds: its fields, states and steps, and who may take them."""
    with desk(workspace) as it:
        register = it.register(name)
        show(register, *described(register, (it.registers.about or {}).get(register.key, "")), as_json=json)


def _list_registers(it: Desk, counts: dict[str, int], *, as_json: bool) -> None:
    about = it.registers.about or {}
    keys = sorted(it.registers.by_key)
    answer = [{"register": key, "records": counts[key], "about": about.get(key, "")} for key in keys]
    rows = [(key, counts[key], about.get(key, "")) for key in keys]
    show(answer, Table(("Register", "Records", "Answers"), rows), as_json=as_json)
