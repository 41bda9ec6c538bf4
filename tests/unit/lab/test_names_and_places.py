import os
import stat

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.lab.databases import check_name
from lockgate.lab.places import LONGEST_SOCKET_FOLDER, Places, default_places


@pytest.mark.parametrize("name", ["a", "lockgate", "t12-3", "wave_1"])
def test_a_plain_name_is_taken(name):
    check_name(name)
    assert name


@pytest.mark.parametrize(
    "name",
    ["", "A", "1a", "a b", "a;drop", 'a"b', "a'b", "é", "tpl_x", "building_x", "postgres", "template1", "a" * 52],
)
def test_a_name_that_something_could_stumble_over_is_refused(name):
    with pytest.raises(UsageError) as stopped:
        check_name(name)
    assert stopped.value.what == f"'{name}' can't be a lab database's name."


def test_the_folders_are_where_xdg_wants_them(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    monkeypatch.delenv("LOCKGATE_LAB", raising=False)
    assert default_places() == Places(cache=tmp_path / "c/lockgate/lab", data=tmp_path / "d/lockgate/lab")


def test_several_labs_share_the_downloads_only(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    monkeypatch.setenv("LOCKGATE_LAB", "second")
    assert default_places() == Places(cache=tmp_path / "c/lockgate/lab", data=tmp_path / "d/lockgate/second")


def test_a_lab_s_name_can_t_lead_out_of_the_folder(monkeypatch):
    monkeypatch.setenv("LOCKGATE_LAB", "../x")
    with pytest.raises(UsageError, match="can't be a lab's name"):
        default_places()


def test_the_data_folder_is_its_owner_s_alone(tmp_path):
    places = Places(cache=tmp_path / "c", data=tmp_path / "d")
    places.make()
    assert stat.S_IMODE(places.data.stat().st_mode) == 0o700


def test_a_socket_s_path_stays_short_however_deep_the_folders_lie(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    deep = tmp_path / ("x" * 100)
    assert len(str(Places(cache=deep, data=deep).socket_folder)) <= LONGEST_SOCKET_FOLDER
