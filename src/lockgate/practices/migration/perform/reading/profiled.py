"""What is in the extracts, and how much of it is ready? Read, judged, put right and judged again."""

import json
from collections.abc import Iterable
from typing import Any

from lockgate.engines.sources import Progress, Staged
from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.perform.answers import DatasetAnswer, ProfileAnswer
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.reading import correcting
from lockgate.practices.migration.perform.reading.cleansing import cleansed
from lockgate.practices.migration.perform.reading.corrections import corrections_of
from lockgate.practices.migration.perform.reading.figures import figures
from lockgate.practices.migration.perform.reading.held import domains_held
from lockgate.practices.migration.perform.reading.judging import judged, keep_back
from lockgate.practices.migration.perform.reading.staging import Extracts, staged, unchanged
from lockgate.practices.migration.perform.reading.standards import standards_held


def profile(bench: Bench, there: Extracts, only: Iterable[str], told: Progress) -> ProfileAnswer:
    """Read the extracts and judge them as they are."""
    came = staged(bench.store, bench.migration, there, only, told)
    bench.store.lock_down()
    _as_read(bench)
    judged(bench.store, bench.migration)
    keep_back(bench.store, bench.migration)
    return _answer(bench, came, "profile")


def cleanse(bench: Bench, there: Extracts) -> ProfileAnswer:
    """Put the data right as it is declared, and judge it again."""
    unchanged(bench.store, bench.migration, there)
    bench.store.lock_down()
    cleansed(bench.store, bench.migration, corrections_of(bench))
    judged(bench.store, bench.migration)
    keep_back(bench.store, bench.migration)
    return _answer(bench, {}, "cleanse")


def _as_read(bench: Bench) -> None:
    """Let what is clean be what was read, until it is put right."""
    store = bench.store
    store.connection.execute("delete from changes")
    store.connection.execute("delete from kept_back")
    correcting.forget(store)
    store.forget_matches()
    for key in bench.migration.datasets:
        if store.has("typed", key):
            clean = sql.table("clean", key)
            store.connection.execute(f"create or replace table {clean} as select * from {sql.table('typed', key)}")
            store.connection.execute(f"create or replace view {sql.name(key)} as select * from {clean}")


def _answer(bench: Bench, came: dict[str, Staged], step: str) -> ProfileAnswer:
    keys = came or dict.fromkeys(bench.migration.datasets)
    found = [_dataset(bench, key, came.get(key), step) for key in keys]
    return {
        "ok": all(not one["refusals"] for one in found),
        "round": bench.store.number,
        "datasets": found,
        "domains": domains_held(bench),
        "standards": standards_held(bench),
    }


def _dataset(bench: Bench, key: str, came: Staged | None, step: str) -> DatasetAnswer:
    if came is not None and not came.done:
        return _refused(key, came)
    store = bench.store
    rows = store.count(sql.table("clean", key))

    def count(query: str) -> int:
        return int(store.one(query, [key]))

    errors = count("select count(distinct row) from findings where dataset = ? and severity = 'blocks'")
    warnings = count("select count(distinct row) from findings where dataset = ? and severity = 'warns'")
    back = count("select count(distinct row) from kept_back where dataset = ? and mapping is null")
    left = count("select count(distinct row) from kept_back where dataset = ? and kind = 'left-out'")
    ready = round(1 - (back - left) / (rows - left), 6) if rows > left else 1.0
    answer: DatasetAnswer = {
        "dataset": key,
        "rows": rows,
        "errors": errors,
        "warnings": warnings,
        "ready": ready,
        "changes": count("select count(*) from changes where dataset = ?"),
        "left_out": left,
        "refusals": [],
        "evidence": None,
    }
    measures = {"rows": rows, "errors": errors, "warnings": warnings, "ready": ready}
    kept = _kept(bench, key, answer, step="profile" if came else "cleanse")
    passed = errors == 0
    subject = {"dataset": key}
    answer["evidence"] = bench.record("migration.profiled", subject, measures, passed=passed, file=kept, step=step)
    return answer


def _refused(key: str, came: Staged) -> DatasetAnswer:
    return {
        "dataset": key,
        "rows": 0,
        "errors": 0,
        "warnings": 0,
        "ready": 0.0,
        "changes": 0,
        "left_out": 0,
        "refusals": [{"at": one.place, "what": one.message, "do": one.hint} for one in came.refusals],
        "evidence": None,
    }


def _kept(bench: Bench, key: str, answer: DatasetAnswer, *, step: str) -> bytes:
    """Return what is kept beside the evidence: figures, and what is wrong, with the keys of some of the records."""
    store = bench.store
    found = store.connection.execute(
        'select rule, severity, "column", count(*), any_value(why), (list(key order by row))[:20] from findings'
        " where dataset = ? group by all order by 4 desc, 1",
        [key],
    ).fetchall()
    names = ("rule", "severity", "column", "records", "why", "keys")
    told: dict[str, Any] = {
        **answer,
        "round": store.number,
        "step": step,
        "findings": [dict(zip(names, row, strict=True)) for row in found],
        "left_out_by": _counts(bench, "select because, count(*) from kept_back", key, "kind = 'left-out'"),
        "changed_by": _counts(bench, "select rule, count(*) from changes", key, "true"),
        "records": _records(bench, key),
        **figures(store, bench.migration, bench.migration.datasets[key]),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _counts(bench: Bench, select: str, key: str, where: str) -> dict[str, int]:
    query = f"{select} where dataset = ? and {where} group by 1 order by 2 desc, 1"
    return {str(name): int(count) for name, count in bench.store.connection.execute(query, [key]).fetchall()}


def _records(bench: Bench, key: str) -> dict[str, int]:
    """Return how many records are ready, ready with a remark, blocked and left out: each counts once."""
    rows = bench.store.connection.execute(
        "select case when row in (select row from kept_back where dataset = $1 and kind = 'left-out') then 'left-out'"
        " when row in (select row from kept_back where dataset = $1 and mapping is null) then 'blocked'"
        " when row in (select row from findings where dataset = $1) then 'remarked' else 'ready' end, count(*)"
        f" from (select _row as row from {sql.table('clean', key)}) group by 1",
        [key],
    ).fetchall()
    return dict.fromkeys(("ready", "remarked", "blocked", "left-out"), 0) | dict(rows)
