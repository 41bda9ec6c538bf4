"""What has a data owner mended in a work list? Each changed value is looked at, and kept or refused with the reason.

M1  A value is mended when it is another than stood there when the list was written. Columns that were taken out, and
    rows that were deleted, say nothing.
M2  Refused is what is no longer what it was in the source, with both values; what can't be read as its column is
    declared; what would make another record of it; what belongs to no record or to several; and what belongs to a
    dataset that the round has not read.
M3  What is right is kept although something else is refused. The file stays as it is.
M4  A list can be looked at first: then nothing is kept.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from typing_extensions import TypedDict

from lockgate.engines.sources import Column, Extract, Kind, stage
from lockgate.engines.sources.values.typed import typed, why_not
from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.files.cells import unguarded
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.mending.worklist import RECORD
from lockgate.practices.migration.perform.reading.cleansing import key_of
from lockgate.practices.migration.perform.reading.corrections import Correction, keep
from lockgate.practices.migration.perform.reading.staging import extract_of

_LONGEST: Final = 10_000_000
_KINDS: Final = {".csv": Kind.CSV, ".xlsx": Kind.WORKBOOK}


class RefusedCorrection(TypedDict):
    """A value that was not taken."""

    at: str
    dataset: str
    key: str
    column: str
    why: str


class WouldCorrect(TypedDict):
    """A value that would be taken."""

    at: str
    dataset: str
    key: str
    column: str
    before: str
    after: str


class LookedAt(TypedDict):
    """What taking a list back would do."""

    right: list[WouldCorrect]
    refused: list[RefusedCorrection]


class CorrectionsAnswer(TypedDict):
    """The answer of `lockgate migrate corrections`."""

    ok: bool
    file: str
    kept: int
    refused: list[RefusedCorrection]
    evidence: list[int]


@dataclass(frozen=True)
class _Mended:
    line: int
    dataset: str
    key: str
    column: str
    before: str
    after: str


def look_at(bench: Bench, file: Path) -> LookedAt:
    """Return what taking a list back would keep, and what it would refuse (M4)."""
    right, refused = _told_apart(bench, file)
    would: list[WouldCorrect] = [
        {
            "at": f"{file.name}:{one.line}",
            "dataset": one.dataset,
            "key": one.key,
            "column": one.column,
            "before": one.before,
            "after": one.after,
        }
        for one in right
    ]
    return {"right": would, "refused": refused}


def take_back(bench: Bench, file: Path) -> CorrectionsAnswer:
    """Keep what was mended in a work list; say what was refused and why."""
    right, refused = _told_apart(bench, file)
    at = bench.now().isoformat()
    evidence = []
    for dataset in dict.fromkeys(one.dataset for one in right):
        some = [one for one in right if one.dataset == dataset]
        corrections = [Correction(one.key, one.column, one.before, one.after, bench.who, at) for one in some]
        evidence.append(keep(bench, dataset, corrections))
    return {"ok": not refused, "file": str(file), "kept": len(right), "refused": refused, "evidence": evidence}


def _told_apart(bench: Bench, file: Path) -> tuple[list[_Mended], list[RefusedCorrection]]:
    """Return what was mended and is right, and what is refused."""
    mended, refused = _mended(bench, file)
    right: list[_Mended] = []
    for dataset in dict.fromkeys(one.dataset for one in mended):
        judged = list(_judged(bench, dataset, [one for one in mended if one.dataset == dataset]))
        refused += [_refusal(file, one, why) for one, why in judged if why]
        right += [one for one, why in judged if not why]
    return right, refused


def _mended(bench: Bench, file: Path) -> tuple[list[_Mended], list[RefusedCorrection]]:
    """Return all values that were changed (M1), and rows of which nobody can say which record they are."""
    names, rows = _read(file)
    if RECORD not in names:
        do = "Take a list that `lockgate migrate worklist` wrote."
        raise UsageError(f"{file.name} is no work list.", why=f"It has no column {RECORD}.", do=do)
    mended: list[_Mended] = []
    refused: list[RefusedCorrection] = []
    for line, *values in rows:
        row = dict(zip(names, values, strict=True))
        record = _record(row[RECORD])
        if record is None or record["dataset"] not in bench.migration.datasets:
            why = f"{RECORD} no longer says which record it is."
            refused.append({"at": f"{file.name}:{line}", "dataset": "", "key": "", "column": RECORD, "why": why})
            continue
        for column, was in record["was"].items():
            now = _without_guard(row.get(column) or "", was)
            if column in row and now != was:
                mended.append(_Mended(line, record["dataset"], record["key"], column, was, now))
    return mended, refused


def _without_guard(cell: str, was: str) -> str:
    """Return what a cell says: in a CSV file what a spreadsheet might take for a formula has a quote before it."""
    return cell if cell == was else unguarded(cell)


def _read(file: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    import duckdb  # noqa: PLC0415  (optional extra `data`)

    kind = _KINDS.get(file.suffix.lower())
    if kind is None or not file.is_file():
        raise UsageError(f"There is no work list {file}.", do="Name a file that ends in .xlsx or .csv.")
    with duckdb.connect() as connection:
        extract = Extract(kind, path=file.name, header=1, longest_cell=_LONGEST)
        came = stage(connection, "list", extract, folder=file.parent)
        if not came.done:
            first = came.refusals[0]
            raise UsageError(f"{first.place}: {first.message}", do=first.hint or "Save it again as XLSX.")
        return list(came.columns), connection.execute("select * from raw.list order by _row").fetchall()


def _record(text: str | None) -> dict[str, Any] | None:
    try:
        told = json.loads(text or "")
    except ValueError:
        return None
    if not isinstance(told, dict) or not isinstance(told.get("was"), dict) or "key" not in told:
        return None
    texts = [told.get("dataset"), *told["was"].values()]
    if told["key"] is not None:  # so a list says that a record has none
        texts.append(told["key"])
    return told if all(isinstance(one, str) for one in texts) else None


def _judged(bench: Bench, dataset: str, mended: Sequence[_Mended]) -> Iterator[tuple[_Mended, str]]:
    """Yield each value with the reason for which it is refused, nothing where it is right (M2)."""
    if not bench.store.has("clean", dataset):
        yield from ((one, f"{dataset} was not read in this round.") for one in mended)
        return
    declared = bench.migration.datasets[dataset]
    extract = extract_of(bench.migration.sources[declared.source], declared)
    there = {row[0] for row in bench.store.connection.execute(f"describe {sql.table('clean', dataset)}").fetchall()}
    for column in dict.fromkeys(one.column for one in mended):
        some = [one for one in mended if one.column == column]
        if column in declared.id or column not in there:
            why = "It tells which record it is." if column in declared.id else f"{dataset} has no such column now."
            yield from ((one, why) for one in some)
            continue
        yield from zip(some, _whys(bench, dataset, extract, some), strict=True)


def _whys(bench: Bench, dataset: str, extract: Extract, some: Sequence[_Mended]) -> Iterator[str]:
    column = extract.declared(some[0].column)
    name, notation = sql.name(column.name), extract.notation_of(column)
    text = Column(column.name, column.type, decimals=column.decimals)
    readable = "true" if column.type == "text" else f"({typed(text, notation)}) is not null or {name} = ''"
    why = "''" if column.type == "text" else why_not(text, notation, name)
    clean, raw = sql.table("clean", dataset), sql.table("raw", dataset)
    rows = bench.store.connection.execute(
        f"select n, found, stands, {readable}, {why} from (select m.n, m.after as {name}, count(s._row) as found,"
        f" coalesce(any_value(r.{name}), '') as stands from (select unnest(?::integer[]) as n,"
        " unnest(?::varchar[]) as key, unnest(?::varchar[]) as after) m"
        f" left join {clean} s on {key_of(bench.migration.datasets[dataset])} = m.key"
        f" left join {raw} r on r._row = s._row group by all) order by n",
        [list(range(len(some))), [one.key for one in some], [one.after for one in some]],
    ).fetchall()
    for one, (_, found, stands, fits, unfit) in zip(some, rows, strict=True):
        if found != 1:
            yield "There is no such record now." if not found else f"{found} records have this key."
        elif stands not in {one.before, one.after}:
            yield f"The source has changed: it was {one.before!r} and is {stands!r} now. Decide anew."
        else:
            yield "" if fits else str(unfit)


def _refusal(file: Path, one: _Mended, why: str) -> RefusedCorrection:
    at = f"{file.name}:{one.line}"
    return {"at": at, "dataset": one.dataset, "key": one.key, "column": one.column, "why": why}
