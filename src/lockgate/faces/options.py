"""Which options do several verbs share? Each is declared here once, so that it is spelt and explained alike."""

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON; its keys are stable.")]
WorkspaceFolder = Annotated[
    Path | None,
    typer.Option("--workspace", help="The workspace; the nearest folder with a lockgate.toml when left out."),
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="A record's number, a day, a moment or `yesterday`.")]
Instance = Annotated[str | None, typer.Option("--instance", help="Which Odoo; the one for building when left out.")]
By = Annotated[str | None, typer.Option("--by", help="Who you are; LOCKGATE_PERSON when left out.")]
OnlyFor = Annotated[
    str | None, typer.Option("--scope", help="For whom: programme, a wave or a site, like site:ghent or ghent.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
Until = Annotated[str | None, typer.Option("--until", help="Until when, like 2026-05-31.")]
