"""A real browser on the live Odoo."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from support.live import LiveLab, bring_up

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def lab() -> Iterator[LiveLab]:
    """The tests' lab, running, with a database of its own for this run."""
    live = bring_up()
    yield live
    live.lab.drop(live.database)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, without a screen."""
    installed = (found for name in CHROMIUM if (found := shutil.which(name)))
    program = os.environ.get("LOCKGATE_CHROMIUM") or next(installed, None)
    if program is None:
        pytest.fail("No Chromium on this machine. On Debian, as root: apt-get install chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=[*quiet, "--disable-component-update"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; it fails the test when a script of it fails."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []
