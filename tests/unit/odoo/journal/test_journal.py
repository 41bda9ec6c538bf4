"""Does the journal survive crashes, keep two processes apart and keep no secrets?"""

import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.kernel.secret import MASK, Secret
from lockgate.odoo.journal import Entry, Holder, InputChanged, Journal, Recorded, RunHeld, RunLost, State
from lockgate.odoo.journal.process import known_dead, this_process

ABOUT = {"model": "res.partner", "columns": ["id"]}
SETTINGS = {"batch_rows": 10}
ELSEWHERE = Holder("ann", "ship", 12, "boot:1")


class Clock:
    """A clock that is set by hand."""

    now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.journal"


def begin(journal, name="run", about=None):
    return journal.begin(name, about=about or ABOUT, settings=SETTINGS)


def test_what_was_recorded_is_there_when_the_file_is_opened_again(path):
    with Journal(path) as journal, begin(journal) as run:
        run.plan(0, "d0")
        run.plan(1, "d1")
        run.plan(2, "d2")
        run.send(0, b"\x01")
        run.send(0, b"\x07")
        run.settle(
            0,
            created=3,
            updated=1,
            unchanged=2,
            entries=[Entry(4, "x.4", "bad", "name"), Entry(5, "x.5", "?", unknown=True)],
        )
        run.send(1, b"\x02")
        run.settle(1, created=0, updated=0, entries=[Entry(11, "x.11", "bad")])
        run.input_ended(3)
    with Journal(path) as journal, begin(journal) as run:
        assert list(run.recorded().values()) == [
            Recorded(0, "d0", State.CONFIRMED, 2, b"\x01", 3, 1, 2),
            Recorded(1, "d1", State.REJECTED, 1, b"\x02"),
            Recorded(2, "d2", State.PLANNED, 0, None),
        ]
        assert run.entries(0) == [Entry(4, "x.4", "bad", "name"), Entry(5, "x.5", "?", unknown=True)]
        assert (run.entries(2), run.batches_expected()) == ([], 3)


def test_settings_of_the_start_hold_to_the_end(path):
    with Journal(path) as journal:
        begin(journal).release()
        with journal.begin("run", about=ABOUT, settings={"batch_rows": 99}) as run:
            assert run.settings == {"batch_rows": 10}


def test_a_run_about_something_else_is_refused_with_what_differs(path):
    with Journal(path) as journal:
        begin(journal).release()
        with pytest.raises(InputChanged) as caught:
            begin(journal, about={"model": "res.users", "columns": ["id"]})
    assert caught.value.why == 'model was "res.partner" and is "res.users".'


def test_a_settled_batch_cannot_be_sent_again(path):  # L3
    with Journal(path) as journal, begin(journal) as run:
        run.plan(0, "d0")
        run.send(0, b"")
        run.settle(0, created=1, updated=0)
        with pytest.raises(ValueError, match="batch 0 can't become sent from confirmed"):
            run.send(0, b"")


def test_the_loser_is_told_who_works_on_the_run_and_since_when(path, clock):
    with Journal(path, holder=ELSEWHERE, clock=clock) as first, begin(first), Journal(path, clock=clock) as second:
        with pytest.raises(RunHeld) as caught:
            begin(second)
        begin(second, name="another run").release()
    assert caught.value.lines() == (
        "The run 'run' is at work elsewhere.",
        "ann on ship, process 12 has held it since 2027-01-15 08:00:00 UTC.",
        "Wait for it to end. If it died on another machine, its hold ends at 2027-01-15 08:00:30 UTC.",
    )


def test_a_released_run_is_free_at_once(path, clock):
    with Journal(path, holder=ELSEWHERE, clock=clock) as first, Journal(path, clock=clock) as second:
        begin(first).release()
        begin(second).release()


def test_after_its_lease_a_run_is_taken_over_and_the_old_holder_can_not_write(path, clock):  # L1 L2
    with Journal(path, holder=ELSEWHERE, clock=clock) as first, Journal(path, clock=clock) as second:
        zombie = begin(first)
        zombie.plan(0, "d0")
        zombie.send(0, b"")
        clock.now += 30
        heir = begin(second)
        assert heir.fence == zombie.fence + 1
        for write in (
            zombie.check,
            zombie.finish,
            lambda: zombie.plan(1, "d1"),
            lambda: zombie.send(0, b""),
            lambda: zombie.settle(0, created=1, updated=0),
        ):
            with pytest.raises(RunLost):
                write()
        zombie.release()
        heir.settle(0, created=1, updated=0)
        heir.release()


def test_the_heart_keeps_the_lease(path):
    with Journal(path, holder=ELSEWHERE, lease_seconds=0.3) as first, begin(first), Journal(path) as second:
        time.sleep(0.7)
        with pytest.raises(RunHeld):
            begin(second)


def test_a_run_whose_process_is_gone_is_free_at_once(path):  # L1
    script = f"""
import os, signal
from lockgate.odoo.journal import Journal
run = Journal({str(path)!r}).begin("run", about={ABOUT!r}, settings={SETTINGS!r})
run.plan(0, "d0")
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False, timeout=30)
    assert ended.returncode == -9
    with Journal(path) as journal, begin(journal) as run:
        assert [known.digest for known in run.recorded().values()] == ["d0"]


def test_only_processes_of_this_machine_are_known_to_be_dead():
    me = this_process()
    assert not known_dead(me)
    assert known_dead(Holder(me.user, me.host, me.pid, "an earlier process with this number"))
    assert not known_dead(Holder(me.user, "another machine", me.pid, "boot:1"))


def test_of_many_that_begin_at_once_exactly_one_wins(path):
    outcomes = []
    together = threading.Barrier(8, timeout=10)

    def contend(number):
        with Journal(path, holder=Holder("ann", "ship", number, f"boot:{number}")) as journal:
            together.wait()
            try:
                begin(journal)
                outcomes.append("won")
            except RunHeld:
                outcomes.append("told")
            together.wait()

    threads = [threading.Thread(target=contend, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["told"] * 7 + ["won"]


def test_secrets_in_reasons_are_masked(path):
    key = Secret("canary-0f8e")
    with Journal(path) as journal, begin(journal) as run:
        run.plan(0, "d0")
        run.send(0, b"")
        run.settle(0, created=0, updated=0, entries=[Entry(1, "x.1", f"No access with {key.reveal()}.")])
        assert run.entries(0)[0].reason == f"No access with {MASK}."
        written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"canary" not in written


def test_a_file_that_is_no_journal_is_refused(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(UsageError, match=r"letter\.txt can't be used as a journal"):
        Journal(path)
    assert path.read_text() == "Dear Sir or Madam, " * 100


def test_a_journal_of_a_later_lockgate_is_refused(path):
    Journal(path).close()
    with sqlite3.connect(path) as file:
        file.execute("pragma user_version = 99")
    file.close()
    with pytest.raises(UsageError, match="written by another version"):
        Journal(path)


def test_a_full_disk_stops_the_run_and_keeps_what_was_recorded(path):
    script = f"""
import resource
from lockgate.odoo.journal import Journal
from lockgate.odoo.journal.refusals import JournalUnwritable
run = Journal({str(path)!r}).begin("run", about={ABOUT!r}, settings={SETTINGS!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
count = 0
try:
    while True:
        run.plan(count, "d" * 1000)
        count += 1
except JournalUnwritable as error:
    print(count, error.what)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=True, timeout=60, capture_output=True, text=True)
    count, _, said = ended.stdout.strip().partition(" ")
    assert said == f"The journal {path} can't be written."
    with Journal(path) as journal, begin(journal) as run:
        assert len(run.recorded()) == int(count) > 10
