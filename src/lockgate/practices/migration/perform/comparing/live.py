"""What does Odoo hold of what was loaded? Read back in bulk, in the form in which it was sent.

V1  Ours is what has an external id of the mapping. All of it is read, archived or not, and what nobody expected too.
V2  A relation is told by the external id that the target names for the record; where Odoo points elsewhere, by model
    and id.
V3  Nothing is what Odoo holds for nothing: an empty number is 0, an empty answer no.
V4  A choice is told by its key, whichever way it was written.
V5  Where the instance's database may be read, it is, past Odoo's server; what only Odoo can tell is asked of Odoo.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lockgate.kernel.external_id import MODULE
from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.client import Client
from lockgate.odoo.columns import fields_named, schema_of
from lockgate.odoo.database import Database, stream_past
from lockgate.odoo.external_ids import targets_of
from lockgate.odoo.reading import stream
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.decide.shaping import Column
from lockgate.practices.migration.perform.rounds import Round
from lockgate.practices.migration.perform.sending.identifying import ours

_NUMBERS: Final = frozenset({"integer", "float", "monetary"})
_FORMS: Final = {
    **dict.fromkeys(_NUMBERS, "coalesce({}, 0)"),
    "boolean": "coalesce(try_cast({} as boolean), false)",
    "date": "cast({} as date)",
    "datetime": "cast({} as timestamp)",
}
"""How a value is brought into the form that Odoo holds, by the type of its field (V3)."""


@dataclass(frozen=True)
class Rows:
    """Rows of a mapping, or of its lines, and the tables that hold what is expected of them and what is there."""

    name: str
    """Of both tables: that of the mapping, or of the mapping and the field of the lines."""
    model: str
    prefix: str
    """What the names of their external ids begin with."""
    table: str
    """Where what was sent stands."""
    identity: str
    columns: tuple[Column, ...]
    all_of_them: bool = True
    """False where they are only some of the records with such ids, so that others are nothing unexpected."""
    also_found: bool = False
    """True where records count too that were found and not loaded."""


@dataclass(frozen=True)
class Live:
    """The Odoo that is read, its fields, and its database where that may be read too (V5)."""

    client: Client
    catalogue: Catalogue
    database: Database | None = None

    def read(self, model: str, names: Sequence[str], domain: Sequence[Any]) -> "Read":
        """Return records of a model, archived or not."""
        schema = schema_of(fields_named(names, self.catalogue.fields(model), model))
        past = stream_past(self.database, model, names, domain, self.catalogue) if self.database else None
        return Read(schema, past or stream(self.client, model, names, domain, archived=True, catalogue=self.catalogue))


def read_back(live: Live, store: Round, rows: Rows) -> tuple[str, str]:
    """Read what Odoo holds; return the tables with what is expected and what is there, column by column."""
    fields = live.catalogue.fields(rows.model)
    connection = store.connection
    named = _ours(live, store, rows)
    names = [column.field for column in rows.columns]
    first, last = connection.execute(f"select min(res_id), max(res_id) from {named}").fetchall()[0]
    domain: list[Any] = [["id", ">=", first], ["id", "<=", last]] if first else [["id", "=", 0]]
    read = sql.table("live", f"{rows.name} as read")
    _keep(store, read, live.read(rows.model, names, domain))
    known = _known(live.client, store, rows)
    there = sql.table("live", rows.name)
    held = [f"{_live(fields[column.field], known)} as {sql.name(column.header)}" for column in rows.columns]
    connection.execute(
        f"create or replace table {there} as select {', '.join([_named('o.name') + ' as id', *held])}"
        f" from {named} o join {read} r on r.id = o.res_id where {_loaded(rows, _named('o.name'))}"
        f" and {'true' if rows.all_of_them else _among(rows)}"
    )
    wanted = sql.table("live", f"{rows.name} as expected")
    sent = [f"{_sent(column, fields[column.field], known)} as {sql.name(column.header)}" for column in rows.columns]
    connection.execute(
        f"create or replace table {wanted} as select {', '.join([f't.{sql.name(rows.identity)} as id', *sent])}"
        f" from {rows.table} t where {_loaded(rows, f't.{sql.name(rows.identity)}')}"
    )
    connection.execute(f"drop table {read}")
    return f"live.{rows.name} as expected", f"live.{rows.name}"


def _loaded(rows: Rows, identity: str) -> str:
    return "true" if rows.also_found else f"{identity} not in (select id from taken_over)"


def _among(rows: Rows) -> str:
    return f"{_named('o.name')} in (select id from {rows.table})"


def _named(expression: str) -> str:
    return f"{sql.text(f'{MODULE}.')} || {expression}"


def _ours(live: Live, store: Round, rows: Rows) -> str:
    """Keep which of our external ids stands for which record (V1)."""
    table = sql.table("live", f"{rows.name} by name")
    _keep(store, table, live.read("ir.model.data", ["name", "res_id"], ours(rows.prefix, rows.model)))
    return table


def _known(client: Client, store: Round, rows: Rows) -> str:
    """Keep which record each external id that the target names stands for (V2)."""
    table = sql.table("live", f"{rows.name} named")
    store.connection.execute(f"create or replace table {table} (name varchar, model varchar, id bigint)")
    for column in rows.columns:
        if column.header.endswith("/id"):
            header = f"cast({sql.name(column.header)} as varchar)"
            one = f"unnest(string_split({header}, ','))" if column.many else header
            query = f"select distinct v from (select {one} as v from {rows.table}) where v is not null and v <> ''"
            names = [str(row[0]) for row in store.connection.execute(query).fetchall()]
            _keep_names(store, table, targets_of(client, names))
    return table


def _keep_names(store: Round, table: str, found: Any) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  (optional extra `data`)

    names = pa.table(
        {
            "name": list(found),
            "model": [target.model for target in found.values()],
            "id": [target.id for target in found.values()],
        },
        schema=pa.schema([("name", pa.string()), ("model", pa.string()), ("id", pa.int64())]),
    )
    store.connection.register("names_found", names)
    new = f"select * from names_found where name not in (select name from {table})"
    store.connection.execute(f"insert into {table} {new}")
    store.connection.unregister("names_found")


def _keep(store: Round, table: str, read: "Read") -> None:
    """Put records into a table, a page at a time."""
    import pyarrow as pa  # noqa: PLC0415  (optional extra `data`)

    reader = pa.RecordBatchReader.from_batches(read.schema, read.batches)
    store.connection.register("records_read", reader)
    store.connection.execute(f"create or replace table {table} as select * from records_read")
    store.connection.unregister("records_read")


@dataclass(frozen=True)
class Read:
    """Records on their way."""

    schema: Any
    batches: Iterator[Any]


def _live(field: Field, known: str) -> str:
    """Return the expression for what Odoo holds in a field."""
    value = f"r.{sql.name(field.name)}"
    if field.type == "many2one":
        model = sql.text(str(field.relation))
        name = f"select min(k.name) from {known} k where k.id = {value} and k.model = {model}"
        return f"coalesce(({name}), {model} || ',' || {value})"
    if field.type == "many2many":
        return f"array_to_string(list_transform({value}, lambda one: cast(one as varchar)), ',')"
    return f"coalesce({value}, 0)" if field.type in _NUMBERS else value


def _sent(column: Column, field: Field, known: str) -> str:
    """Return the expression for what Odoo should hold in a field (V3, V4)."""
    value = f"t.{sql.name(column.header)}"
    if field.type == "many2many":
        named = f"list_contains(string_split({value}, ','), k.name)"
        return f"(select string_agg(cast(k.id as varchar), ',') from {known} k where {named})"
    if field.type in _FORMS:
        return _FORMS[field.type].format(value)
    text = f"nullif(cast({value} as varchar), '')"
    if field.selection:
        cases = " ".join(f"when {sql.text(label)} then {sql.text(key)}" for key, label in field.selection)
        return f"case {text} {cases} else {text} end"
    return text
