"""Prove what happened: read, verify, export and sign the ledger."""

import json as json_text
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from lockgate.app.answers.ledger import (
    CheckpointAnswer,
    RebuildAnswer,
    record_line,
    transfer_answer,
    verify_view,
)
from lockgate.faces.options import AsOf, By, Json, Reason, WorkspaceFolder
from lockgate.faces.output import Fields, show, write
from lockgate.faces.progress import progress
from lockgate.faces.terminal import remark
from lockgate.kernel.clock import stamp, system_clock
from lockgate.kernel.errors import Exit, UsageError
from lockgate.ledger import Ledger, Record
from lockgate.ledger.answers import record_answer, verify_answer
from lockgate.ledger.asof import parse_as_of
from lockgate.ledger.expunge import expunge as expunge_file
from lockgate.ledger.proving.checkpoints import Checkpoint, Signer, read_checkpoint
from lockgate.ledger.proving.verification import verify as verify_ledger
from lockgate.ledger.registers.tables import rebuild as rebuild_registers
from lockgate.ledger.transfer import VERIFIER, take_in
from lockgate.ledger.transfer import export as export_ledger
from lockgate.programme.ledger_place import ledger_place, person

FOLLOW_SECONDS = 0.5

command = typer.Typer(no_args_is_help=True, help=__doc__)

Key = Annotated[str | None, typer.Option("--key", help="The public key that checkpoints must be signed with.")]


@command.command()
def verify(
    *,
    checkpoint: Annotated[
        list[Path] | None, typer.Option("--checkpoint", help="A checkpoint that you hold; give it again for more.")
    ] = None,
    key: Key = None,
    as_of: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Look at every record, file and held checkpoint; name the first record that was touched."""
    with ledger_place(workspace) as place:
        held = [_held(path, key) for path in checkpoint or ()]
        upto = parse_as_of(as_of) if as_of else None
        with progress("Verifying", total=place.ledger.head(upto).number, unit="records") as work:
            report = verify_ledger(place.ledger, place.artifacts, held, upto=upto, on_page=work.advance)
        show(verify_answer(report, len(held)), verify_view(report, len(held)), as_json=json)
        return Exit.DONE if report.ok else Exit.NO


@command.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A folder that is not there yet.", show_default=False)],
    *,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """Write all records, their files and a program that verifies them into a folder."""
    with ledger_place(workspace) as place:
        with progress("Exporting", total=place.ledger.head().number, unit="records") as work:
            head = export_ledger(place.ledger, place.artifacts, folder, on_records=work.advance)
        answer = transfer_answer(folder, place.ledger.identity(), head)
        told = {"Folder": folder, "Records": head.number, "Head": head.hash}
        told["Verify"] = f"python {folder / VERIFIER} {folder}"
        show(answer, Fields(told), as_json=json)


@command.command(name="import")
def import_(
    folder: Annotated[Path, typer.Argument(help="What `ledger export` wrote.", show_default=False)],
    *,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """Take an export into an empty ledger, after every record in it was found right."""
    with ledger_place(workspace, begin=True) as place:
        with progress("Importing", unit="records") as work:
            head = take_in(folder, place.ledger, place.artifacts, on_records=work.advance)
        rebuild_registers(place.ledger)
        show(
            transfer_answer(folder, place.ledger.identity(), head),
            Fields({"Records": head.number, "Head": head.hash}),
            as_json=json,
        )
        remark("This is a copy: it permits no write to production until `lockgate ledger arm`.")


@command.command()
def checkpoint(
    *,
    out: Annotated[Path | None, typer.Option("--out", help="Write the checkpoint to this file, too.")] = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Verify the ledger, then sign its head: give the note to somebody who is not you."""
    with ledger_place(workspace) as place:
        with progress("Verifying", total=place.ledger.head().number, unit="records") as work:
            report = verify_ledger(place.ledger, on_page=work.advance)
        if not report.ok or not report.records:
            show(verify_answer(report, 0), verify_view(report, 0), as_json=json)
            return Exit.NO
        made = Signer.of(place.key).sign(report.ledger, report.head.number, report.head.hash, system_clock())
        if out is not None:
            out.write_text(made.note, encoding="utf-8")
        answer = CheckpointAnswer(
            ledger=made.ledger,
            number=made.number,
            hash=made.hash,
            at=stamp(made.at),
            key=made.key,
            note=made.note,
            file=str(out) if out is not None else None,
        )
        show(answer, made.note.rstrip("\n"), as_json=json)
        remark(f"Signed with {made.key}: let the other side know this key by another way.")
        return Exit.DONE


@command.command()
def tail(
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on showing what is added, until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many of the last records to show.", min=0)] = 20,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only this kind; give it again for more.")] = None,
    as_of: AsOf = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """Show the last records; with `--follow` and `--json`, one JSON document a line."""
    with ledger_place(workspace) as place:
        ledger = place.ledger
        if follow and as_of:
            raise UsageError("What was can't be followed.", do="Leave out --follow or --as-of.")
        head = ledger.head(parse_as_of(as_of) if as_of else None)
        last = ledger.latest(lines, upto=head.number, kinds=kind or ())
        if json and not follow:
            show([record_answer(record) for record in last], as_json=True)
            return
        for record in last:
            _tell(record, as_json=json)
        for record in _added(ledger, head.number, kind or []) if follow else ():
            _tell(record, as_json=json)


@command.command()
def expunge(
    digest: Annotated[str, typer.Argument(help="The file's digest.", show_default=False)],
    *,
    reason: Reason,
    by: By = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """Forget a file: its bytes go, its digest, the reason and who wanted it stay on record."""
    with ledger_place(workspace) as place:
        record = expunge_file(place.ledger, place.artifacts, digest, by=person(by), reason=reason)
        show(record_answer(record), record_line(record), as_json=json)


@command.command()
def rebuild(*, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Make the tables that are projected from the records anew; say whether they were right."""
    with ledger_place(workspace) as place:
        ledger = place.ledger
        answer = RebuildAnswer(evidence_was_right=ledger.rebuild(), registers_were_right=rebuild_registers(ledger))
        told = {"Evidence": "was right" if answer["evidence_was_right"] else "was not right, and is now"}
        told["Registers"] = "were right" if answer["registers_were_right"] else "were not right, and are now"
        show(answer, Fields(told), as_json=json)


@command.command()
def arm(*, reason: Reason, by: By = None, workspace: WorkspaceFolder = None, json: Json = False) -> None:
    """Say that this copy is the ledger of the programme from now on."""
    with ledger_place(workspace) as place:
        ledger = place.ledger
        if ledger.restored() is None:
            raise UsageError("This ledger is no copy that was imported.", why="Only those have to be armed.")
        record = ledger.arm(by=person(by), reason=reason)
        show(record_answer(record), record_line(record), as_json=json)


def _held(path: Path, key: str | None) -> Checkpoint:
    try:
        return read_checkpoint(path.read_text(encoding="utf-8"), key=key)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The checkpoint {path} can't be read.", why=str(error)) from None


def _added(ledger: Ledger, after: int, kinds: list[str]) -> Iterator[Record]:
    while True:
        head = ledger.head().number
        yield from ledger.records(after, head, kinds)
        after = head
        time.sleep(FOLLOW_SECONDS)


def _tell(record: Record, *, as_json: bool) -> None:
    if as_json:
        write(json_text.dumps(record_answer(record), default=str))
    else:
        write(record_line(record))
    sys.stdout.flush()  # who follows through a pipe sees each one as it comes
