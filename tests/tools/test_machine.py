"""Is what a tier needs asked of the doctor?"""

import pytest

import machine


@pytest.fixture
def without(monkeypatch, tmp_path):
    """A machine without programs, and without a browser that was fetched."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.delenv(machine.CHROMIUM_VARIABLE, raising=False)
    return monkeypatch


def test_what_a_purpose_lacks_comes_with_how_to_get_it_and_nothing_else_does(without):
    (chromium,) = machine.lacks("browser")
    assert chromium == (
        "chromium: not found; do: Install chromium fonts-dejavu-core with this system's package manager;"
        " without root: playwright install chromium"
    )


def test_the_chromium_that_is_named_is_taken(without):
    without.setenv(machine.CHROMIUM_VARIABLE, "/opt/my/chromium")
    assert machine.chromium() == "/opt/my/chromium"
    assert machine.lacks("browser") == []


def test_without_chromium_and_apt_there_is_none(without):
    assert machine.chromium() is None
