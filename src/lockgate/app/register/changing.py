"""The verbs that change a record, or make one."""

from pathlib import Path
from typing import Annotated

import typer

from lockgate.app.register.outcome import carry_out
from lockgate.app.register.words import Id, Name, Values, Version, given
from lockgate.faces.options import By, Json, Reason, WorkspaceFolder
from lockgate.kernel.errors import Exit
from lockgate.ledger.registers.action import Edit, Move, Raise, Remark, Tag, Tie
from lockgate.programme.desk import desk


def raise_(
    name: Name, values: Values = None, *, by: By = None, workspace: WorkspaceFolder = None, json: Json = False
) -> Exit:
    """Put a new record into a register."""
    with desk(workspace) as it:
        register = it.register(name)
        return carry_out(it, by, [Raise(register.key, given(values, register))], as_json=json)


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
        return carry_out(it, by, [Edit(record, read, given(values, register))], as_json=json)


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
        move = Move(record, step, reason, given(values, register), yes=not no, version=version)
        return carry_out(it, by, [move], as_json=json)


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
        return carry_out(it, by, [Remark(record, text)], as_json=json)


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
        return carry_out(it, by, [Tie(record, relation, other, undo=undo)], as_json=json)


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
        return carry_out(it, by, [Tag(record, tuple(tags), undo=undo)], as_json=json)


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
        return carry_out(it, by, [it.attaching(record, field, file, name=file.name)], as_json=json)
