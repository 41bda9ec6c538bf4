"""How fast are whole programs, as people start them? From start to end, with the processor time that they take.

Lockgate's own program and those of others get the same CSV file and the same settings, and run as processes of their
own. The others are installed by uv into an environment that is made once and kept below the user's cache.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_cache_path

from benchmarks.effort import Effort, server_seconds
from benchmarks.experiment import Way
from benchmarks.live import Database
from benchmarks.rows import Row
from lockgate.odoo.loading import QUIET

PEERS = ("odoo-import-export-client==3.0.0", "odoo-client-lib==2.0.1", "fluvo==0.0.3")
ADMIN = 2
"""The number of the user that the others sign in as."""

MODULE = "bench"
"""The module of the rows' external ids."""

Words = Callable[[Path, Database], list[str]]


def loading(name: str, model: str, columns: Row, rows: list[Row], *, words: Words, remark: str = "") -> Way:
    """Return a way that loads the rows from a CSV file; all of them have to be in Odoo afterwards."""
    took: list[Effort] = []

    def run(database: Database) -> tuple[int, float]:
        with tempfile.TemporaryDirectory(prefix="lockgate-bench-") as place:
            folder = Path(place)
            with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=";").writerows([columns, *rows])
            (folder / "job.json").write_text(json.dumps({"model": model, "columns": columns}))
            seconds = measured(words(folder, database), folder, database, took)
        with database.client() as client:
            there = client.search_count("ir.model.data", [["module", "=", MODULE], ["model", "=", model]])
        if there != len(rows):
            raise RuntimeError(f"{name}: {there} of {len(rows)} rows are in Odoo.")
        return len(rows), seconds

    return Way(name, run, remark, took)


def reading(name: str, model: str, rows: int, *, words: Words, job: Mapping[str, object], remark: str = "") -> Way:
    """Return a way that reads all records of the model into a CSV file; it has to have as many lines."""
    took: list[Effort] = []

    def run(database: Database) -> tuple[int, float]:
        with tempfile.TemporaryDirectory(prefix="lockgate-bench-") as place:
            folder = Path(place)
            (folder / "job.json").write_text(json.dumps({"model": model, **job}))
            seconds = measured(words(folder, database), folder, database, took)
            lines = (folder / "out.csv").read_bytes().count(b"\n") - 1
        if lines != rows:
            raise RuntimeError(f"{name}: {lines} of {rows} records were read.")
        return rows, seconds

    return Way(name, run, remark, took)


def measured(words: Sequence[str], folder: Path, database: Database, took: list[Effort]) -> float:
    """Run a program in the folder, add what it took of the processors, and return the seconds."""
    connection = folder / "connection.conf"
    address = urlsplit(database.url)
    key = database.key.reveal()
    connection.write_text(
        f"[Connection]\nhostname = {address.hostname}\nport = {address.port}\ndatabase = {database.name}\n"
        f"login = {database.login}\npassword = {key}\nprotocol = xmlrpc\nuid = {ADMIN}\n"
    )
    before, servers, began = _children(), server_seconds(database.lab), time.perf_counter()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(Path.cwd()), "BENCH_KEY": key}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError((done.stderr or done.stdout)[-2000:])
    took.append(Effort(_children() - before, server_seconds(database.lab) - servers, seconds))
    return seconds


def lockgate(verb: str, *, workers: int = 2) -> Words:
    """Return the words that start our own program."""
    return lambda _, database: [
        *(sys.executable, "-m", "benchmarks.own_program", verb, "job.json", "--workers", str(workers)),
        *("--url", database.url, "--database", database.name, "--login", database.login),
    ]


def import_export_client(model: str, *, size: int, workers: int = 2) -> Words:
    """Return the words that start odoo-import-export-client, told to keep no history, as Lockgate does."""
    return lambda _, __: [
        *(_program("python"), _program("odoo_import_thread.py"), "-c", "connection.conf", "--file", "rows.csv"),
        *("--model", model, "--worker", str(workers), "--size", str(size), "-s", ";", "--context", str(dict(QUIET))),
    ]


def import_export_client_out(model: str, fields: Sequence[str], *, workers: int = 2) -> Words:
    """Return the words that read with odoo-import-export-client."""
    return lambda _, __: [
        *(_program("python"), _program("odoo_export_thread.py"), "-c", "connection.conf", "--file", "out.csv"),
        *("--model", model, "--field", ",".join(fields), "--domain", "[]", "--worker", str(workers)),
        *("--size", "2000", "-s", ";"),
    ]


def fluvo_out(model: str, fields: Sequence[str], *, workers: int = 2) -> Words:
    """Return the words that read with fluvo, by the fastest of its protocols."""
    return lambda _, __: [
        *(_program("fluvo"), "export", "--connection-file", "connection.conf", "--protocol", "json2"),
        *("--output", "out.csv", "--model", model, "--fields", ",".join(fields), "--domain", "[]"),
        *("--worker", str(workers), "--size", "2000", "-s", ";"),
    ]


def _program(name: str) -> str:
    """Return where a program of the others is; they are installed when it is asked for first."""
    place = user_cache_path("lockgate") / "benchmark-peers"
    if not (place / "done").exists():
        uv = (sys.executable, "-m", "uv")
        subprocess.run([*uv, "venv", "--quiet", "--clear", str(place)], check=True)
        subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(place), *PEERS], check=True)
        (place / "done").touch()
    return str(place / "bin" / name)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
