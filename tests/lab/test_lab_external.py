"""An Odoo that exists, used as the lab: asked who it is over the real client, and left as it is."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def lockgate(tmp_path):
    """Run the real program with folders of its own."""

    def run(*words, **environment):
        return subprocess.run(
            [sys.executable, "-m", "lockgate", "lab", *words],
            env={**os.environ, "XDG_DATA_HOME": str(tmp_path), "NO_COLOR": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def up(lockgate, live, **changes):
    asked = {"url": live.url, "database": live.database, "login": live.login} | changes
    options = [word for name, value in asked.items() for word in (f"--{name}", value)]
    return lockgate("up", "--provider", "external", *options, "--json", LOCKGATE_ODOO_API_KEY=live.api_key)


def test_an_odoo_that_exists_is_the_lab_until_it_is_forgotten(lockgate, lab):
    said = json.loads(up(lockgate, lab).stdout)
    assert (said["provider"], said["url"], said["database"], said["version"]) == (
        "external",
        lab.url,
        lab.database,
        "19.0",
    )
    assert {name: found["ready"] for name, found in said["capabilities"].items()}["Quality"] is True
    again = lockgate("status", "--json")
    assert (again.returncode, json.loads(again.stdout)) == (0, said)
    assert lockgate("down").returncode == 0
    gone = lockgate("status")
    assert (gone.returncode, gone.stdout) == (4, "")
    assert "There is no lab yet." in gone.stderr


def test_what_is_not_ours_is_refused(lockgate, lab):
    up(lockgate, lab)
    refused = [lockgate(*words) for words in (("clone", "a"), ("drop", "a", "--yes"), ("reset", "--yes"), ("shell",))]
    assert [done.returncode for done in refused] == [5, 5, 5, 5]
    assert "belong to whoever runs that Odoo" in refused[0].stderr


def test_a_wrong_key_is_told_and_nothing_is_remembered(lockgate, lab, tmp_path):
    options = ["--url", lab.url, "--database", lab.database, "--login", lab.login]
    done = lockgate("up", "--provider", "external", *options, LOCKGATE_ODOO_API_KEY="0" * 40)
    assert done.returncode == 5
    assert "0" * 40 not in done.stdout + done.stderr
    assert not (tmp_path / "lockgate/lab/external.json").exists()


def test_a_database_that_is_not_there_is_told_with_those_that_are(lockgate, lab):
    done = up(lockgate, lab, database="no-such-database")
    assert done.returncode == 4
    assert "no-such-database" in done.stderr
