import sys
from importlib.metadata import metadata

import pytest

from lockgate.app.discovery import Catalogue
from lockgate.app.doctor.checks import Purpose
from lockgate.app.doctor.facts import Java, _extras, java, look


def test_the_look_at_this_machine_sees_what_runs_here(home, monkeypatch):
    monkeypatch.setenv("LOCKGATE_CHROMIUM", "/opt/chromium")
    machine = look(Catalogue())
    assert (machine.executable, machine.python) == (sys.executable, sys.version_info[:3])
    assert machine.browser == "/opt/chromium"
    assert {folder.use: folder.path for folder in machine.folders} == {
        use: home / use / "lockgate" for use in ("cache", "data", "state")
    }
    assert {folder.writable for folder in machine.folders} == {True}


def test_looking_creates_nothing(home):
    look(Catalogue())
    assert list(home.iterdir()) == []


def test_a_folder_below_a_file_is_not_writable(home):
    (home / "state").write_text("a file where a folder should be")
    state = next(folder for folder in look(Catalogue()).folders if folder.use == "state")
    assert state.writable is False


@pytest.mark.parametrize("where", ["on the path", "by playwright"])
def test_a_browser_is_found_on_the_path_or_where_playwright_puts_it(home, monkeypatch, where):
    monkeypatch.delenv("LOCKGATE_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(home / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(home / "fetched"))
    browser = {
        "on the path": home / "bin" / "google-chrome",
        "by playwright": home / "fetched" / "chromium-1" / "chrome-linux" / "chrome",
    }[where]
    assert look(Catalogue()).browser is None
    browser.parent.mkdir(parents=True)
    browser.touch(mode=0o755)
    assert look(Catalogue()).browser == str(browser)


def test_java_is_found_at_its_home_or_on_the_path_with_its_version(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert (java(None), java(str(tmp_path))) == (None, None)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch(mode=0o755)
    found = str(tmp_path / "bin" / "java")
    assert java(None) == java(str(tmp_path)) == Java(found, None)
    (tmp_path / "release").write_text('IMPLEMENTOR="Somebody"\nJAVA_VERSION="21.0.2"\n')
    assert java(None) == Java(found, 21)


def test_extras_are_read_from_the_metadata():
    lines = [
        "rich>=14",
        "pytest>=1; extra == 'data'",
        'no-such-package[more]>=2; extra == "data"',
        "no-such-thing; python_version > '3' and extra == 'spark'",
    ]
    assert _extras(lines) == {"data": ("no-such-package",), "spark": ("no-such-thing",)}


def test_every_extra_of_lockgate_is_a_purpose_one_can_ask_for():
    extras = metadata("lockgate").get_all("Provides-Extra") or []
    assert {Purpose(extra).value for extra in extras} == set(extras)
    assert set(look(Catalogue()).extras) == set(extras)
