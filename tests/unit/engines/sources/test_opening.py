"""Are files opened below the folder that is allowed, and nowhere else?"""

import os

import pytest

from lockgate.engines.sources import Extract, Kind
from support.staging import told

OUT = "The path leads out of the folder of extracts. Copy the file there."


@pytest.fixture
def inside(round_, tmp_path):
    """The folder of extracts beside a file that is none of its own."""
    (tmp_path / "secret.csv").write_bytes(b"id,name\n1,Ann\n")
    round_.folder = tmp_path / "extracts"
    round_.folder.mkdir()
    return round_


def stage(inside, path):
    return told(inside.stage(Extract(Kind.CSV, path=path)))


def test_a_path_with_two_points_is_refused(inside):
    assert stage(inside, "../secret.csv") == [f"../secret.csv: {OUT}"]


def test_a_path_that_comes_back_is_refused_too(inside):
    (inside.folder / "items.csv").write_bytes(b"id,name\n1,Ann\n")
    assert stage(inside, "../extracts/items.csv") == [f"../extracts/items.csv: {OUT}"]


def test_a_link_out_of_the_folder_is_refused(inside, tmp_path):
    (inside.folder / "items.csv").symlink_to(tmp_path / "secret.csv")
    assert stage(inside, "items.csv") == [f"items.csv: {OUT}"]


def test_an_absolute_path_is_refused(inside):
    path = str(inside.folder / "items.csv")
    (inside.folder / "items.csv").write_bytes(b"id,name\n1,Ann\n")
    assert stage(inside, path) == [f"{path}: {OUT}"]


def test_a_link_inside_of_the_folder_is_read(inside):
    (inside.folder / "2024").mkdir()
    (inside.folder / "2024" / "items.csv").write_bytes(b"id,name\n1,Ann\n")
    (inside.folder / "items.csv").symlink_to(inside.folder / "2024" / "items.csv")
    assert stage(inside, "items.csv") == []
    assert inside.raw == [(2, "1", "Ann")]


def test_a_pipe_is_not_waited_for(inside):
    os.mkfifo(inside.folder / "items.csv")
    assert stage(inside, "items.csv") == ["items.csv: It is no plain file. Name a file."]


def test_a_file_that_is_not_there_is_told(inside):
    assert stage(inside, "gone.csv") == ["gone.csv: The file can't be found: No such file or directory."]


def test_a_path_with_a_nul_is_told(inside):
    assert stage(inside, "a\0b.csv") == ["a\0b.csv: The file can't be found: embedded null byte."]
