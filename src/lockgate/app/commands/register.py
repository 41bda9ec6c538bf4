"""Keep registers: gaps, risks, decisions, defects and the like."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from lockgate.app.answers.register import described, table, views
from lockgate.app.answers.register_late import late_answer, late_table, notices_answer, notices_table
from lockgate.app.answers.register_next import history_views, next_views
from lockgate.faces.options import AsOf, By, Json, Reason, WorkspaceFolder
from lockgate.faces.output import Table, show
from lockgate.faces.terminal import remark
from lockgate.kernel.errors import Exit, UsageError
from lockgate.kernel.register import Register
from lockgate.ledger.registers.action import Action, Edit, Move, Raise, Refusal, Remark, Tag, Tie
from lockgate.ledger.registers.book import Done, Imported
from lockgate.ledger.registers.due import overdue
from lockgate.ledger.registers.files.cells import value_of
from lockgate.ledger.registers.files.exporting import export_csv, export_xlsx
from lockgate.ledger.registers.files.importing import plan
from lockgate.ledger.registers.files.reading import read_table
from lockgate.ledger.registers.listing import compared, listed
from lockgate.ledger.registers.showing.notices import notices
from lockgate.ledger.registers.showing.offer import offer
from lockgate.ledger.registers.telling.changes import done_answer, import_answer
from lockgate.ledger.registers.telling.records import row, whole
from lockgate.ledger.registers.telling.steps import history_answer, next_answer
from lockgate.ledger.registers.values import Unfit, near
from lockgate.programme.desk import Desk, desk

command = typer.Typer(no_args_is_help=True, help=__doc__)

Name = Annotated[str, typer.Argument(help="The register, like `gap`.", show_default=False)]
Id = Annotated[str, typer.Argument(help="The record, like GAP-12.", show_default=False)]
Values = Annotated[list[str] | None, typer.Argument(help="FIELD=VALUE, as many as you like.", show_default=False)]
Where = Annotated[
    list[str] | None, typer.Option("--where", help="Only records for which this holds, like 'severity = high'.")
]
Version = Annotated[int | None, typer.Option(help="The version that you read; the newest when left out.")]

_RIGHTS: Final = {"no-right", "separation-of-duties"}
_NOT_YET: Final = {"stale-version", "closed", "wrong-state", "guard", "voted-already", "no-vote"}


@command.command("list")
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


@command.command("show")
def show_(record: Id, *, at: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Show one record with its history, links and what can be done next."""
    with desk(workspace, at) as it:
        entry, _ = it.entry(record)
        known = it.known
        show(whole(entry, known, it.moment), *views(entry, known, it.moment), as_json=json)


@command.command("next")
def next_(record: Id, *, by: By = None, at: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Say what you may do with a record now, and why not the rest."""
    with desk(workspace, at) as it:
        entry, _ = it.entry(record)
        found = offer(entry, it.actor(by), it.known, it.moment)
        show(next_answer(found, entry.state), *next_views(found, entry.state), as_json=json)


@command.command()
def history(record: Id, *, at: AsOf = None, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Tell what happened to a record: who changed what, from what to what."""
    with desk(workspace, at) as it:
        _, register = it.entry(record)
        happened = it.book.history(record, it.as_of)
        show(history_answer(happened), *history_views(happened, record, register), as_json=json)


@command.command()
def explain(name: Name, *, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Say what a register holds: its fields, states and steps, and who may take them."""
    with desk(workspace) as it:
        register = it.register(name)
        show(register, *described(register, (it.registers.about or {}).get(register.key, "")), as_json=json)


@command.command("raise")
def raise_(
    name: Name, values: Values = None, *, by: By = None, workspace: WorkspaceFolder = None, json: Json = False
) -> Exit:
    """Put a new record into a register."""
    with desk(workspace) as it:
        register = it.register(name)
        return _do(it, by, [Raise(register.key, _given(values, register))], as_json=json)


@command.command()
def edit(
    record: Id,
    values: Values = None,
    *,
    version: Version = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Change fields of a record; FIELD= empties one."""
    with desk(workspace) as it:
        entry, register = it.entry(record)
        read = entry.version if version is None else version
        return _do(it, by, [Edit(record, read, _given(values, register))], as_json=json)


@command.command("do")
def do_(
    record: Id,
    step: Annotated[str, typer.Argument(help="The step to take, like `decide`.", show_default=False)],
    values: Values = None,
    *,
    reason: Reason = "",
    no: Annotated[bool, typer.Option("--no", help="Vote against it.")] = False,
    version: Version = None,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Take a step with a record, or vote on one that needs several people."""
    with desk(workspace) as it:
        _, register = it.entry(record)
        move = Move(record, step, reason, _given(values, register), yes=not no, version=version)
        return _do(it, by, [move], as_json=json)


@command.command()
def comment(
    record: Id,
    text: Annotated[str, typer.Argument(help="What you want to say.", show_default=False)],
    *,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Say something about a record."""
    with desk(workspace) as it:
        return _do(it, by, [Remark(record, text)], as_json=json)


@command.command()
def link(
    record: Id,
    relation: Annotated[str, typer.Argument(help="blocks, causes, covers, relates …", show_default=False)],
    other: Annotated[str, typer.Argument(help="Another record, or like scenario:otc-01.", show_default=False)],
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Take the link away.")] = False,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Link a record to another of any register."""
    with desk(workspace) as it:
        return _do(it, by, [Tie(record, relation, other, undo=undo)], as_json=json)


@command.command()
def tag(
    record: Id,
    tags: Annotated[list[str], typer.Argument(help="One word each.", show_default=False)],
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Take the tags off.")] = False,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Put tags on a record."""
    with desk(workspace) as it:
        return _do(it, by, [Tag(record, tuple(tags), undo=undo)], as_json=json)


@command.command()
def attach(
    record: Id,
    field: Annotated[str, typer.Argument(help="The field that holds it, like `evidence`.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="The file to keep.", exists=True, dir_okay=False, show_default=False)],
    *,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Keep a file and attach it to a record; secrets in it are blotted out first."""
    with desk(workspace) as it:
        return _do(it, by, [it.attaching(record, field, file)], as_json=json)


@command.command("import")
def import_(
    name: Name,
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file.", exists=True, dir_okay=False, show_default=False)],
    *,
    partial: Annotated[
        bool, typer.Option("--partial", help="Write the rows that are right, leave out others.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Only say what it would do.")] = False,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Raise and edit records from a spreadsheet: all rows or none."""
    with desk(workspace) as it:
        register, actor = it.register(name), it.actor(by)
        rows, quoted = read_table(file.read_bytes(), file.name, register)
        if check:
            found = plan(rows, register, actor=actor, known=it.known, moment=it.moment, quoted=quoted)
            imported = Imported(found, ())
        else:
            imported = it.book.import_table(
                rows, register, actor=actor, moment=it.moment, quoted=quoted, partial=partial
            )
        show(import_answer(imported), *_told(imported, check=check), as_json=json)
        return Exit.USAGE if imported.plan.findings else Exit.DONE


@command.command()
def export(
    name: Name,
    file: Annotated[Path, typer.Argument(help="The CSV or XLSX file to write.", dir_okay=False, show_default=False)],
    *,
    where: Where = None,
    at: AsOf = None,
    workspace: WorkspaceFolder = None,
) -> None:
    """Write a register to a spreadsheet that can be changed and imported again."""
    with desk(workspace, at) as it:
        register = it.register(name)
        if file.suffix.lower() not in {".csv", ".xlsx"}:
            raise UsageError(f"{file.name} is neither CSV nor XLSX.", do="End the name with .csv or .xlsx.")
        known = it.known
        found = listed(known.entries.of(register.key), register, known, moment=it.moment, where=compared(where or ()))
        write = export_csv if file.suffix.lower() == ".csv" else export_xlsx
        file.write_bytes(write(found, register))
        remark(f"{_counted(len(found), 'record')} in {file}.")


@command.command()
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


@command.command("notices")
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


@command.command()
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
            _tell_refusals(done.refusals)
            remark(f"{_counted(len(done.touched), 'risk')} raised or brought up to date.")
        return Exit.NO if up else Exit.DONE


def _list_registers(it: Desk, counts: dict[str, int], *, as_json: bool) -> None:
    about = it.registers.about or {}
    keys = sorted(it.registers.by_key)
    answer = [{"register": key, "records": counts[key], "about": about.get(key, "")} for key in keys]
    rows = [(key, counts[key], about.get(key, "")) for key in keys]
    show(answer, Table(("Register", "Records", "Answers"), rows), as_json=as_json)


def _do(it: Desk, by: str | None, actions: Sequence[Action], *, as_json: bool) -> Exit:
    done = it.book.perform(actions, actor=it.actor(by), moment=it.moment)
    answer = done_answer(done, it.known, it.moment)
    if as_json:
        show(answer, as_json=True)
    else:
        _tell(done, it)
    return _exit(done.refusals)


def _tell(done: Done, it: Desk) -> None:
    _tell_refusals(done.refusals)
    for record in done.touched:
        entry = done.entries.by_id[record]
        state = it.register(entry.register).state(entry.state)
        show(None, f"{entry.id} is {state.title.lower() if state else entry.state}, version {entry.version}.")
    if not done.refusals and not done.touched:
        remark("Nothing changed: it was so already.")


def _tell_refusals(refusals: Iterable[Refusal]) -> None:
    for number, one in enumerate(refusals):
        remark(f"{'Nothing was changed.' if not number else ''}\n{one.what}\n  {one.do}".lstrip("\n"))


def _exit(refusals: Sequence[Refusal]) -> Exit:
    codes = {one.code for one in refusals}
    if codes & _RIGHTS:
        return Exit.REFUSED
    if codes - _NOT_YET:
        return Exit.USAGE
    return Exit.NO if codes else Exit.DONE


def _told(imported: Imported, *, check: bool) -> list[str]:
    found = imported.plan
    lines = [str(one) for one in found.findings]
    written = bool(imported.records) or check
    did = "would be" if check else "were"
    if written:
        lines.append(f"Records {did} raised: {len(found.raised)}, edited: {len(found.edited)}.")
    else:
        lines.append("Nothing was written.")
    lines.append(f"Rows that change nothing: {len(found.unchanged)}.")
    if found.wrong:
        rows = ", ".join(map(str, found.wrong))
        lines.append(f"Rows that are wrong: {len(found.wrong)} ({rows}).")
        lines += [] if written else ["Repair them, or write the others with --partial."]
    return lines


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _given(values: Iterable[str] | None, register: Register) -> dict[str, Any]:
    """Return what `FIELD=VALUE` words say; unknown fields are left to the engine to tell."""
    given: dict[str, Any] = {}
    for word in values or ():
        key, is_there, text = word.partition("=")
        if not is_there:
            raise UsageError(f"{word!r} is no FIELD=VALUE.", do="Write it like title='Catch weight'.")
        field = register.field(key)
        if field is None:
            raise UsageError(
                f"A {register.title.lower()} has no {key!r}.", do=near(key, [one.key for one in register.fields])
            )
        try:
            given[key] = value_of(text, field)
        except Unfit as error:
            raise UsageError(f"{field.title}: {error.what}", do=error.do) from None
    return given
