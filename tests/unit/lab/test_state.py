import json
import os
import stat

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.lab.state import Process, State, read_state, write_state


def test_what_is_written_is_read_again(tmp_path):
    state = State.new()
    state.port, state.server, state.origins = 8869, Process(12, 345), {"a": "tpl_a"}
    write_state(tmp_path / "lab.json", state)
    again = read_state(tmp_path / "lab.json")
    assert again is not None
    assert (again.port, again.server, again.origins) == (8869, Process(12, 345), {"a": "tpl_a"})
    assert again.api_key.reveal() == state.api_key.reveal()


def test_the_record_is_its_owner_s_alone(tmp_path):
    write_state(tmp_path / "lab.json", State.new())
    assert stat.S_IMODE((tmp_path / "lab.json").stat().st_mode) == 0o600


def test_no_record_is_none(tmp_path):
    assert read_state(tmp_path / "lab.json") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}', '{"format": 1}', '{"format": 1, "unknown": 2}'])
def test_a_damaged_or_foreign_record_is_told_with_the_way_out(tmp_path, text):
    (tmp_path / "lab.json").write_text(text)
    with pytest.raises(UsageError) as stopped:
        read_state(tmp_path / "lab.json")
    assert str(tmp_path / "lab.json") in stopped.value.what
    assert "lab down --purge" in stopped.value.do


def test_an_unknown_word_in_the_record_is_told(tmp_path):
    write_state(tmp_path / "lab.json", State.new())
    raw = json.loads((tmp_path / "lab.json").read_text()) | {"future": 1}
    (tmp_path / "lab.json").write_text(json.dumps(raw))
    with pytest.raises(UsageError, match="can't be read"):
        read_state(tmp_path / "lab.json")


def test_this_process_is_alive_and_one_with_its_number_that_began_at_another_time_is_not():
    me = Process.of(os.getpid())
    assert me is not None
    assert me.alive()
    assert not Process(me.pid, me.started - 1).alive()


def test_no_process_is_none():
    assert Process.of(2**22 + 1) is None
