"""What is in a dataset, in figures? Each column, what hangs together, and what becomes of it in Odoo.

G1  What is kept with the evidence is figures, and shapes without an example: no value of anybody. Least and greatest
    are kept of numbers and days, but for columns that are about a person.
G2  Values that stand often, and an example of each shape, stay in the round; of columns that are about a person, not
    even there.
G3  Profiled is what is clean: before anything was put right, that is what was read.
"""

import json
from collections.abc import Sequence

from typing_extensions import TypedDict

from lockgate.engines.profiling import Bin, ColumnProfile, Counted, Reference, TableProfile, profile, spread
from lockgate.practices.migration.decide.covering import Covered, covered
from lockgate.practices.migration.definition import Dataset
from lockgate.practices.migration.definition.read import Column
from lockgate.practices.migration.perform.declared import Migration
from lockgate.practices.migration.perform.rounds import Round


class CountAnswer(TypedDict):
    """A shape or a value, and on how many rows it is."""

    value: str
    rows: int


class BinAnswer(TypedDict):
    """An interval, and how many rows are in it."""

    least: str
    most: str
    rows: int


class OutlierAnswer(TypedDict):
    """Numbers far from the others."""

    below: float
    above: float
    rows: int


class ColumnAnswer(TypedDict):
    """A column, in figures."""

    column: str
    type: str
    """As it is declared."""
    kind: str
    """Of what kind its values ought to be, empty when that is not declared."""
    seen: str
    """What all its values could be."""
    personal: bool
    use: str
    used_by: list[str]
    why: str
    """Why it is ignored."""
    rows: int
    filled: int
    distinct: int
    distinct_exact: bool
    least: str
    most: str
    shapes: list[CountAnswer]
    placeholders: int
    suspicious: int
    """On how many rows a value stands that is far too frequent."""
    blank: int
    padded: int
    control: int
    mojibake: int
    outliers: OutlierAnswer | None
    spread: list[BinAnswer]


class OrphanAnswer(TypedDict):
    """Records whose reference leads nowhere."""

    column: str
    to: str
    rows: int
    values: int


class TellsAnswer(TypedDict):
    """One column tells another."""

    column: str
    tells: str
    values: int
    exceptions: int


class FiguresAnswer(TypedDict):
    """A dataset, in figures."""

    columns: list[ColumnAnswer]
    keys: list[list[str]]
    tells: list[TellsAnswer]
    orphans: list[OrphanAnswer]


class SeenAnswer(TypedDict):
    """What stands in a column, for who may see it."""

    frequent: list[CountAnswer]
    examples: dict[str, str]
    """Shape → a value that has it."""
    placeholders: list[CountAnswer]


def figures(store: Round, migration: Migration, dataset: Dataset) -> FiguresAnswer:
    """Profile a dataset, keep what stands in it in the round (G2), and return the figures (G1, G3)."""
    name = f"clean.{dataset.key}"
    found = profile(store.connection, name, references=_references(store, migration, dataset))
    bins = spread(store.connection, name, found.columns)
    _keep(store, dataset, found)
    uses = covered(
        dataset,
        found.by_name,
        tuple(migration.mappings.values()),
        migration.entities,
        migration.left_out,
    )
    return {
        "columns": [
            _column(one, dataset.columns.get(one.name, Column()), uses[one.name], bins.get(one.name, ()))
            for one in found.columns
        ],
        "keys": [list(key) for key in found.keys],
        "tells": [
            {"column": one.column, "tells": one.tells, "values": one.values, "exceptions": one.exceptions}
            for one in found.dependencies
        ],
        "orphans": [
            {"column": one.reference.column, "to": one.reference.table[6:], "rows": one.rows, "values": one.values}
            for one in found.orphans
        ],
    }


def _references(store: Round, migration: Migration, dataset: Dataset) -> list[Reference]:
    """Return what single columns refer to; what several refer to together is judged with the links."""
    return [
        Reference(link.columns[0], f"clean.{link.to}", migration.datasets[link.to].id[0])
        for link in dataset.links
        if len(link.columns) == len(migration.datasets[link.to].id) == 1 and store.has("clean", link.to)
    ]


def _column(one: ColumnProfile, said: Column, use: Covered, bins: Sequence[Bin]) -> ColumnAnswer:
    span = not said.personal and one.declared != "VARCHAR"  # G1
    far = one.outliers
    return {
        "column": one.name,
        "type": said.type,
        "kind": said.is_ or "",
        "seen": one.seen or "",
        "personal": said.personal,
        "use": use.use,
        "used_by": list(use.by),
        "why": use.why,
        "rows": one.rows,
        "filled": one.filled,
        "distinct": one.distinct,
        "distinct_exact": one.distinct_exact,
        "least": _plain(one.minimum) if span else "",
        "most": _plain(one.maximum) if span else "",
        "shapes": _counted(one.shapes),
        "placeholders": sum(each.count for each in one.placeholders),
        "suspicious": one.suspicious.count if one.suspicious else 0,
        "blank": one.odd.blank,
        "padded": one.odd.padded,
        "control": one.odd.control,
        "mojibake": one.odd.mojibake,
        "outliers": {"below": far.below, "above": far.above, "rows": far.count} if far else None,
        "spread": [{"least": each.least, "most": each.most, "rows": each.rows} for each in bins] if span else [],
    }


def _plain(value: str | None) -> str:
    """Return a number without the noughts that only its type adds."""
    whole, dot, decimals = (value or "").partition(".")
    return whole + (dot + decimals).rstrip("0").rstrip(".") if decimals.isdigit() else value or ""


def _keep(store: Round, dataset: Dataset, found: TableProfile) -> None:
    store.connection.execute('create table if not exists seen (dataset varchar, "column" varchar, told varchar)')
    store.connection.execute("delete from seen where dataset = ?", [dataset.key])
    open_to_see = [one for one in found.columns if not dataset.columns.get(one.name, Column()).personal]
    if open_to_see:
        store.connection.executemany(
            "insert into seen values (?, ?, ?)",
            [(dataset.key, one.name, json.dumps(_seen(one), ensure_ascii=False)) for one in open_to_see],
        )


def _seen(one: ColumnProfile) -> SeenAnswer:
    return {
        "frequent": _counted(one.frequent),
        "examples": {each.value: each.example for each in one.shapes},
        "placeholders": _counted(one.placeholders),
    }


def _counted(found: Sequence[Counted]) -> list[CountAnswer]:
    return [{"value": one.value, "rows": one.count} for one in found]
