"""Does the set-up say what to do when it can't go on, and nothing when nothing changed?"""

import os
import sys

import pytest

import setup
from pip_settings import UvSettings


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project that was never set up, whose commands are written down instead of run."""
    (tmp_path / "requirements").mkdir()
    for name in setup.INPUTS:
        (tmp_path / name).write_text("pins\n")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", venv)
    monkeypatch.setattr(setup, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(setup, "STAMP", venv / "lockgate-setup")
    return tmp_path


@pytest.fixture
def done(project, monkeypatch):
    """What was done, in order; each is said to have worked."""
    done = []

    def run(command, *, doing, environment=None):
        if "venv" in command:
            (project / ".venv" / "bin").mkdir(parents=True)
            (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
        done.append(doing)

    monkeypatch.setattr(setup, "_run", run)
    monkeypatch.setattr(setup.pip_settings, "read", lambda _: UvSettings((), {}))  # pip takes half a second to say so
    return done


FROM_NOTHING = [
    "making .venv",
    "installing uv",
    "installing the pinned requirements",
    "installing Lockgate itself",
]


def test_from_nothing_all_is_made_and_a_second_time_nothing(project, done):
    assert setup.main() == 0
    assert setup.main() == 0
    assert done == FROM_NOTHING


@pytest.mark.parametrize("name", setup.INPUTS)
def test_a_change_of_pins_or_project_is_noticed(project, done, name):
    setup.main()
    done.clear()
    (project / name).write_text("other pins\n")
    setup.main()
    assert done[-1] == "installing Lockgate itself"


def test_what_was_made_in_another_folder_is_made_anew(project, done):
    setup.main()
    done.clear()
    (project / ".venv" / "bin" / "activate").write_text("VIRTUAL_ENV=/somewhere/else\n")
    setup.STAMP.write_text("of another place")
    setup.main()
    assert done == FROM_NOTHING


def test_an_old_python_is_refused_with_how_to_name_another(project, done, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert setup.main() == 1
    assert capsys.readouterr().err == (
        "make setup: Python 3.11 or newer is needed, this is 3.10.2. Name another one: make setup PYTHON=python3.12\n"
    )
    assert done == []


def test_where_python_is_split_up_an_ordinary_user_is_told_what_to_install(project, monkeypatch, capsys):
    stub = project / "python"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(stub))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert setup.main() == 1
    assert capsys.readouterr().err == (
        f"make setup: {stub} can't make virtual environments. Do: sudo apt-get install python3-venv\n"
    )


def test_a_step_that_fails_is_named(project, monkeypatch, capsys):
    monkeypatch.setattr(setup, "_require_ensurepip", lambda: None)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert setup.main() == 1
    assert capsys.readouterr().err.startswith("make setup: making .venv failed, for the reason above.")
