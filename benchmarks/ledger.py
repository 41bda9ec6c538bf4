"""How fast does the ledger take and give? Appending with everything on disk, verifying, and asking what is current.

    python -m benchmarks.ledger [--records N] [--appends N]

Each store is compared with a bare insert of as many bytes into a table of its own, committed as durably. PostgreSQL
runs in a cluster of its own, with everything on disk (`fsync`), unlike the lab's.
"""

import argparse
import contextlib
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import Level, Scope
from lockgate.lab.places import Places
from lockgate.lab.postgres import provide_postgres, stop_cluster
from lockgate.ledger import Ledger, open_ledger
from lockgate.ledger.proving.verification import verify

SITES, SCENARIOS = 60, 100
AT_ONCE = 5_000
BODY = b"x" * 450
"""As long as a body that holds evidence."""
TAKEN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def main() -> None:
    """Measure both stores and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000, help="how many are verified and asked")
    parser.add_argument("--appends", type=int, default=500, help="how many are appended one by one")
    wished = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lockgate-bench-"))
    try:
        _measure("SQLite", f"sqlite:///{folder}/ledger.db", _bare_sqlite(folder / "bare.db"), wished)
        with postgres_on_disk(folder, "bench") as url:
            _measure("PostgreSQL", url("bench"), _bare_postgres(url("bench")), wished)
    finally:
        shutil.rmtree(folder)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.release()}")


def _measure(name: str, url: str, bare: Callable[[int], float], wished: argparse.Namespace) -> None:
    with open_ledger(url) as ledger:
        ledger.record_evidence(_evidence(0))
        own, plain = [], []
        for part in range(5):  # taken in turns, since a disk has moods
            count = wished.appends // 5
            own.append(_seconds(lambda: _times(count, lambda: ledger.record_evidence(_evidence(0)))) / count)  # noqa: B023 - at once
            plain.append(bare(count) / count)
            print(f"{name}: part {part + 1} of appending", file=sys.stderr, flush=True)
        one, other = sorted(own)[2], sorted(plain)[2]
        rates = f"{1 / one:9,.0f}/s   bare insert {1 / other:9,.0f}/s   ratio {one / other:.2f}"
        print(f"{name}: append, each on disk   {rates}")
        filled = _seconds(lambda: _fill(ledger, wished.records))
        total = ledger.head().number
        print(f"{name}: append {AT_ONCE:,} at once   {wished.records / filled:9,.0f}/s")
        seconds = _seconds(lambda: verify(ledger))
        print(f"{name}: verify {total:,} records   {seconds:6.1f} s   {total / seconds:9,.0f}/s")
        _ask(name, ledger, total)


def _ask(name: str, ledger: Ledger, total: int) -> None:
    site = Scope(Level.SITE, "site-07")
    for what, question in (
        (f"current of {SITES * SCENARIOS:,} series, first time", ledger.current_evidence),
        (f"current of {SITES * SCENARIOS:,} series, again", ledger.current_evidence),
        ("current of one kind at one site", lambda: ledger.current_evidence(["scenario.run"], [site])),
        ("where it ended at a moment", lambda: ledger.head(ledger.record(total // 3).at)),
        ("as of the middle, one site, last 2", lambda: ledger.current_evidence((), [site], upto=total // 2, last=2)),
    ):
        print(f"{name}: {what}   {1000 * _seconds(question):8,.1f} ms")


def _fill(ledger: Ledger, count: int) -> None:
    for begin in range(0, count, AT_ONCE):
        ledger.record_evidence(*map(_evidence, range(begin, min(begin + AT_ONCE, count))))


def _evidence(number: int) -> Evidence:
    return Evidence(
        kind="scenario.run",
        scope=Scope(Level.SITE, f"site-{number % SITES:02}"),
        subject={"scenario": f"otc-{number // SITES % SCENARIOS:03}"},
        verdict=Verdict.PASSED,
        measures={"steps": 12, "failed": 0, "seconds": 31.5, "independent": True},
        inputs={"template": "3f2a" * 16},
        producer="test.run",
        taken_at=TAKEN,
    )


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _times(count: int, work: Callable[[], object]) -> None:
    for _ in range(count):
        work()


def _bare_sqlite(path: Path) -> Callable[[int], float]:
    file = sqlite3.connect(path, isolation_level=None)
    file.execute("pragma journal_mode = wal")
    file.execute("pragma synchronous = full")
    file.execute("create table bare (number integer primary key, body blob not null)")

    def insert() -> None:
        file.execute("begin immediate")
        file.execute("insert into bare (body) values (?)", (BODY,))
        file.execute("commit")

    return lambda count: _seconds(lambda: _times(count, insert))


def _bare_postgres(url: str) -> Callable[[int], float]:
    database = psycopg.connect(url, autocommit=True)
    database.execute("create table bare (number bigserial primary key, body bytea not null)")

    def insert() -> None:
        database.execute("begin")
        database.execute("insert into bare (body) values (%s)", (BODY,))
        database.execute("commit")

    return lambda count: _seconds(lambda: _times(count, insert))


@contextlib.contextmanager
def postgres_on_disk(folder: Path, *databases: str) -> Iterator[Callable[[str], str]]:
    """Give the addresses of databases in a cluster that keeps what it confirms."""
    places = Places(cache=folder / "cache", data=folder / "data")
    places.make()
    postgres = provide_postgres(places, Path(sys.executable))
    try:
        postgres.start()
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            postgres.query(f"ALTER SYSTEM SET {setting} = on")
        postgres.query("SELECT pg_reload_conf()")
        for name in databases:
            postgres.query(f"CREATE DATABASE {name}")
        yield lambda name: f"postgresql://postgres@/{name}?host={postgres.socket_folder}"
    finally:
        stop_cluster(postgres.data)
        shutil.rmtree(places.cluster, ignore_errors=True)


if __name__ == "__main__":
    main()
