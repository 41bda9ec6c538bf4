"""The verbs that read and write spreadsheets."""

from pathlib import Path
from typing import Annotated

import typer

from lockgate.app.register.words import Name, Where, counted
from lockgate.faces.options import AsOf, By, Json, WorkspaceFolder
from lockgate.faces.output import show
from lockgate.faces.terminal import remark
from lockgate.kernel.errors import Exit, UsageError
from lockgate.ledger.registers.book import Imported
from lockgate.ledger.registers.files.exporting import export_csv, export_xlsx
from lockgate.ledger.registers.files.importing import plan
from lockgate.ledger.registers.files.reading import read_table
from lockgate.ledger.registers.listing import compared, listed
from lockgate.ledger.registers.telling.changes import import_answer
from lockgate.programme.desk import desk


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
        remark(f"{counted(len(found), 'record')} in {file}.")


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
