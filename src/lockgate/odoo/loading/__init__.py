"""How do many rows get into Odoo, each once, and how is it known what came of each? `load` sends and reads them back.

The way of a row: `records` (what is a record), `header` (what are the columns), `planning` (which go together),
`suspicion` and `diffing` (which go apart, which need not go), `calls` with `answers` and `bisecting` (one call and what
follows from its answer), `delivery` (one batch, read back and recorded), `run` (the whole input).
"""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lockgate.kernel.errors import UsageError
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.errors import AccessDenied
from lockgate.odoo.external_ids import OWN_MODULE
from lockgate.odoo.journal import Journal
from lockgate.odoo.loading.calls import Calls
from lockgate.odoo.loading.delivery import Delivery
from lockgate.odoo.loading.diffing import Comparison
from lockgate.odoo.loading.header import ERROR_COLUMN, header_of
from lockgate.odoo.loading.idle_defaults import idle_defaults
from lockgate.odoo.loading.records import Reject
from lockgate.odoo.loading.rejects import RejectFile
from lockgate.odoo.loading.result import LoadResult, LoadStopped
from lockgate.odoo.loading.run import Loader, Progress

__all__ = ["ERROR_COLUMN", "QUIET", "LoadResult", "LoadStopped", "Progress", "Reject", "load", "rows_of"]

QUIET: Mapping[str, Any] = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_auto_subscribe_no_notify": True,
    "no_reset_password": True,
}
"""Context for master data and opening balances: no history, no messages, no mail; and half as fast again."""

_CALLS_COMPARED_AT_ONCE = 4


def load(
    client: Any,
    model: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    journal: Journal | None = None,
    name: str | None = None,
    batch_rows: int = 500,
    workers: int = 2,
    partition_by: str | None = None,
    changes_only: bool = False,
    not_compared: Collection[str] = (),
    quiet: bool = True,
    context: Mapping[str, Any] | None = None,
    module: str = OWN_MODULE,
    rejects_to: Path | None = None,
    catalogue: Catalogue | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> LoadResult:
    """Load the rows and return what came of each; rows that Odoo refuses don't hold up the others.

    The column `id` holds external ids, relations are columns like `country_id/id`; ids without a module are of
    `module`. Loading the same input again changes nothing. With a `journal` a load that was stopped goes on where it
    was, under the `name` of its run (the model if none is given). Rows with the same value in `partition_by` go through
    one worker's hands, in order. `changes_only` reads first and sends what differs, in fields that are not
    `not_compared`. `quiet=False` keeps history, messages and mails. What was not loaded goes to the CSV file
    `rejects_to`. Moments without a zone are UTC.
    """
    kept = [at for at, column in enumerate(columns) if column != ERROR_COLUMN]
    chosen = [columns[at] for at in kept]
    catalogue = catalogue or Catalogue(client)
    header = header_of(model, chosen, catalogue, module=module)
    besides = idle_defaults(model, chosen, catalogue.fields(model))
    partition = _partition(partition_by, chosen)
    settings = {
        "batch_rows": batch_rows * (_CALLS_COMPARED_AT_ONCE if changes_only else 1),
        "lanes": 1 if partition_by is None else workers,
    }
    whole_context = {"tz": "UTC", **(QUIET if quiet else {}), **(context or {})}
    about = {
        "instance": _instance(client),
        "model": model,
        "columns": chosen,
        "module": module,
        "partition_by": partition_by,
    }
    with contextlib.ExitStack() as stack:
        opened = journal or stack.enter_context(Journal(":memory:"))
        run = stack.enter_context(opened.begin(name or model, about=about, settings=settings))
        rejects = stack.enter_context(RejectFile(rejects_to, chosen)) if rejects_to else None
        loader = Loader(model, header, run, rejects, on_progress)
        calls = Calls(client, model, header, context=whole_context, besides=besides, on_retry=loader.retried)
        comparison = None
        if changes_only:
            comparison = Comparison(client, calls, model, header, context=whole_context, left_out=not_compared)
        vacant = not run.recorded() and calls.vacant()
        delivery = Delivery(calls, model, header, run, call_rows=batch_rows, comparison=comparison, vacant=vacant)
        return loader.load(_chosen(rows, kept, len(columns)), delivery, threads=workers, partition=partition)


def rows_of(batches: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of Arrow record batches or tables, or of Polars frames."""
    for batch in batches:
        if hasattr(batch, "iter_rows"):
            yield from batch.iter_rows()
        else:
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _instance(client: Any) -> str:
    """Return what tells this database from its copies and namesakes, whatever address it is reached by."""
    try:
        return str(client.call("ir.config_parameter", "get_param", key="database.uuid"))
    except AccessDenied:
        return f"{client.server.database} at {client.server.url}"


def _partition(column: str | None, columns: Sequence[str]) -> int | None:
    if column is not None and column not in columns:
        raise UsageError(
            f"Rows can't be kept together by {column!r}.",
            why="It is not one of the columns.",
            do=f"Name one of: {', '.join(columns)}.",
        )
    return None if column is None else columns.index(column)


def _chosen(rows: Iterable[Sequence[Any]], kept: Sequence[int], width: int) -> Iterable[Sequence[Any]]:
    if len(kept) == width:
        return rows
    return ([row[at] for at in kept] if len(row) == width else row for row in rows)
