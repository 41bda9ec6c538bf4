"""How far a rehearsal is stands on disk, and is whole at any moment."""

from dataclasses import replace

from lockgate.practices.migration.perform.rehearsing.journal import (
    NAME,
    Done,
    Journal,
    read,
    under_way,
    unfinished,
    write,
)
from lockgate.practices.migration.perform.rounds import folder_of

BEGUN = Journal("full-load", 3, "rehearsal", "wave:north", "2026-11-01T10:00:00Z", without=("match",))
READ = Done("done", 1.5, "9 records", (4, 5))


def test_what_was_written_is_read_again(tmp_path):
    now = BEGUN.begun("profile").ended("profile", READ).begun("load")
    write(tmp_path, now)
    assert read(tmp_path, 3) == now
    assert (now.states, now.running) == ({"profile": "done"}, "load")


def test_a_step_that_was_ended_in_its_midst_is_counted_and_keeps_from_where_it_goes_on():  # J2
    first = BEGUN.begun("load")
    again = replace(first, kept={"at": 5}).begun("load")
    assert (first.interrupted, again.interrupted, again.kept) == (0, 1, {"at": 5})
    assert again.ended("load", READ).begun("reconcile").kept == {}


def test_a_rehearsal_that_is_over_is_not_gone_on_with(tmp_path):
    write(tmp_path, BEGUN.begun("load"))
    assert unfinished(tmp_path, "full-load") == BEGUN.begun("load")
    assert (under_way(tmp_path, "full-load"), under_way(tmp_path, "another")) == ("load", "")
    write(tmp_path, replace(BEGUN, evidence=7))
    assert unfinished(tmp_path, "full-load") is None


def test_a_round_that_is_no_rehearsal_has_none(tmp_path):
    folder_of(tmp_path, 4).mkdir(parents=True)
    assert read(tmp_path, 4) is None
    write(tmp_path, BEGUN)
    assert unfinished(tmp_path, "full-load") == BEGUN


def test_nothing_half_written_is_left_beside(tmp_path):  # J1
    write(tmp_path, BEGUN)
    write(tmp_path, BEGUN.begun("load"))
    assert [file.name for file in folder_of(tmp_path, 3).iterdir()] == [NAME]
