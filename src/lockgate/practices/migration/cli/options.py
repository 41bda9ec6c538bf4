"""Which options do several verbs of the migration share? Declared once, so that they read the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

from lockgate.practices.migration.perform.bench import aimed

__all__ = ["Domains", "Extracts", "Number", "aimed"]

Number = Annotated[int | None, typer.Option("--round", min=1, help="Which round; the newest when left out.")]
Extracts = Annotated[
    Path | None,
    typer.Option("--extracts", help="Where the extracts lie; LOCKGATE_EXTRACTS when left out, else `extracts`."),
]
Domains = Annotated[list[str] | None, typer.Option("--domain", help="Only this domain; may be repeated.")]
