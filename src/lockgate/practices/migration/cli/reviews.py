"""Which pairs wait for somebody, and what do two records have in common?"""

from collections.abc import Iterator
from typing import Annotated

import typer

from lockgate.faces.options import Json, WorkspaceFolder
from lockgate.faces.output import Table, View, show
from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import Exit, UsageError
from lockgate.practices.migration.perform.showing.reviews import PairAnswer, QueueAnswer, pair, queue
from lockgate.practices.migration.perform.showing.sight import sight_at
from lockgate.programme.desk import desk_of


def reviews(
    record: Annotated[
        str | None, typer.Argument(help="One pair, side by side, like PAIR-1.", show_default=False)
    ] = None,
    *,
    entity: Annotated[str | None, typer.Option("--entity", help="Only the pairs of this entity.")] = None,
    workspace: WorkspaceFolder = None,
    json: Json = False,
) -> Exit:
    """Show the pairs that people decide about, or one of them side by side."""
    with sight_at(workspace) as sight:
        desk = desk_of(sight.place, sight.workspace, system_clock())
        if record is None:
            told = queue(sight, desk, entity)
            show(told, *_queue(told), as_json=json)
            return Exit.DONE
        found = pair(sight, desk, record)
    if found is None:
        raise UsageError(f"There is no pair {record!r}.", do="See which there are: `lockgate migrate reviews`.")
    show(found, *_pair(found), as_json=json)
    return Exit.DONE


def _queue(told: QueueAnswer) -> Iterator[View]:
    rows = [
        (one["id"], one["entity"], one["left"], one["right"], _share(one["score"]), one["state"], one["reason"])
        for one in told["reviews"]
    ]
    yield Table(("Pair", "Entity", "One", "Other", "Probable", "State", "Reason"), rows, "No pair was ever in doubt.")


def _pair(told: PairAnswer) -> Iterator[View]:
    review = told["review"]
    yield f"{review['id']}: {review['state']}"
    columns = [
        (one["column"], one["left"] or "", one["right"] or "", "differs" if one["differs"] else "")
        for one in told["columns"]
    ]
    yield Table(("Column", review["left"], review["right"], ""), columns, "Its values are not in the newest round.")
    weights = [(one["about"], one["said"], f"{one['bits']:+.1f}") for one in told["weights"]]
    yield Table(("Compared", "Answer", "Bits"), weights, "No score is known of it.")


def _share(score: float | None) -> str:
    return "" if score is None else f"{score:.0%}"
