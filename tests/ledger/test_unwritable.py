"""T14 and T24: where nothing can be recorded, nothing is done, and it is said so; room or rights mend it."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys

import pytest

from lockgate.kernel.errors import Exit
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.proving.verification import verify
from lockgate.ledger.refusals import LedgerUnconfirmed, LedgerUnreadable, LedgerUnwritable
from support.postgres import fresh_url, url_of

RAISED = Event("gap.raised", {"text": "x" * 2_000})
PROGRAM = """
import sys
from pathlib import Path
from lockgate.kernel.errors import LockgateError
from lockgate.ledger import Event, open_ledger
ledger = open_ledger(Path(sys.argv[1]))
print(ledger.head().number)
try:
    for number in range(int(sys.argv[2])):
        print(ledger.append([Event("gap.raised", {"text": "x" * 2_000})] * 3, by="ada")[-1].number)
except LockgateError as error:
    print(type(error).__name__, int(error.exit), *error.lines(), sep="|")
"""

WITHOUT_ROOTS_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
"""Root may write any file; without these rights even root may not."""


def run(place, count, *, before=(), **more):
    command = [*before, sys.executable, "-c", PROGRAM, str(place), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, **more)
    return done.stdout.splitlines()


def test_a_full_disk_stops_cleanly_and_room_mends_it(tmp_path):  # T14
    place = tmp_path / "ledger.db"

    def no_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    said = run(place, 1000, preexec_fn=no_room)
    kind, code, what, why, do = said[-1].split("|")
    assert (kind, code) == ("LedgerUnwritable", "4")
    assert what == f"The ledger {place} can't be written: nothing was recorded, and so nothing was done."
    assert why in {"disk I/O error", "database or disk is full"}
    assert do.startswith("Make room")
    confirmed = int(said[-2])
    with open_ledger(place) as ledger:
        report = verify(ledger)
        assert (report.ok, report.records) == (True, confirmed)
        assert ledger.append([RAISED], by="ada")[0].number == confirmed + 1
        assert ledger.rebuild()


def test_a_small_disk_that_is_full_stops_cleanly_and_room_mends_it(tmp_path):  # T14
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    mounted = subprocess.run(command, check=False, capture_output=True)
    if mounted.returncode:
        place, said = disk / "ledger.db", None  # no right to mount: the test above limits the file instead
        assert said is None
        return
    try:
        place = disk / "ledger.db"
        (disk / "ballast").write_bytes(b"x" * 100_000)
        said = run(place, 1000)
        assert said[-1].split("|")[0] == "LedgerUnwritable"
        confirmed = int(said[-2])
        with open_ledger(place) as ledger:
            assert ledger.head().number == confirmed
        (disk / "ballast").unlink()
        with open_ledger(place) as ledger:
            assert verify(ledger).ok
            ledger.append([RAISED], by="ada")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with open_ledger(place) as ledger:
            assert verify(ledger).records == confirmed + 1
            with pytest.raises(LedgerUnwritable):
                ledger.append([RAISED], by="ada")
            assert ledger.head().number == confirmed + 1
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_ledger_that_may_only_be_read_is_read_and_refuses_every_decision(tmp_path):  # T24
    place = tmp_path / "here" / "ledger.db"
    with open_ledger(place) as ledger:
        ledger.append([RAISED], by="ada")
    place.chmod(0o444)
    place.parent.chmod(0o555)
    try:
        said = run(place, 1, before=WITHOUT_ROOTS_RIGHTS if os.geteuid() == 0 else ())
    finally:
        place.parent.chmod(0o755)
    assert said[0] == "2"
    assert said[1].split("|")[:4] == [
        "LedgerUnwritable",
        "4",
        f"The ledger {place} can't be written: nothing was recorded, and so nothing was done.",
        "attempt to write a readonly database",
    ]


def test_a_ledger_that_cannot_be_begun_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with open_ledger(tmp_path / "file" / "ledger.db") as ledger, pytest.raises(LedgerUnwritable):
        ledger.append([RAISED], by="ada")


def test_what_is_no_database_is_neither_read_nor_overwritten(tmp_path):
    place = tmp_path / "ledger.db"
    place.write_text("dear diary" * 100)
    with open_ledger(place) as ledger:
        with pytest.raises(LedgerUnreadable, match="can't be read"):
            ledger.head()
        with pytest.raises(LedgerUnwritable):
            ledger.append([RAISED], by="ada")
    assert place.read_text() == "dear diary" * 100


def test_a_database_of_somebody_else_is_not_taken_for_a_ledger(tmp_path):
    place = tmp_path / "other.db"
    with sqlite3.connect(place) as other:
        other.execute("create table people (name text)")
    other.close()
    with open_ledger(place) as ledger:
        assert ledger.head().number == 0
        assert not ledger.store.exists()


def test_a_ledger_that_another_holds_too_long_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("lockgate.ledger.stores.sqlite.BUSY_SECONDS", 0.1)
    place = tmp_path / "ledger.db"
    with open_ledger(place) as ledger:
        ledger.append([RAISED], by="ada")
        ledger.close()
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(LedgerUnwritable) as refused:
            ledger.append([RAISED], by="ada")
        assert refused.value.why == "database is locked"
        other.execute("rollback")
        other.close()
        assert ledger.append([RAISED], by="ada")[0].number == 3


# ── PostgreSQL ──


def test_a_database_that_is_set_read_only_refuses_every_decision(postgres):  # T24
    url = fresh_url(postgres)
    name = url.rpartition("/")[0] and url.split("/")[3].partition("?")[0]
    with open_ledger(url) as ledger:
        ledger.append([RAISED], by="ada")
        postgres.query("CREATE ROLE reader LOGIN")
        postgres.query("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database=name)
    with open_ledger(url.replace("postgres@", "reader@")) as reading:
        assert reading.head().number == 2
        assert verify(reading).ok
        with pytest.raises(LedgerUnwritable) as refused:
            reading.append([RAISED], by="ada")
        assert "permission denied" in refused.value.why
        assert (refused.value.exit, reading.head().number) == (Exit.UNREACHABLE, 2)


def test_a_database_that_is_away_is_said_and_found_again(postgres, tmp_path):
    with open_ledger(url_of(postgres, "nowhere")) as ledger:
        with pytest.raises(LedgerUnreadable):
            ledger.head()
        with pytest.raises(LedgerUnwritable):
            ledger.append([RAISED], by="ada")
        postgres.query("CREATE DATABASE nowhere")
        ledger.append([RAISED], by="ada")
        postgres.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'lockgate%'")
        with pytest.raises(LedgerUnwritable):
            ledger.append([RAISED], by="ada")
        assert ledger.append([RAISED], by="ada")[0].number == 3


def cut_at_commit(ledger, monkeypatch, *, after):
    """Lose the connection while a commit is under way, before or after it is done."""
    kind = type(ledger.store._database)
    really, cuts = kind.run, []

    def cut(self, cursor, statements):
        if statements == "commit" and not cuts:
            cuts.append(statements)
            if after:
                really(self, cursor, statements)
            raise self.faults[0]("the connection was cut")
        really(self, cursor, statements)

    monkeypatch.setattr(kind, "run", cut)


def test_a_commit_that_was_cut_after_it_was_done_is_found_done(ledger, monkeypatch):  # L2
    ledger.append([RAISED], by="ada")
    cut_at_commit(ledger, monkeypatch, after=True)
    [record] = ledger.append([RAISED], by="ada")
    assert (ledger.head(), ledger.record(3)) == (record.head, record)


def test_a_commit_that_was_cut_before_it_was_done_is_found_undone(ledger, monkeypatch):  # L2
    ledger.append([RAISED], by="ada")
    cut_at_commit(ledger, monkeypatch, after=False)
    with pytest.raises(LedgerUnwritable) as refused:
        ledger.append([RAISED], by="ada")
    assert (refused.value.why, ledger.head().number) == ("the connection was cut", 2)
    assert ledger.append([RAISED], by="ada")[0].number == 3


def test_a_commit_that_can_not_be_looked_up_is_in_doubt_and_said_to_be(ledger, monkeypatch):  # S2
    ledger.append([RAISED], by="ada")
    cut_at_commit(ledger, monkeypatch, after=False)
    connect = type(ledger.store._database).connect

    def away(self, *, create):
        raise self.faults[0]("nobody there")

    with ledger.store.reading():  # connected by now: only what comes after the cut finds nobody
        monkeypatch.setattr(type(ledger.store._database), "connect", away)
    with pytest.raises(LedgerUnconfirmed) as refused:
        ledger.append([RAISED], by="ada")
    assert refused.value.do == "When it is back, look at `lockgate ledger tail` before you try again."
    monkeypatch.setattr(type(ledger.store._database), "connect", connect)
    assert ledger.head().number == 2
