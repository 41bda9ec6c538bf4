"""What is wrong in what the migration declares, that only DuckDB and the lists of kinds can tell? Nothing is run.

K1  Every text of SQL is one harmless expression, or query where a whole one is asked for: it parses, uses functions of
    the list and asks tables that there are.
K2  Where the columns of a dataset are known, since it was read before, an expression names columns that it has, and can
    be worked out with what they hold. So do the other keys that name columns.
K3  A kind of values is one that is known.
K4  A dataset of another Odoo names its model, and describes fields that it reads; one of another source names none.
K5  While a file that may declare datasets is wrong in itself, nobody can say which tables there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lockgate.kernel.errors import UsageError
from lockgate.kernel.finding import Finding
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.decide.holes import closed
from lockgate.practices.migration.decide.texts import Said, said
from lockgate.practices.migration.definition import Dataset, MigrationFile, Source
from lockgate.practices.migration.perform.remembered import columns_known
from lockgate.workspace import Workspace
from lockgate.workspace.text.document import Steps
from lockgate.workspace.words import advice

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TYPES: Final = {
    "text": "varchar",
    "integer": "bigint",
    "decimal": "decimal(38, 10)",
    "date": "date",
    "datetime": "timestamp",
    "boolean": "boolean",
}
_OWN: Final = ("merged", "kept_back", "findings", "changes")
"""Tables of a round that an expression may ask."""


def checked(workspace: Workspace) -> Iterator[Finding]:
    """Yield what is wrong with the files of the migration that are right in themselves."""
    files = {path: file for path, file in workspace.of("migration").items() if isinstance(file, MigrationFile)}
    if not files:
        return
    try:
        import duckdb  # noqa: PLC0415  (optional extra `data`)
    except ImportError:
        return
    datasets = {one.key: one for file in files.values() for one in file.datasets}
    sources = {one.key: one for file in files.values() for one in file.sources}
    entities = {one.key for file in files.values() for one in file.entities}
    with duckdb.connect() as connection:
        of_odoo = {key: one.columns_read for key, one in datasets.items() if one.model is not None}
        known = columns_known(workspace.root, datasets) | of_odoo
        bench = _Bench(connection, datasets, known, _tables(datasets, entities))
        bench.lay_out()
        for path, file in files.items():
            texts = () if workspace.doubtful & {"dataset", "entity"} else _texts(file, bench)  # K5
            for steps, code, message, hint in (*_models(file, sources), *_kinds(file), *_names(file, bench), *texts):
                yield Finding(workspace.documents[path].at(steps), code, message, hint)


_Told = tuple[Steps, str, str, str]


@dataclass(frozen=True)
class _Bench:
    """Where texts are parsed and bound: empty tables of the datasets whose columns are known."""

    connection: "DuckDBPyConnection"
    datasets: Mapping[str, Dataset]
    known: Mapping[str, Sequence[str]]
    tables: frozenset[str]

    def lay_out(self) -> None:
        """Make the tables."""
        for schema in ("raw", "typed", "clean"):
            self.connection.execute(f"create schema {schema}")
        for key, names in self.known.items():
            declared = self.datasets[key].columns
            types = [(name, _TYPES[declared[name].type] if name in declared else "varchar") for name in names]
            for schema in ("raw", "typed", "clean"):
                columns = ", ".join(
                    f"{sql.name(name)} {'varchar' if schema == 'raw' else kind}" for name, kind in types
                )
                self.connection.execute(f"create table {sql.table(schema, key)} (_row bigint, {columns})")
            self.connection.execute(f"create view {sql.name(key)} as select * from {sql.table('clean', key)}")

    def bound(self, one: Said, asked: frozenset[str]) -> str:
        """Return why a text can't be worked out on its records; nothing when it can, or that can't be told (K2)."""
        names = {each.rpartition(".")[2].lower() for each in asked}
        if not names <= {key.lower() for key in self.known} or not (one.columns or one.dataset in self.known):
            return ""
        if one.columns:
            return self._refused(f"select {', '.join(one.columns)} from (\n{closed(one.text)}\n) as told")
        alias = sql.name(one.alias or one.dataset)
        table = f"{sql.table('clean', one.dataset)} as {alias}"
        text = (
            f"select 1 from {table}\n{one.text}" if one.join else f"select (\n{one.text}\n) from {table}\n{one.beside}"
        )
        return self._refused(text)

    def _refused(self, text: str) -> str:
        import duckdb  # noqa: PLC0415  (optional extra `data`)

        try:
            self.connection.execute(f"explain {text}").fetchall()
        except duckdb.Error as error:
            return str(error).splitlines()[0].partition(": ")[2] or str(error).splitlines()[0]
        return ""


def _tables(datasets: Mapping[str, Dataset], entities: set[str]) -> frozenset[str]:
    of_datasets = {f"{schema}{key}" for key in datasets for schema in ("", "raw.", "typed.", "clean.")}
    return frozenset({*of_datasets, *(f"golden.{key}" for key in entities), *_OWN})


def _models(file: MigrationFile, sources: Mapping[str, Source]) -> Iterator[_Told]:
    """Yield the datasets that do not say what their source needs (K4)."""
    for at, dataset in enumerate(file.datasets):
        source = sources.get(dataset.source)
        if dataset.model is not None:
            for name in sorted(dataset.columns.keys() - set(dataset.columns_read)):
                message, hint = f"`{dataset.key}` reads no field `{name}`", advice(name, dataset.columns_read)
                yield ("datasets", at, "columns", name), "unknown-column", message, hint
        if source is None or (source.kind == "odoo") == (dataset.model is not None):
            continue
        if source.kind == "odoo":
            hint = "Say which `model` is read and which `fields` of it."
            yield ("datasets", at, "source"), "no-model", f"`{source.key}` is an Odoo, and no `model` is named", hint
        else:
            hint = f"Name its file, table or query, or make `{source.key}` a source of the kind `odoo`."
            yield ("datasets", at, "model"), "no-odoo", f"`{source.key}` is no Odoo, and a `model` is named", hint


def _kinds(file: MigrationFile) -> Iterator[_Told]:
    from lockgate.engines.values import KINDS  # noqa: PLC0415 - its libraries belong to the optional extra `data`

    places: list[tuple[Steps, str | None]] = [
        (("datasets", at, "columns", name, "is"), column.is_)
        for at, dataset in enumerate(file.datasets)
        for name, column in dataset.columns.items()
    ]
    places += [(("cleansing", at, "normalise"), rule.normalise) for at, rule in enumerate(file.cleansing)]
    for steps, kind in places:
        if kind is not None and kind not in KINDS:
            yield steps, "unknown-kind", f"no kind of values is called `{kind}`", advice(kind, KINDS)


def _names(file: MigrationFile, bench: _Bench) -> Iterator[_Told]:
    """Yield the names of columns that their dataset has not (K2)."""
    for steps, dataset, column in _named(file):
        there = bench.known.get(dataset)
        if there is not None and column not in there:
            yield steps, "unknown-column", f"`{dataset}` has no column `{column}`", advice(column, there)


def _named(file: MigrationFile) -> Iterator[tuple[Steps, str, str]]:
    for at, dataset in enumerate(file.datasets):
        way: Steps = ("datasets", at)
        yield from (((*way, "id", n), dataset.key, name) for n, name in enumerate(dataset.id))
        yield from (((*way, "unused", name), dataset.key, name) for name in dataset.unused)
        for name, column in dataset.columns.items():
            if column.country is not None:
                yield (*way, "columns", name, "country"), dataset.key, column.country
        for number, link in enumerate(dataset.links):
            yield from (
                ((*way, "links", number, "columns", n), dataset.key, name) for n, name in enumerate(link.columns)
            )
    for at, rule in enumerate(file.rules):
        if rule.column is not None:
            yield ("rules", at, "column"), rule.dataset, rule.column
    for at, cleansing in enumerate(file.cleansing):
        yield ("cleansing", at, "column"), cleansing.dataset, cleansing.column
        if cleansing.country is not None:
            yield ("cleansing", at, "country"), cleansing.dataset, cleansing.country


def _texts(file: MigrationFile, bench: _Bench) -> Iterator[_Told]:
    """Yield the texts of SQL that are no harmless expressions, or can't be worked out (K1, K2)."""
    from lockgate.engines.judging import parse_condition, parse_join, parse_query  # noqa: PLC0415 - optional extra `data`

    for one in said(file):
        parse = parse_query if one.columns else parse_join if one.join else parse_condition
        text = closed(one.text) if one.columns else one.text
        try:
            asked = parse(bench.connection, text, tables=bench.tables).tables
        except UsageError as refused:
            yield one.steps, "expression", f"this can't be used: {refused.why.rstrip('.')}", refused.do
            continue
        try:
            asked |= parse_join(bench.connection, one.beside, tables=bench.tables).tables if one.beside else set()
        except UsageError:
            continue  # it is told where the join stands
        why = bench.bound(one, asked)
        if why:
            yield one.steps, "expression", f"it can't be worked out: {why}", "Name columns that the dataset has."
