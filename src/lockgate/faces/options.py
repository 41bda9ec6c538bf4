"""Which options do several verbs share? Each is declared here once, so that it is spelt and explained alike."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON; its keys are stable.")]
