"""Does a list of three rows ask the database as often as one of one row? Every route of a page is walked."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lockgate.app.main import run
from support.recorded import measured, record

Grow = Callable[[Path, int], object]
"""Adds one more row to a list."""


def _raise(register: str, *values: str) -> Grow:
    def grow(root: Path, number: int) -> None:
        said = (f"title=Number {number}", "owner=bart", *values)
        assert run(("register", "raise", register, *said, "--by", "bart", "--workspace", str(root))) == 0

    return grow


def _measure(root: Path, number: int) -> None:
    record(root, measured(subject={"scenario": f"otc-{number}"}, inputs={"template": "0" * 64}))


def _fail(root: Path, number: int) -> None:
    from lockgate.tower.runs.models import Run, State

    about = {"verb": "gate.sweep", "asked_by": "bart", "says": f"Number {number}"}
    Run.objects.create(state=State.FAILED, asked_at=datetime.now(UTC), ended_at=datetime.now(UTC), **about)


def _join(root: Path, number: int) -> None:
    from lockgate.tower.people.models import Account

    Account.objects.create(person=f"number-{number}", name=f"Number {number}", joined_at=datetime.now(UTC))


def _define(root: Path, number: int) -> None:
    (root / "programme" / f"number-{number}.yaml").write_text("{}", encoding="utf-8")


LISTS: dict[str, tuple[str, Grow]] = {
    "": ("/", _raise("risk")),
    "evidence/": ("/evidence/", _measure),
    "gate/": ("/gate/", _measure),
    "instance/": ("/instance/", _measure),
    "notice/": ("/notice/", _fail),
    "notice/count/": ("/notice/count/", _fail),
    "people/": ("/people/", _join),
    "person/": ("/person/", _join),
    "programme/calendar/": ("/programme/calendar/?month=2026-12", _raise("issue", "due=2026-12-09")),
    "programme/calendar.ics": ("/programme/calendar.ics", _raise("issue", "due=2026-12-09")),
    "raid/": ("/raid/", _raise("risk")),
    "record/options/": ("/record/options/?q=number", _raise("risk")),
    "register/": ("/register/", _raise("risk")),
    "register/<slug:register>/": ("/register/risk/", _raise("risk")),
    "register/<slug:register>/board/": ("/register/risk/board/", _raise("risk")),
    "register/<slug:register>/export.<slug:ending>": ("/register/risk/export.csv", _raise("risk")),
    "rerun/": ("/rerun/", _measure),
    "run/": ("/run/", _fail),
    "search/": ("/search/?q=number", _raise("risk")),
    "search/results/": ("/search/results/?q=number", _raise("risk")),
    "task/": ("/task/", _raise("risk")),
    "people/export.<slug:ending>": ("/people/export.csv", _join),
    "gate/export.<slug:ending>": ("/gate/export.csv", _measure),
    "workspace/": ("/workspace/", _define),
}
"""Route → where it is asked, and what adds a row to it."""
SINGLE = {
    "account/", "account/key/", "account/key/<int:number>/revoke/", "account/lend/",
    "account/lend/<int:number>/take/", "account/notice/", "account/theme/",
    "artifact/<str:digest>/", "artifact/<str:digest>/content/", "artifact/<str:digest>/sealed/",
    "checkpoint/", "checkpoint/note/", "evidence/<int:number>/", "evidence/<int:number>/verify/",
    "gate/<str:key>/<str:scope>/", "gate/<str:key>/<str:scope>/decide/", "gate/<str:key>/<str:scope>/emergency/",
    "gate/<str:key>/<str:scope>/fulfil/", "gate/<str:key>/<str:scope>/sign-off/", "gate/<str:key>/<str:scope>/waive/",
    "healthz", "help/", "help/pictures/<str:name>", "help/<path:name>", "join/<str:secret>/", "people/<str:person>/",
    "people/<str:person>/<slug:act>/", "people/<str:person>/invite/",
    "people/<str:person>/key/<int:number>/revoke/", "people/<str:person>/role/",
    "people/<str:person>/role/<int:number>/take/", "people/<str:person>/second-factor/", "readyz",
    "register/<slug:register>/<record:record>/", "register/<slug:register>/<record:record>/attach/",
    "register/<slug:register>/<record:record>/cell/<slug:field>/",
    "register/<slug:register>/<record:record>/comment/", "register/<slug:register>/<record:record>/do/<slug:step>/",
    "register/<slug:register>/<record:record>/edit/", "register/<slug:register>/<record:record>/file/<slug:digest>/",
    "register/<slug:register>/<record:record>/link/", "register/<slug:register>/<record:record>/tag/",
    "register/<slug:register>/import/", "register/<slug:register>/import/now/", "register/<slug:register>/new/",
    "run/<int:number>/", "run/<int:number>/cancel/", "run/<int:number>/resume/", "run/start/", "settings/",
    "settings/mail/", "styleguide/", "workspace/<path:name>",
    "^account/oidc/(?P<provider_id>[^/]+)/login/$", "^account/oidc/(?P<provider_id>[^/]+)/login/callback/$",
}  # fmt: skip
"""Routes of one thing, of a form, or of what is answered with another page."""


def _routes() -> set[str]:
    """Every route of the tower's own pages; practices have tests of their own lists."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(patterns: list[URLPattern | URLResolver], above: str = "") -> set[str]:
        found: set[str] = set()
        for one in patterns:
            route = above + str(one.pattern)
            if isinstance(one, URLResolver):
                found |= walk(one.url_patterns, route)
            elif getattr(one.callback, "__module__", "").startswith("lockgate.tower."):
                found.add(route)
        return {route for route in found if not route.startswith("api/")}

    return walk(get_resolver().url_patterns)


def test_every_route_is_a_list_or_says_that_it_is_none():
    assert _routes() == {*LISTS, *SINGLE}


@pytest.mark.parametrize("route", LISTS)
def test_a_list_of_one_and_of_three_asks_the_database_as_often(route, programme, browser_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address, grow = LISTS[route]
    bart = browser_of("bart", administrator=True)

    def asked() -> int:
        bart.get(address)  # what is found once for all who ask has been found
        with CaptureQueriesContext(connection) as queries:
            assert bart.get(address).status_code == 200
        return len(queries)

    grow(programme, 1)
    one = asked()
    grow(programme, 2)
    grow(programme, 3)

    assert asked() == one
