from dataclasses import replace
from pathlib import Path

import pytest

from lockgate.app.discovery import Catalogue, Clash
from lockgate.app.doctor import checks
from lockgate.app.doctor.checks import Check, Purpose, State, install, weigh
from lockgate.app.doctor.facts import Folder, Java, Machine
from lockgate.kernel.practice import Practice
from lockgate.programme.installed import Broken, Found

APT_INSTALL = "apt-get install --no-install-recommends"
ROOMY = 50_000_000_000
GOOD = Machine(
    python=(3, 12, 1),
    executable="/venv/bin/python",
    root=False,
    programs={"apt-get": "/usr/bin/apt-get", "dpkg": "/usr/bin/dpkg", "git": "/usr/bin/git", "sudo": "/usr/bin/sudo"},
    modules=frozenset({"venv", "ensurepip"}),
    browser="/usr/bin/chromium",
    java=Java("/usr/bin/java", 17),
    folders=tuple(
        Folder(use, Path("/home/ada") / use, writable=True, free_bytes=ROOMY) for use in ("cache", "data", "state")
    ),
    free_memory_bytes=8_000_000_000,
    encoding="utf-8",
    extras={"data": (), "mcp": ()},
)


def results(machine, checking=None):
    chosen = checks.CHECKS if checking is None else (checking,)
    return [check for one in chosen for check in one(machine)]


def bad(machine, checking=None):
    return [(check.name, check.state, check.found, check.do) for check in results(machine, checking) if check.do]


def test_a_machine_that_has_everything_is_ok_throughout():
    found = results(GOOD)
    assert {check.state for check in found} == {State.OK}
    assert [check.name for check in found] == [
        "python",
        "git",
        "cache folder",
        "data folder",
        "state folder",
        "letters",
        "practices",
        "python venv",
        "cache disk",
        "data disk",
        "memory",
        "chromium",
        "java",
        "extra data",
        "extra mcp",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"python": (3, 10, 9)},
            (
                "python",
                State.MISSING,
                "3.10.9 at /venv/bin/python",
                "Install Python 3.11 or newer, and Lockgate with it",
            ),
        ),
        (
            {"programs": {"apt-get": "/usr/bin/apt-get", "sudo": "/usr/bin/sudo"}},
            ("git", State.MISSING, "not found", f"sudo {APT_INSTALL} git"),
        ),
        (
            {"modules": frozenset({"venv"})},
            (
                "python venv",
                State.MISSING,
                "without ensurepip",
                f"sudo {APT_INSTALL} python3.12-venv",
            ),
        ),
        ({"encoding": "ANSI_X3.4-1968"}, ("letters", State.WARN, "ANSI_X3.4-1968", "export LC_ALL=C.UTF-8")),
        (
            {"free_memory_bytes": 500_000_000},
            ("memory", State.WARN, "0.5 GB free", "End other programs: a lab runs best with 1.5 GB free"),
        ),
        (
            {"browser": None},
            (
                "chromium",
                State.MISSING,
                "not found",
                f"sudo {APT_INSTALL} chromium fonts-dejavu-core; without root: playwright install chromium",
            ),
        ),
        (
            {"java": Java("/opt/java-11/bin/java", 11)},
            (
                "java",
                State.MISSING,
                "11 at /opt/java-11/bin/java",
                f"sudo {APT_INSTALL} default-jre-headless; 17 or newer, named by JAVA_HOME or on the path",
            ),
        ),
        (
            {"extras": {"data": ("polars", "duckdb")}},
            ("extra data", State.MISSING, "without polars, duckdb", "/venv/bin/python -m pip install 'lockgate[data]'"),
        ),
    ],
)
def test_what_is_missing_says_how_to_get_it(change, expected):  # R3
    assert bad(replace(GOOD, **change)) == [expected]


def test_a_folder_that_can_not_be_written_to_is_missing():
    folder = Folder("data", Path("/readonly"), writable=False, free_bytes=ROOMY)
    do = "Make /readonly writable, or set XDG_DATA_HOME to a folder that is"
    found = "/readonly, 50.0 GB free, not writable"
    assert bad(replace(GOOD, folders=(folder,))) == [("data folder", State.MISSING, found, do)]


def test_a_full_disk_is_missing_for_lockgate_and_a_small_one_for_the_lab():
    full = Folder("cache", Path("/small"), writable=True, free_bytes=10_000_000)
    small = Folder("data", Path("/small"), writable=True, free_bytes=1_000_000_000)
    names = [(check.name, check.needed_for) for check in results(replace(GOOD, folders=(full, small))) if check.do]
    assert names == [
        ("cache folder", Purpose.LOCKGATE),
        ("cache disk", Purpose.LAB),
        ("data disk", Purpose.LAB),
    ]


def test_where_nobody_can_say_how_much_memory_is_free_nothing_is_said():
    machine = replace(GOOD, free_memory_bytes=None)
    assert [check.name for check in results(machine, checks.room_for_a_lab)] == ["cache disk", "data disk"]


def test_practices_that_are_broken_or_hidden_are_named():
    catalogue = Catalogue(
        practices=(Found(Practice("gates", "Open?"), "lockgate 0.1"), Found(Practice("hello", "Who?"), "hello 1.0")),
        broken=(Broken("odd", "odd 2.0", ImportError("no polars")),),
        clashes=(Clash("lab", "lockgate", "thief 1.0"),),
    )
    assert results(replace(GOOD, catalogue=catalogue), checks.practices) == [
        Check("practices", State.OK, "gates, hello", Purpose.LOCKGATE),
        Check(
            "practice odd",
            State.WARN,
            "ImportError: no polars",
            Purpose.LOCKGATE,
            "Repair, update or remove the package odd 2.0",
        ),
        Check(
            "verb lab",
            State.WARN,
            "offered by lockgate and thief 1.0; the first is used",
            Purpose.LOCKGATE,
            "Remove one of the packages lockgate and thief 1.0",
        ),
    ]


APT = {"apt-get": "/usr/bin/apt-get"}


@pytest.mark.parametrize(
    ("root", "programs", "do"),
    [
        (True, APT, f"{APT_INSTALL} git"),
        (False, {**APT, "sudo": "/usr/bin/sudo"}, f"sudo {APT_INSTALL} git"),
        (False, APT, f"Ask an administrator to run: {APT_INSTALL} git"),
        (True, {}, "Install git with this system's package manager"),
    ],
)
def test_the_command_is_the_one_that_whoever_asks_can_run(root, programs, do):  # R3
    assert install(replace(GOOD, root=root, programs=programs), "git") == do


def lacking(purpose):
    return Check(f"for {purpose}", State.MISSING, "not found", purpose, "get it")


ALL = (lacking(Purpose.LOCKGATE), lacking(Purpose.LAB), lacking(Purpose.DATA))


@pytest.mark.parametrize(
    ("asked", "states"),
    [
        (None, {"for lockgate": State.MISSING, "for lab": State.WARN, "for data": State.WARN}),
        (Purpose.LOCKGATE, {"for lockgate": State.MISSING}),
        (Purpose.LAB, {"for lockgate": State.MISSING, "for lab": State.MISSING}),
        (Purpose.ALL, {"for lockgate": State.MISSING, "for lab": State.MISSING, "for data": State.MISSING}),
    ],
)
def test_only_what_is_asked_for_is_required(asked, states):  # R1, R2
    assert {check.name: check.state for check in weigh(ALL, asked)} == states


def test_what_is_a_warning_stays_one():
    warning = Check("letters", State.WARN, "ascii", Purpose.LAB, "do")
    assert weigh([warning], Purpose.ALL) == (warning,)
