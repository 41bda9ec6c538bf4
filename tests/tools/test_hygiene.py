"""Is a line that belongs to one machine found, and no other?"""

from pathlib import Path

import pytest

import hygiene

INDEX, FILES, MIRROR = (".".join(host) for host in hygiene.HOSTS[:3])
HOME = str(Path("/home") / "anna")


@pytest.fixture
def faults(tmp_path, monkeypatch):
    monkeypatch.setattr(hygiene, "ROOT", tmp_path)

    def faults(text, name="page.md"):
        path = tmp_path / name
        path.write_text(text)
        return list(hygiene.faults_of(path))

    return faults


@pytest.mark.parametrize(
    "line", [f"see https://{INDEX}/simple", f"{FILES}/packages", f"deb http://{MIRROR}/debian sid main", HOME]
)
def test_hosts_of_packages_and_home_folders_are_found_with_their_line(faults, line):
    assert faults(f"first\n{line}\n") == [f"page.md:2: {line}"]


@pytest.mark.parametrize(
    "line",
    [
        "https://mirror.example.com/simple",
        "~/.cache/lockgate",
        "docs/home/anna.md",
        "/home/ada/.config",
        "the word homework/work",
    ],
)
def test_other_lines_are_let_through(faults, line):
    assert faults(line) == []


@pytest.mark.parametrize("mark", ["<" * 7 + " HEAD", ">" * 7 + " 1f2e3d4"])
def test_the_marks_of_a_merge_that_was_not_finished_are_found(faults, mark):
    assert faults(f"first\n{mark}\n  {mark}\n") == [f"page.md:2: {mark}"]


def test_a_second_lock_file_is_found(faults):
    assert faults("", name="uv.lock") == ["uv.lock: the pins in requirements/ are the only lock; take this file out"]


def test_a_picture_is_not_read_as_text(tmp_path, monkeypatch):
    monkeypatch.setattr(hygiene, "ROOT", tmp_path)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    assert list(hygiene.faults_of(tmp_path / "picture.png")) == []
