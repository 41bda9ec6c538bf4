"""Is every page looked at in a browser? The routes are walked: a page that nobody looks at fails here."""

import re

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from support.tower_pages import FOR_ALL, NOT_LOOKED_AT, PAGES

NOWHERE = PAGES["not-there"]
ONLY_CHANGES = 405
FILLED = {"int": "1", "record": "GAP-1"}


def test_every_page_that_can_be_shown_is_looked_at_or_has_a_reason(browser_of):
    addresses = {address.partition("?")[0] for address in [*PAGES.values(), *FOR_ALL.values()]} - {NOWHERE}
    looked_at = {resolve(address).route for address in addresses}
    routes = {route for route in _walk(get_resolver().url_patterns) if not route.startswith("api/")}
    browser = browser_of("admin")

    forgotten = {one for one in routes - looked_at - NOT_LOOKED_AT.keys() if _answer(browser, one) != ONLY_CHANGES}

    assert (forgotten, NOT_LOOKED_AT.keys() - routes, NOT_LOOKED_AT.keys() & looked_at) == (set(), set(), set())


def _answer(browser, route):
    """Return how an address answers to being shown."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda part: FILLED.get(part[1], "x"), route)
    return browser.get(f"/{filled}").status_code


def _walk(patterns: list[URLPattern | URLResolver], above: str = ""):
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route
