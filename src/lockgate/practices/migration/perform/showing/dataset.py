"""What is in a dataset? Its figures as they were measured in a round, and its values for who may see them.

D1  Figures come from the evidence, also as of the past. Values come from the round, and are of now.
D2  A column that is about a person has no values here, whoever looks.
"""

import json
from typing import Any

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp
from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.perform.reading.figures import FiguresAnswer, SeenAnswer
from lockgate.practices.migration.perform.showing.history import By, by_round, figure, kept, whole
from lockgate.practices.migration.perform.showing.opened import RoundShown
from lockgate.practices.migration.perform.showing.sight import Sight
from lockgate.workspace.words import advice

_KIND = "migration.profiled"


class BrokenAnswer(TypedDict):
    """A rule that records break."""

    rule: str
    severity: str
    column: str
    records: int
    why: str
    keys: list[str]


class DatasetRoundAnswer(TypedDict):
    """A dataset in a round."""

    round: int
    rows: int
    errors: int
    warnings: int
    ready: float
    evidence: int


class ShownDataset(TypedDict):
    """A dataset: where it comes from, how far it is, and what is in it."""

    dataset: str
    title: str
    source: str
    steward: str
    columns_key: list[str]
    rounds: list[DatasetRoundAnswer]
    round: int | None
    step: str
    """Whether it was only read, or put right after that."""
    evidence: int | None
    at: str
    by: str
    stale: bool
    rows: int
    ready: float | None
    changes: int
    left_out: int
    records: dict[str, int]
    """How many records are ready, ready with a remark, blocked and left out."""
    changed_by: dict[str, int]
    findings: list[BrokenAnswer]
    figures: FiguresAnswer | None
    values: dict[str, SeenAnswer]
    """Column → what stands in it; empty for who may not see it."""


class DatasetLine(TypedDict):
    """A dataset, in a list."""

    dataset: str
    title: str
    source: str
    steward: str
    rows: int | None
    ready: float | None
    errors: int | None
    warnings: int | None
    stale: bool
    forgotten: int | None
    """How many of its columns nobody has said anything about."""


def datasets(sight: Sight, number: int | None = None) -> list[DatasetLine]:
    """Return all datasets, as they were measured in a round, else in the newest in which each was."""
    found = by_round(sight, _KIND, "dataset")
    return [_line(sight, key, found, number) for key in sight.migration.datasets]


def dataset(sight: Sight, key: str, number: int | None = None) -> ShownDataset:
    """Return a dataset as it was measured in a round, else in the newest in which it was."""
    said = sight.migration.datasets.get(key)
    if said is None:
        raise UsageError(f"No dataset {key!r} is declared.", why=advice(key, sight.migration.datasets))
    found = by_round(sight, _KIND, "dataset")
    rounds = _rounds(found, key)
    chosen = number if number in rounds else (rounds[-1] if rounds else None)
    newest = found.get((chosen, key)) if chosen is not None else None
    told = kept(sight, newest)
    source = sight.migration.sources.get(said.source)
    return {
        "dataset": key,
        "title": said.title,
        "source": source.title if source else said.source,
        "steward": said.steward or "",
        "columns_key": list(said.id),
        "rounds": [_round(found, each, key) for each in rounds],
        "round": chosen,
        "step": told.get("step", ""),
        "evidence": newest.number if newest else None,
        "at": stamp(newest.evidence.taken_at) if newest else "",
        "by": newest.evidence.producer if newest else "",
        "stale": sight.stale(newest) if newest else False,
        "rows": whole(newest, "rows") or 0,
        "ready": figure(newest, "ready"),
        "changes": told.get("changes", 0),
        "left_out": told.get("left_out", 0),
        "records": told.get("records", {}),
        "changed_by": told.get("changed_by", {}),
        "findings": [_broken(one) for one in told.get("findings", ())],
        "figures": _figures(told),
        "values": _values(sight, key, chosen) if told else {},
    }


def _rounds(found: By, key: str) -> list[int]:
    return sorted(number for number, name in found if name == key)


def _round(found: By, number: int, key: str) -> DatasetRoundAnswer:
    one = found[number, key]
    return {
        "round": number,
        "rows": whole(one, "rows") or 0,
        "errors": whole(one, "errors") or 0,
        "warnings": whole(one, "warnings") or 0,
        "ready": figure(one, "ready") or 0.0,
        "evidence": one.number,
    }


def _line(sight: Sight, key: str, found: By, number: int | None) -> DatasetLine:
    said = sight.migration.datasets[key]
    rounds = _rounds(found, key)
    newest = found.get((number if number is not None else (rounds[-1] if rounds else 0), key))
    columns = kept(sight, newest).get("columns")
    source = sight.migration.sources.get(said.source)
    return {
        "dataset": key,
        "title": said.title,
        "source": source.title if source else said.source,
        "steward": said.steward or "",
        "rows": whole(newest, "rows"),
        "ready": figure(newest, "ready"),
        "errors": whole(newest, "errors"),
        "warnings": whole(newest, "warnings"),
        "stale": sight.stale(newest) if newest else False,
        "forgotten": None if columns is None else sum(one["use"] == "forgotten" for one in columns),
    }


def _broken(one: dict[str, Any]) -> BrokenAnswer:
    return {
        "rule": one["rule"],
        "severity": one["severity"],
        "column": one["column"] or "",
        "records": one["records"],
        "why": one["why"] or "",
        "keys": [str(key) for key in one["keys"]],
    }


def _figures(told: dict[str, Any]) -> FiguresAnswer | None:
    if "columns" not in told:
        return None
    return {
        "columns": told["columns"],
        "keys": told["keys"],
        "tells": told["tells"],
        "orphans": told["orphans"],
    }


def _values(sight: Sight, key: str, number: int | None) -> dict[str, SeenAnswer]:
    """Return what stands in the columns of a dataset (D1); a column that is declared personal since has none (D2)."""
    with sight.round(number) as shown:
        if shown is None or not shown.has("main", "seen"):
            return {}
        return {name: told for name, told in _told(shown, key) if not _personal(sight, key, name)}


def _told(shown: RoundShown, key: str) -> list[tuple[str, SeenAnswer]]:
    rows = shown.rows('select "column", told from seen where dataset = ? order by rowid', [key])
    return [(name, json.loads(told)) for name, told in rows]


def _personal(sight: Sight, key: str, name: str) -> bool:
    said = sight.migration.datasets[key].columns.get(name)
    return said is not None and said.personal
