"""Workers as they really are: processes that share a queue, are killed, are frozen, and come back (T12)."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from lockgate.ledger import open_ledger
from support.postgres import cluster, fresh_url

EXAMPLE = Path(__file__).parents[2] / "examples" / "meridian"
RUNS = 200


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """A workspace, and the environment of its workers: on a SQLite file, or on a PostgreSQL database."""
    root = tmp_path / "meridian"
    shutil.copytree(EXAMPLE, root)
    known = {name: value for name, value in os.environ.items() if not name.startswith(("LOCKGATE_", "DJANGO_"))}
    slow = _slow_practice(tmp_path)
    with _database(request.param) as url:
        yield root, {**known, "PYTHONPATH": str(slow), **({"LOCKGATE_DATABASE_URL": url} if url else {})}


@contextmanager
def _database(kind):
    if kind == "sqlite":
        yield ""
    else:
        with cluster() as postgres:
            yield fresh_url(postgres)


def test_two_workers_do_two_hundred_runs_and_none_is_lost_or_doubled(place):
    _ask(place, "ledger.verify", times=RUNS)

    workers = [_worker(place, "--once") for _ in range(2)]
    ended = [worker.wait(timeout=240) for worker in workers]

    assert ended == [0, 0]
    assert _states(place) == {"done": RUNS}
    assert sorted(_ended(place).values()) == [1] * RUNS


def test_a_killed_worker_s_run_is_taken_over_from_what_it_kept(place, tmp_path):
    [run] = _ask(place, "slow.count", until=30, file=str(tmp_path / "counted"))
    worker = _worker(place)
    _wait_for(lambda: _counted(tmp_path) >= 5)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    at_death = _counted(tmp_path)

    _let_the_lease_run_out(place)
    other = _worker(place, "--once")

    assert other.wait(timeout=120) == 0
    assert _states(place) == {"done": 1}
    assert _ended(place) == {run: 1}
    numbers = [int(line) for line in (tmp_path / "counted").read_text().split()]
    assert sorted(set(numbers)) == list(range(1, 31))
    assert len(numbers) <= 31, f"taken up again at most one step back; at its death it was at {at_death}"


def test_a_frozen_worker_that_comes_back_can_write_nothing_more(place, tmp_path):
    [run] = _ask(place, "slow.count", until=30, file=str(tmp_path / "counted"))
    zombie = _worker(place)
    _wait_for(lambda: _counted(tmp_path) >= 5)
    os.kill(zombie.pid, signal.SIGSTOP)

    _let_the_lease_run_out(place)
    assert _worker(place, "--once").wait(timeout=120) == 0
    os.kill(zombie.pid, signal.SIGCONT)
    _wait_for(lambda: "was given to another worker" in _log_of(zombie))
    zombie.terminate()

    assert zombie.wait(timeout=60) == 0
    assert _states(place) == {"done": 1}
    assert _ended(place) == {run: 1}


def test_a_worker_that_is_told_to_end_gives_its_run_back(place, tmp_path):
    _ask(place, "slow.count", until=200, file=str(tmp_path / "counted"))
    worker = _worker(place)
    _wait_for(lambda: _counted(tmp_path) >= 3)

    worker.terminate()

    assert worker.wait(timeout=60) == 0
    assert _states(place) == {"queued": 1}


def _slow_practice(folder: Path) -> Path:
    """Install a practice whose verb counts slowly into a file, and keeps how far it is."""
    home = folder / "slow"
    (home / "slow_practice-1.0.dist-info").mkdir(parents=True)
    (home / "slow_practice-1.0.dist-info" / "METADATA").write_text("Name: slow-practice\nVersion: 1.0\n")
    (home / "slow_practice-1.0.dist-info" / "entry_points.txt").write_text(
        "[lockgate.practices]\nslow = slow_practice:PRACTICE\n"
    )
    (home / "slow_practice.py").write_text(
        dedent(
            """
            import time
            from lockgate.kernel.practice import Practice
            from lockgate.kernel.verb import Outcome, Verb

            PRACTICE = Practice(
                "slow",
                "How long does it take?",
                verbs=(Verb("slow.count", "Count", "slow_practice:count", {"until": "to", "file": "where"}),),
            )

            def count(doing, until, file):
                for number in range(doing.state.get("at", 0) + 1, until + 1):
                    doing.progress(number, until, "steps")
                    with open(file, "a") as counted:
                        counted.write(f"{number}\\n")
                    doing.keep(at=number)
                    time.sleep(0.1)
                return Outcome(True, f"counted to {until}")
            """
        )
    )
    return home


def _ask(place, verb, *, times=1, **arguments):
    return [
        int(number)
        for number in _python(
            place,
            f"""
            from datetime import UTC, datetime
            from lockgate.tower.runs import queue
            for _ in range({times}):
                print(queue.ask({verb!r}, {arguments!r}, by="bart", moment=datetime.now(UTC)).pk)
            """,
        ).split()
    ]


def _states(place):
    said = _python(
        place, "from lockgate.tower.runs.models import Run\nprint(*Run.objects.values_list('state', flat=True))"
    )
    return dict(Counter(said.split()))


def _let_the_lease_run_out(place):
    _python(
        place,
        """
        from datetime import UTC, datetime
        from lockgate.tower.runs.models import Run
        Run.objects.update(heard_until=datetime(2020, 1, 1, tzinfo=UTC))
        """,
    )


def _python(place, code):
    root, environment = place
    begin = f"from pathlib import Path\nfrom lockgate.app import tower\ntower.worker(Path({str(root)!r}))\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + dedent(code)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _ended(place):
    """Return how many ends the ledger has of each run."""
    root, environment = place
    with open_ledger(environment.get("LOCKGATE_DATABASE_URL") or root / ".lockgate" / "ledger.db") as ledger:
        return Counter(record.payload["run"] for record in ledger.records(kinds=("run.ended",)))


def _worker(place, *options):
    root, environment = place
    log = root / f"worker-{time.monotonic_ns()}.log"
    with log.open("wb") as stream:
        worker = subprocess.Popen(
            [sys.executable, "-m", "lockgate", "worker", "--workspace", str(root), *options],
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    worker.log = log
    return worker


def _log_of(worker):
    return worker.log.read_text()


def _counted(folder):
    file = folder / "counted"
    return len(file.read_text().split()) if file.exists() else 0


def _wait_for(done, seconds=60):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)
