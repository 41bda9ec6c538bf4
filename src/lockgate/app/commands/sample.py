"""Write the legacy extracts of a sample programme, and the truth about them."""

from enum import StrEnum
from math import inf
from pathlib import Path
from typing import Annotated, TypedDict

import typer

from lockgate.faces.options import Json
from lockgate.faces.output import Fields, Table, show
from lockgate.faces.progress import steps
from lockgate.kernel.errors import UnreachableError


class Programme(StrEnum):
    """The sample programmes that have legacy extracts."""

    MERIDIAN = "meridian"


class SampleAnswer(TypedDict):
    """The keys of `lockgate sample --json`."""

    folder: str
    truth: str
    scale: float
    seed: int
    rows: dict[str, int]
    defects: int
    digest: str


def command(
    programme: Annotated[Programme, typer.Argument(help="Which sample: meridian.", show_default=False)],
    *,
    out: Annotated[Path, typer.Option(help="A folder that is new or empty.")],
    scale: Annotated[float, typer.Option(help="How large, from 0.02 to 100; 1 is about 12,000 customers.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Another number gives other extracts.")] = 7,
    truth: Annotated[Path | None, typer.Option(help="Where the truth goes; FOLDER-truth when left out.")] = None,
    json: Json = False,
) -> None:
    """Write the legacy extracts of a sample programme, and the truth about them."""
    try:
        from lockgate.engines.legacy import expected_rows, write  # noqa: PLC0415 - Polars is paid for by those who use it
    except ModuleNotFoundError as error:
        missing = f"{error.name} is not installed."
        raise UnreachableError("The extracts can't be made.", why=missing, do="Install lockgate[data].") from error

    with steps() as shown, shown.step(f"Writing the extracts of {programme}") as work:
        if 0 < scale < inf:
            work.expect(expected_rows(scale))

        def told(file: str, rows: int) -> None:
            work.note(file)
            work.advance(rows)

        written = write(out, scale=scale, seed=seed, truth=truth, told=told)
        work.expect(sum(written.rows.values()))
    answer = SampleAnswer(
        folder=str(written.folder),
        truth=str(written.truth),
        scale=scale,
        seed=seed,
        rows=written.rows,
        defects=written.defects,
        digest=written.digest,
    )
    fields = {"Folder": written.folder, "Truth": written.truth, "Defects": written.defects, "Digest": written.digest}
    show(answer, Fields(fields), "", Table(("File", "Rows"), list(written.rows.items())), as_json=json)
