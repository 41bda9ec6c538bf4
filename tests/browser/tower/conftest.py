"""The tower in a real browser: a server on the filled sample, and somebody signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from support import house, sample
from support.tower import PASSWORD, Tower, free_port, start

LEFT = (
    "Failed to load resource",
    "Response Status Error Code",
    "htmx:afterRequest",
    "htmx:sendError",
    "htmx:sendAbort",
)
"""What a page says when it is left, or refused something."""


@pytest.fixture(scope="session")
def house_port() -> int:
    """Where the identity provider of the house is, once it runs."""
    return free_port()


@pytest.fixture(scope="session")
def tower(tmp_path_factory: pytest.TempPathFactory, house_port: int) -> Iterator[Tower]:
    """A server, for all tests of the run; it asks the house only when somebody wants to come in that way."""
    single_sign_on = {
        "LOCKGATE_OIDC_URL": f"http://127.0.0.1:{house_port}",
        "LOCKGATE_OIDC_NAME": "Sign in with the house",
        "LOCKGATE_OIDC_CLIENT_ID": house.CLIENT,
        "LOCKGATE_OIDC_SECRET": house.SECRET,
    }
    running = start(sample.filled(tmp_path_factory), tmp_path_factory.mktemp("tower"), **single_sign_on)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def states(browser: Browser, tower: Tower, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Where the cookies of a person lie, who comes in by a link when first asked for."""
    folder, known = tmp_path_factory.mktemp("cookies"), dict[str, Path]()

    def of(person: str) -> Path:
        if person not in known:
            link = tower.first_link if person == "admin" else tower.link(person)
            context = browser.new_context()
            page = context.new_page()
            page.goto(link)
            page.fill("[name=name]", person.title())
            page.fill("[name=password]", PASSWORD)
            page.click("button.main")
            page.wait_for_url(f"{tower.url}/")
            known[person] = folder / f"{person}.json"
            context.storage_state(path=known[person])
            context.close()
        return known[person]

    return of


@pytest.fixture(scope="module")
def own_window(browser: Browser, tower: Tower, states: Callable[[str], Path]) -> Iterator[tuple[Page, list[str]]]:
    """A window of the administrator for all tests of a file, and what went wrong in it."""
    faults: list[str] = []
    context = browser.new_context(base_url=tower.url, storage_state=states("admin"))
    yield _watched(context, faults), faults
    context.close()


@pytest.fixture
def desk(own_window: tuple[Page, list[str]]) -> Iterator[Page]:
    """The administrator's window; what goes wrong in it fails the test."""
    page, faults = own_window
    page.emulate_media(media="screen", color_scheme="light", forced_colors="none", reduced_motion="no-preference")
    page.set_viewport_size({"width": 1440, "height": 900})
    faults.clear()
    yield page
    assert faults == []


@pytest.fixture
def sit_down(browser: Browser, tower: Tower, states: Callable[[str], Path]) -> Iterator[Callable[..., Page]]:
    """Give a person a window; the test fails when a script of a page fails or the content policy stops something."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_window(person: str, **looks) -> Page:
        context = browser.new_context(
            base_url=tower.url, storage_state=states(person), **{"viewport": {"width": 1440, "height": 900}, **looks}
        )
        contexts.append(context)
        return _watched(context, faults)

    yield open_window
    for context in contexts:
        context.close()
    assert faults == []


def _watched(context: BrowserContext, faults: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda said: faults.append(f"{page.url}: {said.text}") if _grave(said) else None)
    return page


def _grave(said) -> bool:
    """Return whether a page says that something of it is wrong.

    A refused request is the test's own business, and one that is under way when the page is left comes to nothing.
    """
    return said.type == "error" and not said.text.startswith(LEFT)
