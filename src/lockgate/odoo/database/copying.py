"""How do rows get from the database into typed columns? By COPY, as CSV that Arrow reads; a part of it in memory.

P1  What Odoo's API would tell is what comes: the same fields, types and empty values. Where one field can't be had that
    way, or a table may not be read, the model is not read here, and whoever asks goes to the API.
P2  Odoo's rules on who sees which record don't hold here. Whoever asks has to name the records that are meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from lockgate.kernel.errors import UnreachableError
from lockgate.odoo.catalogue import Catalogue, Field
from lockgate.odoo.columns import arrow_type, fields_named, schema_of
from lockgate.odoo.database.access import Database
from lockgate.odoo.database.expressions import Kept, Models, plan_of

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types

_PART: Final = 8 * 2**20
"""How many bytes are turned into columns at once."""
_BLOCK: Final = 2**20
"""How many Arrow looks at together; one row has to fit."""
_FACTS: Final = (
    "select model, name, ttype, store, related, relation, relation_table, column1, column2, translate,"
    " company_dependent from ir_model_fields where model = any(%s)"
)
_COMPARED: Final = frozenset({"=", ">", ">=", "<", "<=", "=like"})


def stream_past(
    database: Database, model: str, names: Sequence[str], domain: Sequence[Any], catalogue: Catalogue
) -> "Iterator[pa.RecordBatch] | None":
    """Return the records of the domain as `odoo.reading.stream` does; None where that can't be had here (P1)."""
    fields = fields_named(names, catalogue.fields(model), model)
    query = _query(database, model, fields, domain)
    return None if query is None else _batches(database, query, fields)


def _query(database: Database, model: str, fields: Sequence[Field], domain: Sequence[Any]) -> Composed | None:
    models = _facts(database, [model])
    ways = {str(one.relation) for one in models.get(model, {}).values() if one.type == "many2one" and one.store}
    models = {**models, **_facts(database, sorted(ways))}
    plan = plan_of(model, tuple(field.name for field in fields), models) if model in models else None
    where = _where(domain, models.get(model, {}))
    if plan is None or where is None:
        return None
    tables = [_table(model), *map(_table, plan.joined.values()), *plan.relations]
    if not all(_readable(database, table) for table in tables):
        return None
    joins = [
        SQL(" left join {} {} on {} = {}").format(
            Identifier(_table(to)), Identifier(over), Identifier(over, "id"), Identifier("r", over)
        )
        for over, to in plan.joined.items()
    ]
    return SQL("copy (select {} from {} r{} where {} order by r.id) to stdout (format csv)").format(
        SQL(", ").join(plan.columns), Identifier(_table(model)), SQL("").join(joins), where
    )


def _facts(database: Database, models: Sequence[str]) -> Models:
    found: dict[str, dict[str, Kept]] = {}
    for model, *of_field in database.connection.execute(_FACTS, [list(models)]).fetchall():
        kept = Kept(*of_field)
        found.setdefault(str(model), {})[kept.name] = kept
    return found


def _table(model: str) -> str:
    return model.replace(".", "_")


def _readable(database: Database, table: str) -> bool:
    asked = "select coalesce(has_table_privilege(to_regclass(%s), 'select'), false)"
    row = database.connection.execute(asked, [table]).fetchone()
    return bool(row and row[0])


def _where(domain: Sequence[Any], fields: Mapping[str, Kept]) -> Composable | None:
    """Return the condition of a domain whose terms all hold together, None for any other."""
    terms: list[Composable] = [SQL("true")]
    for term in domain:
        if isinstance(term, str) or term[1] not in _COMPARED | {"in"}:
            return None
        name, operator, value = term
        known = fields.get(name)
        if name != "id" and (known is None or not known.store or known.translate or known.company_dependent):
            return None
        column = Identifier("r", name)
        if operator == "in":
            terms.append(SQL("{} = any({})").format(column, Literal(list(value))))
        else:
            sign = SQL("like" if operator == "=like" else operator)
            terms.append(SQL("{} {} {}").format(column, sign, Literal(value)))
    return SQL(" and ").join(terms)


def _batches(database: Database, query: Composed, fields: Sequence[Field]) -> "Iterator[pa.RecordBatch]":
    with _answering(), database.connection.cursor() as cursor, cursor.copy(query) as copy:
        part = bytearray()
        for row in copy:  # PostgreSQL gives whole rows
            part += row
            if len(part) >= _PART:
                yield from _columns(part, fields)
                part = bytearray()
        if part:
            yield from _columns(part, fields)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except psycopg.OperationalError as error:
        raise UnreachableError(
            "The database of this Odoo does not answer any more.",
            why=f"PostgreSQL says: {' '.join(str(error).split())}",
            do="Run it again; without the variable that `reader_variable` names, Odoo's API is asked.",
        ) from None


def _columns(part: bytearray, fields: Sequence[Field]) -> "Iterator[pa.RecordBatch]":
    import pyarrow as pa  # noqa: PLC0415  (optional extra `data`)
    from pyarrow import csv  # noqa: PLC0415  # same

    many = {field.name for field in fields if field.type == "many2many"}
    types = {field.name: pa.string() if field.name in many else _read_as(field) for field in fields}
    table = csv.read_csv(
        pa.BufferReader(bytes(part)),
        read_options=csv.ReadOptions(column_names=list(types), block_size=max(len(part), _BLOCK)),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=types,
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
        ),
    )
    columns = [
        pa.array(map(_ids, table.column(field.name).to_pylist()), arrow_type(field))
        if field.name in many
        else table.column(field.name).cast(arrow_type(field))
        for field in fields
    ]
    yield from pa.Table.from_arrays(columns, schema=schema_of(fields)).to_batches()


def _ids(told: str | None) -> list[int]:
    return [int(one) for one in told.split(",")] if told else []


def _read_as(field: Field) -> Any:
    import pyarrow as pa  # noqa: PLC0415  (optional extra `data`)

    return pa.timestamp("us") if field.type == "datetime" else arrow_type(field)
