"""How do the rows get into Odoo? Mapping after mapping, each by the journalled loader, so that a crash costs nothing.

L1  What a mapping could not fill in at first, because it goes in a circle, is filled in when all are there.
L2  The journal of a round knows each input by its digest: the same rows go on where they were, others are another load.
L3  Where records of the mapping are there already, only what differs is sent.
L4  What Odoo refused is a file that can be mended and loaded again.
L5  What says more of a record is sent only where Odoo has that record. What was taken over is not sent, unless it is
    said of that too. What is loaded once is not sent again.
L6  Counts that Odoo lost on the way are sent once more, by themselves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lockgate.kernel.errors import UsageError
from lockgate.kernel.external_id import MODULE, of_resource
from lockgate.odoo.catalogue import Catalogue
from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import targets_of
from lockgate.odoo.journal import Journal
from lockgate.odoo.loading import LoadResult, Progress, load, rows_of
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.decide.ordering import Pass
from lockgate.practices.migration.perform.rounds import Round
from lockgate.practices.migration.perform.sending.agreed import AGREED
from lockgate.practices.migration.perform.sending.counting import MODEL, QUANTITY, uncounted
from lockgate.practices.migration.perform.sending.identifying import identify, our_ids
from lockgate.practices.migration.perform.sending.targets import Target, line_table

_BATCH = 20_000
_ROWS, _ROWS_WITH_LINES = 500, 200
"""Rows of a call: with lines Odoo takes several times as long for each, and a call should end within seconds."""


@dataclass(frozen=True)
class Loaded:
    """What came of a pass."""

    mapping: str
    again: bool
    result: LoadResult
    rejects: Path
    already: int = 0
    """How many records Odoo had already, of what is loaded once."""


def load_pass(
    client: Client, store: Round, target: Target, one: Pass, *, workers: int, on_progress: Callable[[Progress], None]
) -> Loaded:
    """Load the rows of one pass and return what came of each."""
    mapping = target.mapping
    there = identify(client, store, target, take_over=not one.again)
    headers = _headers(target, one)
    apart = next((header for field, header in _by_field(target) if field == mapping.apart_by), None)
    query = _query(target, headers, one, apart)
    part = f"{mapping.key}-again" if one.again else mapping.key
    rejects = store.rejects / f"{part}.csv"
    rejects.parent.mkdir(exist_ok=True)
    viewed = in_company(client, mapping.company)
    with Journal(str(store.folder / "journal.sqlite")) as journal:
        result = load(
            viewed,
            mapping.model,
            headers,
            rows(store, query),
            journal=journal,
            name=f"{part}@{_digest(store, query)}",
            batch_rows=_ROWS_WITH_LINES if target.lines else _ROWS,
            workers=workers,
            partition_by=apart,
            changes_only=there > 0 and not mapping.once,
            not_compared=mapping.loose,
            context=AGREED,
            module=MODULE,
            rejects_to=rejects,
            catalogue=Catalogue(viewed),
            on_progress=on_progress,
        )
        if mapping.model == MODEL and QUANTITY in headers:
            result = _counted(viewed, store, target, journal, result)
    _note_refused(store, mapping.key, result)
    return Loaded(mapping.key, one.again, result, rejects, _already(store, target, one))


def _counted(client: Client, store: Round, target: Target, journal: Journal, result: LoadResult) -> LoadResult:
    """Send again what Odoo made without its count (L6), and return what came of both."""
    names = {row["res_id"]: f"{MODULE}.{row['name']}" for row in our_ids(client, target.mapping.key, MODEL)}
    lost = [names[one] for one in uncounted(client, list(names))]
    if not lost:
        return result
    told = ", ".join(map(sql.text, lost))
    table = sql.table("target", target.mapping.key)
    query = f"select id, {sql.name(QUANTITY)} from {table} where id in ({told}) order by id"
    name = f"{target.mapping.key}-counted@{_digest(store, query)}"
    again = load(
        client,
        MODEL,
        ["id", QUANTITY],
        rows(store, query),
        journal=journal,
        name=name,
        workers=1,
        context=AGREED,
        module=MODULE,
        rejects_to=store.rejects / f"{target.mapping.key}-counted.csv",
        catalogue=Catalogue(client),
    )
    return replace(
        result,
        created=max(result.created - len(again.rejected), 0),
        rejected=(*result.rejected, *again.rejected),
        unknown=(*result.unknown, *again.unknown),
    )


def _already(store: Round, target: Target, one: Pass) -> int:
    if not target.mapping.once or one.again:
        return 0
    key = target.mapping.key
    there = f"select id from identified where mapping = {sql.text(key)}"
    return store.count(f"{sql.table('target', key)} where id in ({there})")


def _note_refused(store: Round, mapping: str, result: LoadResult) -> None:
    """Keep which records Odoo refused, for who compares later."""
    refused = [*result.rejected, *result.unknown]
    store.connection.execute("delete from refused where mapping = ?", [mapping])
    store.connection.execute(
        "insert into refused select ?, unnest(?::varchar[]), unnest(?::varchar[])",
        [mapping, [one.external_id for one in refused], [one.reason for one in refused]],
    )


def in_company(client: Client, company: str | None) -> Client:
    """Return the client as it is in a company, named by the key of its resource or its external id."""
    if company is None:
        return client
    name = company if "." in company else of_resource(company)
    found = targets_of(client, [name]).get(name)
    if found is None or found.model != "res.company":
        why = f"{name} is not there." if found is None else f"{name} is a record of {found.model}."
        raise UsageError(f"Odoo has no company {company!r}.", why=why, do="Apply the template first.")
    return client.within(company=found.id)


def rows(store: Round, query: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query, a part of them in memory at a time."""
    cursor = store.connection.cursor()
    try:
        yield from rows_of(cursor.sql(query).to_arrow_reader(_BATCH))
    finally:
        cursor.close()


def _by_field(target: Target) -> list[tuple[str, str]]:
    return [(column.field, column.header) for column in target.shape.columns]


def _headers(target: Target, one: Pass) -> list[str]:
    named = [header for field, header in _by_field(target) if (field in one.later) is one.again]
    of_lines = (
        []
        if one.again
        else [header for field, each in target.lines.items() for header in (f"{field}/id", *each.headers)]
    )
    return ["id", *named, *of_lines]


def _query(target: Target, headers: list[str], one: Pass, apart: str | None) -> str:
    """Return the query for what is sent: a record, and on it and the rows below it its lines (L5)."""
    owner = target.mapping.same_as or target.mapping.key
    unknown = f"id in (select id from identified where mapping = {sql.text(owner)})"
    more = unknown if one.again or target.mapping.same_as else "true"
    told = [*([] if target.mapping.also_found else ["taken_over"]), *(["identified"] if target.mapping.once else [])]
    left = sql.together(f"id not in (select id from {there} where mapping = {sql.text(owner)})" for there in told)
    table = f"(select * from {sql.table('target', target.mapping.key)} where {more} and {left})"
    first = f"{sql.name(apart)}, id" if apart else "id"
    if one.again or not target.lines:
        return f"select {', '.join(map(sql.name, headers))} from {table} order by {first}"
    if len(target.lines) > 1:
        raise UsageError(
            f"The mapping {target.mapping.key!r} has lines in two fields.", do="Split it into two mappings."
        )
    ((field, lines),) = target.lines.items()
    below = [f"{field}/id", *lines.headers]
    at = "coalesce(l._at, 1)"
    columns = [
        f"l.{name}" if header in below else f"case when {at} = 1 then r.{name} end as {name}"
        for header, name in ((header, sql.name(header)) for header in headers)
    ]
    of_lines = line_table(target.mapping.key, field)
    numbered = f"select *, row_number() over (partition by _of order by _row) as _at from {of_lines}"
    order = f"r.{sql.name(apart)}, r.id" if apart else "r.id"
    return f"select {', '.join(columns)} from {table} r left join ({numbered}) l on l._of = r.id order by {order}, {at}"


def _digest(store: Round, query: str) -> str:
    """Return what tells these rows from others (L2)."""
    mixed = store.one(f"select coalesce(bit_xor(hash(t)), 0) from ({query}) t")
    return f"{store.count(f'({query})')}-{mixed:x}"
