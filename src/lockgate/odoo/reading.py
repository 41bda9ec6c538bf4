"""How are many records read? In pages by id, several ranges at once, each page as typed columns as soon as it is here.

R1  Pages go by key (`id > last`), never by offset: stable while others write, and as fast at the end as at the start.
R2  The ranges of ids are disjoint, so no record comes twice; ids ascend within a range, not between ranges.
R3  The next page of a range is asked for before the last one is turned into columns: both sides work at once.
R4  At most one page per range waits, so memory is bounded however slow the reader is.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lockgate.odoo.calls.caller import Caller
from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.columns import batch_of, fields_named, table_of
from lockgate.odoo.external_ids import external_ids_of

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types

EXTERNAL_ID = "external_id"
"""The column that `with_external_ids` adds."""

_TEXT = Field(EXTERNAL_ID, "char")


@dataclass(frozen=True)
class IdRange:
    """The ids above `after`, up to and with `upto` (None: to the end)."""

    after: int
    upto: int | None

    def domain(self) -> list[Any]:
        """Return the terms that keep a search within the range."""
        above = [["id", ">", self.after]]
        return above if self.upto is None else [*above, ["id", "<=", self.upto]]


@dataclass(frozen=True)
class _Reading:
    """What is read, and how."""

    client: Caller
    model: str
    fields: tuple[Field, ...]
    domain: tuple[Any, ...]
    batch_rows: int
    context: Mapping[str, Any]
    with_external_ids: bool

    def page(self, ids: IdRange) -> list[dict[str, Any]]:
        """Return the next page of the range."""
        rows: list[dict[str, Any]] = self.client.call(
            self.model,
            "search_read",
            context=self.context,
            domain=[*ids.domain(), *self.domain],
            fields=[field.name for field in self.fields if field is not _TEXT],
            order="id",
            limit=self.batch_rows,
            load="",  # relations as bare ids: a third faster, no display name is computed
        )
        if self.with_external_ids:
            known = external_ids_of(self.client, self.model, (row["id"] for row in rows))
            for row in rows:
                row[EXTERNAL_ID] = known.get(row["id"], False)
        return rows


def stream(
    client: Caller,
    model: str,
    fields: Sequence[str],
    domain: Sequence[Any] = (),
    *,
    batch_rows: int = 5000,
    workers: int = 2,
    with_external_ids: bool = False,
    archived: bool = False,
    context: Mapping[str, Any] | None = None,
    catalogue: Catalogue | None = None,
) -> "Iterator[pa.RecordBatch]":
    """Yield the records of the domain as Arrow record batches, `id` first; archived ones too when asked."""
    known = (catalogue or Catalogue(client)).fields(model)
    named = fields_named(fields, known, model)
    reading = _Reading(
        client,
        model,
        (*named, _TEXT) if with_external_ids else named,
        tuple(domain),
        batch_rows,
        {**(context or {}), **({"active_test": False} if archived else {})},
        with_external_ids,
    )
    for rows in _pages(reading, workers):
        yield batch_of(rows, reading.fields)


def frames(
    client: Caller, model: str, fields: Sequence[str], domain: Sequence[Any] = (), **options: Any
) -> "Iterator[pl.DataFrame]":
    """Yield the records of the domain as Polars frames; the options are those of `stream`."""
    import polars as pl  # noqa: PLC0415  (optional extra `data`)

    for batch in stream(client, model, fields, domain, **options):
        frame = pl.from_arrow(batch)
        if isinstance(frame, pl.DataFrame):
            yield frame


def table(client: Caller, model: str, fields: Sequence[str], domain: Sequence[Any] = (), **options: Any) -> "pa.Table":
    """Return all records of the domain in memory, in the order of their ids; the options are those of `stream`."""
    catalogue = options.setdefault("catalogue", Catalogue(client))
    named = fields_named(fields, catalogue.fields(model), model)
    columns = (*named, _TEXT) if options.get("with_external_ids") else named
    return table_of(stream(client, model, fields, domain, **options), columns).sort_by("id")


def _pages(reading: _Reading, workers: int) -> Iterator[list[dict[str, Any]]]:
    with ThreadPoolExecutor(workers, thread_name_prefix="lockgate-read") as pool:
        waiting: dict[Future[list[dict[str, Any]]], IdRange] = {
            pool.submit(reading.page, ids): ids for ids in _ranges(reading, workers)
        }
        try:
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for page in done:
                    ids, rows = waiting.pop(page), page.result()
                    if len(rows) == reading.batch_rows:
                        rest = IdRange(rows[-1]["id"], ids.upto)
                        waiting[pool.submit(reading.page, rest)] = rest  # R3
                    if rows:
                        yield rows
        finally:
            for page in waiting:
                page.cancel()


def _ranges(reading: _Reading, workers: int) -> list[IdRange]:
    """Cut the ids into as many ranges as there are workers, with about as many records in each (R2)."""
    domain = list(reading.domain)
    if workers == 1:
        return [IdRange(0, None)]
    total = reading.client.call(reading.model, "search_count", domain=domain, context=reading.context)
    cuts: list[int] = []
    for position in cut_positions(total, workers, reading.batch_rows):
        cuts += reading.client.call(
            reading.model, "search", domain=domain, offset=position, limit=1, order="id", context=reading.context
        )
    return ranges_between(cuts)


def cut_positions(total: int, workers: int, batch_rows: int) -> list[int]:
    """Return the positions, counted from 0, of the last record of each range but the final one."""
    parts = min(workers, -(-total // batch_rows))
    return [total * part // parts - 1 for part in range(1, parts)]


def ranges_between(cuts: Sequence[int]) -> list[IdRange]:
    """Return the disjoint ranges that end at these ids, and the one after the last."""
    ends = sorted(set(cuts))
    return [IdRange(after, upto) for after, upto in zip([0, *ends], [*ends, None], strict=True)]
