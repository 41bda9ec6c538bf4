"""What is the server's own limit? The same work inside of Odoo, with no network, no client and one process."""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.live import Database
from benchmarks.rows import Row
from lockgate.odoo.loading import QUIET

LOAD = """
import json, os, time
job = json.load(open(os.environ['BENCH_JOB']))
records = env[job['model']].with_context(**job['context'])
begun = time.perf_counter()
for start in range(0, len(job['rows']), 500):
    answer = records.load(job['columns'], job['rows'][start:start + 500])
    assert answer['ids'], answer['messages']
    env.cr.commit()
print('SECONDS', time.perf_counter() - begun, len(job['rows']))
"""

READ = """
import json, os, time
job = json.load(open(os.environ['BENCH_JOB']))
begun = time.perf_counter()
rows = env[job['model']].search_read([], job['columns'], load='')
print('SECONDS', time.perf_counter() - begun, len(rows))
"""


def load_in_process(model: str, columns: Row, rows: list[Row]) -> Callable[[Database], tuple[int, float]]:
    """Return a way that loads the rows inside of Odoo, 500 in one transaction."""
    return lambda database: _run(database, LOAD, model, columns, rows)


def read_in_process(model: str, fields: Sequence[str]) -> Callable[[Database], tuple[int, float]]:
    """Return a way that reads all records inside of Odoo."""
    return lambda database: _run(database, READ, model, fields, [])


def _run(database: Database, script: str, model: str, columns: Sequence[str], rows: list[Row]) -> tuple[int, float]:
    words, environment = database.lab.shell(database.name)
    job = {"model": model, "columns": list(columns), "rows": rows, "context": dict(QUIET)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "job.json"
        file.write_text(json.dumps(job), encoding="utf-8")
        done = subprocess.run(
            words,
            env={**os.environ, **environment, "BENCH_JOB": str(file)},
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
    for line in done.stdout.splitlines():
        if "SECONDS" in line:
            seconds, count = line.split("SECONDS", 1)[1].split()[:2]
            return int(count), float(seconds)
    raise RuntimeError(done.stderr[-2000:] or done.stdout[-2000:])
