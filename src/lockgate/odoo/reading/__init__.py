"""How are many records read? In pages by id, several at once, each page as typed columns as soon as it is here.

`ranges` (where does a page end?), `gathering` (whole columns in one answer), `naming` (external ids).

R1  Pages go by key (`id > last`), never by offset: stable while others write, and as fast at the end as at the start.
R2  The ranges of ids are disjoint, so no record comes twice; ids ascend within a page, not between pages.
R3  The next pages are asked for before the last one is turned into columns: both sides work at once.
R4  One page more than there are workers waits at most, so memory is bounded however slow the reader is.
R5  Odoo tells columns where it can, which is faster. A user whom it refuses that gets rows, and what those refuse.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.columns import batch_of, batch_of_columns, fields_named, table_of
from lockgate.odoo.errors import AccessDenied, BadCall, NotFound, Refused, ServerFault
from lockgate.odoo.grouping import tells_columns
from lockgate.odoo.reading.gathering import can_gather, gathered
from lockgate.odoo.reading.naming import names_of
from lockgate.odoo.reading.ranges import IdRange, ranges, rows_of_page

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types

EXTERNAL_ID = "external_id"
"""The column that `with_external_ids` adds."""

_TEXT = Field(EXTERNAL_ID, "char")


class _Reading:
    """What is read, and how."""

    def __init__(
        self,
        client: Any,
        model: str,
        fields: tuple[Field, ...],
        domain: Sequence[Any],
        *,
        batch_rows: int | None,
        catalogue: Catalogue,
        context: Mapping[str, Any],
        with_external_ids: bool,
    ) -> None:
        self._client = client
        self._model = model
        self._fields = fields
        self._domain = tuple(domain)
        self._wished_rows = batch_rows
        self._context = context
        self._with_external_ids = with_external_ids
        self._gathers = tells_columns(client) and can_gather(model, fields, catalogue)

    def ranges(self) -> Iterator[IdRange]:
        """Yield the ranges of the pages, asking for the end of each when it is wanted."""
        return ranges(self._last_of_page)

    def page(self, ids: IdRange) -> "pa.RecordBatch":
        """Return the records of a range."""
        domain = [*ids.domain(), *self._domain]
        batch = self._by_columns(domain) if self._gathers else None
        if batch is None:
            batch = batch_of(self._rows(domain), self._fields)
        return self._with_names(batch) if self._with_external_ids else batch

    @property
    def _batch_rows(self) -> int:
        return self._wished_rows or rows_of_page(self._fields, in_columns=self._gathers)

    def _last_of_page(self, ids: IdRange) -> int | None:
        domain, rows = [*ids.domain(), *self._domain], self._batch_rows
        if found := self._search(domain, offset=rows - 1, limit=1):
            return found[0]
        if self._client.call(self._model, "search_count", domain=domain, context=self._context) <= rows:
            return None
        # Some models look at who may see a record after they have counted up to it: one in the middle is missing then.
        some = self._search(domain, offset=0, limit=rows)
        return some[-1] if some else None

    def _search(self, domain: list[Any], *, offset: int, limit: int) -> list[int]:
        found: list[int] = self._client.call(
            self._model, "search", domain=domain, offset=offset, limit=limit, order="id", context=self._context
        )
        return found

    def _by_columns(self, domain: list[Any]) -> "pa.RecordBatch | None":
        try:
            columns = gathered(self._client, self._model, self._fields, domain, self._context)
        except (AccessDenied, BadCall, NotFound, Refused, ServerFault):
            self._gathers = False  # R5
            return None
        return batch_of_columns(columns, self._fields)

    def _rows(self, domain: list[Any]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._client.call(
            self._model,
            "search_read",
            context=self._context,
            domain=domain,
            fields=[field.name for field in self._fields],
            order="id",
            load="",  # relations as bare ids: a third faster, no display name is computed
        )
        return rows

    def _with_names(self, batch: "pa.RecordBatch") -> "pa.RecordBatch":
        ids = batch.column("id").to_pylist()
        known = names_of(self._client, self._model, ids, gather=self._gathers)
        names = batch_of_columns({EXTERNAL_ID: [known.get(one) for one in ids]}, [_TEXT])
        return batch.append_column(EXTERNAL_ID, names.column(0))


def stream(
    client: Any,
    model: str,
    fields: Sequence[str],
    domain: Sequence[Any] = (),
    *,
    batch_rows: int | None = None,
    workers: int = 2,
    with_external_ids: bool = False,
    archived: bool = False,
    context: Mapping[str, Any] | None = None,
    catalogue: Catalogue | None = None,
) -> "Iterator[pa.RecordBatch]":
    """Yield the records of the domain as Arrow record batches, `id` first; archived ones too when asked."""
    catalogue = catalogue or Catalogue(client)
    named = fields_named(fields, catalogue.fields(model), model)
    reading = _Reading(
        client,
        model,
        named,
        domain,
        batch_rows=batch_rows,
        catalogue=catalogue,
        context={**(context or {}), **({"active_test": False} if archived else {})},
        with_external_ids=with_external_ids,
    )
    yield from _pages(reading, workers)


def frames(
    client: Any, model: str, fields: Sequence[str], domain: Sequence[Any] = (), **options: Any
) -> "Iterator[pl.DataFrame]":
    """Yield the records of the domain as Polars frames; the options are those of `stream`."""
    import polars as pl  # noqa: PLC0415  (optional extra `data`)

    for batch in stream(client, model, fields, domain, **options):
        frame = pl.from_arrow(batch)
        if isinstance(frame, pl.DataFrame):
            yield frame


def table(client: Any, model: str, fields: Sequence[str], domain: Sequence[Any] = (), **options: Any) -> "pa.Table":
    """Return all records of the domain in memory, in the order of their ids; the options are those of `stream`."""
    catalogue = options.setdefault("catalogue", Catalogue(client))
    named = fields_named(fields, catalogue.fields(model), model)
    columns = (*named, _TEXT) if options.get("with_external_ids") else named
    return table_of(stream(client, model, fields, domain, **options), columns).sort_by("id")


def _pages(reading: _Reading, workers: int) -> "Iterator[pa.RecordBatch]":
    with ThreadPoolExecutor(workers, thread_name_prefix="lockgate-read") as pool:
        waiting: set[Future[pa.RecordBatch]] = set()
        try:
            for ids in reading.ranges():
                waiting.add(pool.submit(reading.page, ids))
                while len(waiting) > workers:  # R4
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from _filled(done)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from _filled(done)
        finally:
            for page in waiting:
                page.cancel()


def _filled(done: "Iterable[Future[pa.RecordBatch]]") -> "Iterator[pa.RecordBatch]":
    for page in done:
        if (batch := page.result()).num_rows:
            yield batch
