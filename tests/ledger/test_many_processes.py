"""Many processes append at once, and some are killed while they do (T15)."""

import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from itertools import groupby
from pathlib import Path

import pytest

from lockgate.ledger import Event, open_ledger
from lockgate.ledger.proving.verification import verify
from lockgate.ledger.refusals import LedgerMoved

PROGRAM = Path(__file__).with_name("appending.py")


def start(url, who, count):
    words = [sys.executable, str(PROGRAM), url, who, str(count)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def test_processes_that_append_at_once_make_one_order_without_gaps(url):
    count, writers = 100, {who: start(url, who, 100) for who in ("ada", "bob", "cleo", "dan")}
    said = {who: writer.communicate(timeout=120)[0].splitlines() for who, writer in writers.items()}
    assert {who: (writer.returncode, len(said[who])) for who, writer in writers.items()} == dict.fromkeys(
        writers, (0, count)
    )
    with open_ledger(url) as ledger:
        assert verify(ledger).ok
        made = list(ledger.records(after=1))
    appended = sum(1 + number % 3 for number in range(count))
    assert [record.number for record in made] == list(range(2, 2 + appended * len(writers)))
    for who in writers:
        own = [(record.payload["n"], record.payload["part"]) for record in made if record.by == who]
        assert own == [(number, part) for number in range(count) for part in range(1 + number % 3)]
    batches = [(who, n) for (who, n), _ in groupby(made, lambda record: (record.by, record.payload["n"]))]
    assert len(batches) == len(set(batches))  # nobody came between the parts of one append


def test_of_two_that_saw_the_same_head_exactly_one_wins_each_round(url):
    """T7 on the ledger: the loser is told who was faster."""
    rounds, won, told = 50, [], []
    gate = threading.Barrier(2, timeout=60)

    def play(who):
        with open_ledger(url) as ledger:
            for number in range(rounds):
                head = ledger.head()
                gate.wait()
                try:
                    ledger.append([Event("gap.decided", {"round": number})], by=who, expecting=head)
                    won.append((number, who))
                except LedgerMoved as moved:
                    told.append((number, moved.why.split()[0]))
                gate.wait()

    players = [threading.Thread(target=play, args=(who,)) for who in ("ada", "bob")]
    for player in players:
        player.start()
    for player in players:
        player.join()
    assert sorted(won) == sorted(told)
    assert sorted(number for number, _ in won) == list(range(rounds))


@pytest.mark.parametrize("seed", range(3))
def test_a_process_killed_while_it_appends_loses_nothing_that_was_confirmed(url, seed):  # T15
    chance = random.Random(seed)
    confirmed = []
    for life in range(2):
        writer = start(url, f"writer-{life}", 100_000)
        lines = [writer.stdout.readline()]
        threading.Timer(chance.uniform(0.02, 0.25), writer.kill).start()
        with writer:
            lines += writer.stdout.readlines()
        confirmed += [line.split() for line in lines if line.endswith("\n")]
    with open_ledger(url) as ledger:
        report = verify(ledger)
        assert (report.ok, report.why) == (True, "")
        kept = {record.number: record.hash for record in ledger.records()}
        assert [(number, kept.get(int(number))) for number, _ in confirmed] == [tuple(one) for one in confirmed]
        assert ledger.rebuild()
        ledger.append([Event("gap.raised", {})], by="ada")


def test_a_copy_of_the_file_and_its_log_at_any_moment_is_whole_and_has_all_that_was_confirmed(tmp_path):  # T15
    place = tmp_path / "live" / "ledger.db"
    writer = start(str(place), "ada", 100_000)
    said: list[str] = [writer.stdout.readline()]
    reader = threading.Thread(target=lambda: said.extend(writer.stdout))
    reader.start()
    try:
        for number in range(5):
            time.sleep(0.05)
            writer.send_signal(19)  # a power loss stops everything at one moment
            confirmed = said[-1].split()
            copy = tmp_path / str(number)
            copy.mkdir()
            for each in place.parent.iterdir():
                if not each.name.endswith("-shm"):
                    shutil.copy(each, copy)
            writer.send_signal(18)
            with sqlite3.connect(copy / "ledger.db") as file:
                assert file.execute("pragma integrity_check").fetchall() == [("ok",)]
            file.close()
            with open_ledger(copy / "ledger.db") as ledger:
                assert verify(ledger).ok
                assert ledger.record(int(confirmed[0])).hash == confirmed[1]
    finally:
        writer.kill()
        reader.join()
        writer.stdout.close()
        writer.wait()
