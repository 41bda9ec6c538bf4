"""Who may do what? Every address is walked, and what names no entry of the policy fails here."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from lockgate.faces.web.page import OPERATION
from lockgate.faces.web.policy import may, table
from lockgate.faces.web.viewer import NOBODY, Held, Viewer
from lockgate.kernel.scope import PROGRAMME, Level, Scope

ALLAUTH = "account/"
"""Addresses of the sign-in library, which guards them itself."""
GHENT, LIEGE = Scope(Level.SITE, "ghent"), Scope(Level.SITE, "liege")
NORTH, SOUTH = Scope(Level.WAVE, "north"), Scope(Level.WAVE, "south")


def test_every_page_names_an_entry_of_the_policy():
    nameless = [route for route, view in _pages() if getattr(view, OPERATION, None) not in table()]

    assert nameless == []


def test_every_operation_of_the_api_names_an_entry_of_the_policy():
    from lockgate.tower.interface import api

    assert get_resolver().url_patterns  # which gathers the operations of all parts
    operations = [
        (f"{operation.methods[0]} {path}", operation.view_func)
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
    ]

    assert [name for name, view in operations if getattr(view, OPERATION, None) not in table()] == []
    assert operations


def test_what_is_not_in_the_table_is_nobody_s():  # P1
    everything = Viewer("ann", "Ann", (Held("sponsor"),), administrator=True)

    assert not may(everything, "gate.burn")


def test_the_policy_says_who_may_do_what_for_whom():  # P2, V1, V2
    anonymous, stranger = NOBODY, Viewer("eve", "Eve")
    here = Viewer("bob", "Bob", (Held("site-lead", frozenset({"ghent"})),), frozenset({"north"}))
    everywhere, keeper = Viewer("ann", "Ann", (Held("sponsor"),)), Viewer("ida", "Ida", administrator=True)
    asked = [
        (operation, scope)
        for operation in ("health.see", "account.keep", "gate.see", "people.manage")
        for scope in (PROGRAMME, GHENT, LIEGE, NORTH, SOUTH)
    ]

    allowed = {
        who.person: [(operation, str(scope)) for operation, scope in asked if may(who, operation, scope)]
        for who in (anonymous, stranger, here, everywhere, keeper)
    }

    every = ["programme", "site:ghent", "site:liege", "wave:north", "wave:south"]
    open_to_all = [("health.see", scope) for scope in every]
    with_account = [*open_to_all, *(("account.keep", scope) for scope in every)]
    assert allowed == {
        "": open_to_all,
        "eve": with_account,
        "bob": [*with_account, ("gate.see", "programme"), ("gate.see", "site:ghent"), ("gate.see", "wave:north")],
        "ann": [*with_account, *(("gate.see", scope) for scope in every)],
        "ida": [*with_account, *(("people.manage", scope) for scope in every)],
    }


def _pages() -> Iterator[tuple[str, Any]]:
    for route, view in _walk(get_resolver().url_patterns):
        ours = getattr(view, "__module__", "").startswith("lockgate.")
        if ours or not route.startswith((ALLAUTH, "api/")):
            yield route, view


def _walk(patterns: list[URLPattern | URLResolver], above: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern.callback
