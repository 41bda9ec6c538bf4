"""One at a time applies a template to an Odoo: rules T1 to T3 of the turns, tests T12 of what lost its turn."""

import json
import os
import subprocess
import sys

import pytest

from faults.partners import client_of
from lockgate.kernel.errors import RefusedError
from lockgate.odoo import turns
from lockgate.practices.template.perform.applying.locking import turn

ASKED = ("ir.config_parameter", [["key", "=like", "lockgate.template.%"]], ["key", "value"])


def test_who_comes_second_is_refused_and_told_whose_turn_it_is(programme, odoo):  # T1
    with turn(odoo, "bart"):
        told = programme.lockgate("apply", "--yes", "--by", "ann")
    said = [line for line in told.err.splitlines() if line.startswith(("Error:", "Why:"))]
    assert (told.code, said) == (
        5,
        ["Error: Somebody else is applying a template to this Odoo.", "Why:   It is bart's turn."],
    )
    assert odoo.search_read(*ASKED) == []
    assert programme.apply()["code"] == 0
    assert odoo.search_read(*ASKED) == []


def test_two_at_once_don_t_both_get_it(odoo, lab, monkeypatch):  # T1
    monkeypatch.setattr(turns, "_there", lambda *_: None)  # as it looks to somebody who looked just before
    with client_of(lab) as other, turn(odoo, "ann"), pytest.raises(RefusedError), turn(other, "bart"):
        pass
    monkeypatch.undo()
    odoo.unlink("ir.config_parameter", odoo.search("ir.config_parameter", [["key", "=", "lockgate.template.turn"]]))


def test_the_turn_of_a_process_that_was_killed_is_over(programme, odoo):  # T3
    with subprocess.Popen([sys.executable, "-c", "pass"]) as gone:
        pass
    _somebody_s(odoo, process=gone.pid)
    assert programme.apply()["code"] == 0


def test_a_turn_on_another_machine_is_over_when_its_time_is(programme, odoo):  # T3
    _somebody_s(odoo, machine="elsewhere")
    assert programme.lockgate("apply", "--yes", "--by", "ann").code == 5
    [row] = odoo.search("ir.config_parameter", [["key", "=", "lockgate.template.turn"]])
    odoo.unlink("ir.config_parameter", row)
    _somebody_s(odoo, machine="elsewhere", until="2026-01-01T00:00:00+00:00")
    assert programme.apply()["code"] == 0


def test_who_has_lost_the_turn_writes_nothing_more(odoo, monkeypatch):  # T2
    monkeypatch.setattr(turns, "_KEPT_EVERY", 0.0)
    with turn(odoo, "ann") as mine:
        mine.keep()
        [row] = odoo.search_read(*ASKED)
        said = json.loads(row["value"])
        odoo.write(
            "ir.config_parameter", row["id"], {"value": json.dumps({**said, "holder": "bart", "number": 99_999_999})}
        )
        with pytest.raises(RefusedError) as refused:
            mine.keep()
        assert refused.value.why == "bart applies to this Odoo now, because this one was not heard of for a while."
    [row] = odoo.search_read(*ASKED)
    assert json.loads(row["value"])["holder"] == "bart"
    odoo.unlink("ir.config_parameter", row["id"])


def test_numbers_of_turns_only_grow(odoo):  # T2
    numbers = []
    for _ in range(3):
        with turn(odoo, "ann") as mine:
            numbers.append(mine.number)
    assert numbers == sorted(set(numbers))


def _somebody_s(odoo, **about):
    said = {"holder": "bart", "number": 1, "until": "2999-01-01T00:00:00+00:00", "machine": os.uname().nodename}
    value = json.dumps({**said, "process": os.getpid(), **about})
    odoo.create("ir.config_parameter", [{"key": "lockgate.template.turn", "value": value}])
