import shutil
import subprocess

import pytest

from lockgate.programme.checkout import commit

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git on this machine")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of git with one commit."""
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(variable, raising=False)
    for words in (
        ["init", "--quiet"],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--allow-empty", "-m", "one"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True)
    return tmp_path


def head(folder):
    asked = subprocess.run(["git", "-C", str(folder), "log", "-1", "--format=%H"], check=True, capture_output=True)
    return asked.stdout.decode().strip()


def test_the_commit_of_a_git_folder_is_its_head(folder):
    assert commit(folder) == head(folder)


def test_a_folder_outside_of_git_has_none(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit(tmp_path) is None


def test_a_git_folder_without_a_commit_has_none(tmp_path):
    subprocess.run(["git", "-C", str(tmp_path), "init", "--quiet"], check=True, capture_output=True)
    assert commit(tmp_path) is None


def test_installed_code_is_not_of_the_folder_it_was_installed_into(folder):
    installed = folder / "site-packages" / "lockgate"
    installed.mkdir(parents=True)
    assert (commit(installed), commit(installed, of_installed_code=True)) == (head(folder), None)


def test_without_git_there_is_none(folder, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert commit(folder) is None
