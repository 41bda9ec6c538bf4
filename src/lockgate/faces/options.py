"""Which options do several verbs share? Each is declared here once, so that it is spelt and explained alike."""

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON; its keys are stable.")]
WorkspaceFolder = Annotated[
    Path | None,
    typer.Option("--workspace", help="The workspace; the nearest folder with a lockgate.toml when left out."),
]
