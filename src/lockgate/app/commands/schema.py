"""Write JSON Schemas of all files, for editors."""

from pathlib import Path
from typing import Annotated, TypedDict

import typer

from lockgate.faces.options import Json, WorkspaceFolder
from lockgate.faces.output import show
from lockgate.kernel.errors import UsageError
from lockgate.programme import opening as places
from lockgate.workspace import load
from lockgate.workspace.frame import FRAME
from lockgate.workspace.schemas import offered, schemas


class SchemaAnswer(TypedDict):
    """The keys of `lockgate schema --json`."""

    folder: str
    files: list[str]


def command(
    *,
    out: Annotated[Path, typer.Option(help="The folder to write into; files of the same name are replaced.")],
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> None:
    """Write JSON Schemas of all files, for completion and hover in an editor."""
    kinds, dimensions = places.offered()
    try:
        known = offered(load(places.find(workspace), kinds, dimensions))
    except UsageError:
        if workspace is not None:
            raise
        known = {}  # outside of a workspace there are no keys to offer
    texts = schemas((*FRAME, *kinds), known)
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")
    told = [f"Wrote {len(texts)} schemas into {out}:", *(f"  {name}" for name in texts)]
    show(SchemaAnswer(folder=str(out), files=list(texts)), "\n".join(told), as_json=json)
