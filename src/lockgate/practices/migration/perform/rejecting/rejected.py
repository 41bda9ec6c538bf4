"""Which rows are not in Odoo? Those that it refused and those that were kept back, as files with the reason beside.

J1  What Odoo refused stands in a file as it was sent. Mended there and loaded again it is the same record, by its
    external id, so nothing is there twice. What was mended holds for this round; the next begins with the extracts.
J2  What was kept back stands in a file as the old system has it. It is mended there or by a rule, since what a rule
    wants is not for who loads to decide.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from lockgate.practices.migration.decide import sql
from lockgate.practices.migration.perform.bench import Bench
from lockgate.practices.migration.perform.rejecting.answers import RejectFileAnswer, RejectsAnswer

_MEND: Final = "Mend it in the file, then: lockgate migrate rejects --load"
_AT_HOME: Final = "Mend it in the old system, or by a rule for cleansing; then profile, cleanse and load again."
_FOLDER: Final = "kept-back"


def rejects(bench: Bench, only: Sequence[str]) -> RejectsAnswer:
    """Return the files with what is not in Odoo, of all domains or of those that are named."""
    chosen = [bench.migration.domain(key).key for key in only] or list(bench.migration.domains)
    files = [*_refused(bench, chosen), *_kept_back(bench, chosen)]
    return {"ok": not files, "round": bench.store.number, "mended": 0, "files": files, "load": None}


def _refused(bench: Bench, domains: Sequence[str]) -> Iterator[RejectFileAnswer]:
    counted = dict(
        bench.store.connection.execute("select mapping, count(distinct id) from refused group by 1").fetchall()
    )
    for mapping in bench.migration.mappings.values():
        file = bench.store.rejects / f"{mapping.key}.csv"
        if mapping.domain in domains and counted.get(mapping.key) and file.is_file():
            yield _file(mapping.domain, mapping.key, "refused", counted[mapping.key], file)


def _kept_back(bench: Bench, domains: Sequence[str]) -> Iterator[RejectFileAnswer]:
    """Write what was kept back with its reasons, what was left out on purpose aside (J2)."""
    for domain in domains:
        for dataset in bench.migration.homes(domain):
            if bench.store.has("clean", dataset):
                file = bench.store.rejects / _FOLDER / f"{dataset}.csv"
                records = _written(bench, dataset, file)
                if records:
                    yield _file(domain, dataset, "kept-back", records, file)


def _written(bench: Bench, dataset: str, file: Path) -> int:
    why = (
        "select row, string_agg(distinct because, '; ') as why from kept_back"
        f" where dataset = {sql.text(dataset)} and kind <> 'left-out' group by row"
    )
    found = bench.store.connection.execute(
        f"select k.why as _why, s.* exclude (_row) from {sql.table('clean', dataset)} s"
        f" join ({why}) k on k.row = s._row order by s._row"
    )
    header = [column[0] for column in found.description or ()]
    rows = found.fetchall()
    if rows:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", newline="", encoding="utf-8") as written:
            csv.writer(written, lineterminator="\n").writerows([header, *rows])
    return len(rows)


def _file(domain: str, of: str, kind: str, records: int, file: Path) -> RejectFileAnswer:
    do = _MEND if kind == "refused" else _AT_HOME
    return {"domain": domain, "of": of, "kind": kind, "records": records, "file": str(file), "do": do}
