"""What git tells of one file of a workspace."""

import subprocess
from datetime import UTC, datetime

import pytest

from lockgate.programme.versions import commits, difference

MONDAY, TUESDAY = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """A workspace below the folder of git, with two commits of one file and one of another."""
    _git(tmp_path, "init", "-q")
    root = tmp_path / "programme of ours"
    root.mkdir()
    for name, text, day in (("a.yaml", "one\n", MONDAY), ("a.yaml", "two\n", TUESDAY), ("b.yaml", "b\n", TUESDAY)):
        (root / name).write_text(text)
        _git(tmp_path, "add", "-A")
        _git(tmp_path, "commit", "-qm", f"{name}: {text.strip()}", at=day)
    return root


def test_the_commits_of_a_file_are_told_newest_first(folder):
    told = [(one.subject, one.by, one.at.astimezone(UTC)) for one in commits(folder, "a.yaml")]

    assert told == [("a.yaml: two", "Ann", TUESDAY), ("a.yaml: one", "Ann", MONDAY)]


def test_the_difference_is_that_from_the_commit_of_then_to_the_file_as_it_lies_there(folder):
    (folder / "a.yaml").write_text("three\n")

    found = difference(folder, "a.yaml", MONDAY)

    assert found is not None
    assert [line for line in found.lines if line[0] != "@"] == [("-", "one"), ("+", "three")]


def test_a_file_that_did_not_change_has_an_empty_difference(folder):
    found = difference(folder, "b.yaml", TUESDAY)

    assert found is not None
    assert found.lines == ()


def test_before_the_first_commit_and_without_git_nothing_can_be_told(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("no-git")

    assert difference(folder, "a.yaml", datetime(2020, 1, 1, tzinfo=UTC)) is None
    assert (difference(elsewhere, "a.yaml", MONDAY), commits(elsewhere, "a.yaml")) == (None, [])


def _git(root, *words, at=MONDAY):
    who = {f"GIT_{what}_{part}": said for what in ("AUTHOR", "COMMITTER") for part, said in _who(at).items()}
    env = {"PATH": "/usr/bin:/bin", "HOME": str(root), **who}
    subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, env=env)


def _who(at):
    return {"NAME": "Ann", "EMAIL": "ann@x.example", "DATE": at.isoformat()}
