"""Look at an extract before anything is declared of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from lockgate.faces.options import Json
from lockgate.faces.output import Table, View, show
from lockgate.kernel.errors import Exit
from lockgate.practices.migration.perform.looking import LookAnswer, looked


def look(
    file: Annotated[Path, typer.Argument(help="A CSV file, workbook, Parquet file or SQLite database.")],
    *,
    encoding: Annotated[str | None, typer.Option("--encoding", help="How its texts are coded, like cp1252.")] = None,
    sure: Annotated[
        bool, typer.Option("--encoding-sure", help="Take it although letters could be read otherwise.")
    ] = False,
    separator: Annotated[str | None, typer.Option("--separator", help="What stands between two columns.")] = None,
    header: Annotated[int | None, typer.Option("--header", min=0, help="The row with the names.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Which sheet of a workbook.")] = None,
    table: Annotated[str | None, typer.Option("--table", help="Which table of a database.")] = None,
    json: Json = False,
) -> Exit:
    """Tell what a file of an old system seems to be: its letters, separator and columns. Nothing is kept."""
    answer = looked(
        file, encoding=encoding, encoding_sure=sure, separator=separator, header=header, sheet=sheet, table=table
    )
    show(answer, *_views(answer), as_json=json)
    return Exit.DONE if answer["ok"] else Exit.NO


def _views(answer: LookAnswer) -> Iterator[View]:
    if not answer["ok"]:
        rows = [(one["at"], one["what"], one["do"]) for one in answer["refusals"]]
        yield Table(("Where", "What", "What to do"), rows)
        return
    said = [f"{answer['kind']}, {answer['rows']:,} records"]
    if answer["encoding"]:
        said += [f"{answer['encoding']}: {answer['because']}", f"separated by {answer['separator']!r}"]
        said.append(f"names in line {answer['header']}" if answer["header"] else "without names")
    yield "; ".join(said) + "."
    columns = [
        (one["name"], one["seems"], one["filled"], one["distinct"], " · ".join(one["examples"]))
        for one in answer["columns"]
    ]
    yield Table(("Column", "Seems to hold", "Filled", "Different", "For example"), columns)
