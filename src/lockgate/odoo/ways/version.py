"""Which Odoo is it? The server is asked in the three ways that its versions know."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from lockgate.odoo.calls.call import Call
from lockgate.odoo.errors import NotJson, OdooError, WrongVersion
from lockgate.odoo.ways import jsonrpc, xmlrpc
from lockgate.odoo.ways.http import Http
from lockgate.odoo.ways.pages import from_page
from lockgate.odoo.ways.wire import from_json

OLDEST = (14, 0)
_OK = 200
_ASKED = Call("common", "version")


def ask_version(http: Http, *, timeout: float) -> tuple[int, int]:
    """Return the version of the Odoo that answers, or raise what is in the way."""
    ways: Sequence[Callable[[], Any]] = (
        lambda: _page(http, timeout)["version_info"],
        lambda: jsonrpc.ask(http, "common", "version", [], _ASKED, timeout=timeout)["server_version_info"],
        lambda: xmlrpc.ask(http, "common", "version", [], _ASKED, timeout=timeout)["server_version_info"],
    )
    first: OdooError | None = None
    for way in ways:
        try:
            return _supported(http, _numbers(way()))
        except (NotJson, KeyError, TypeError, ValueError) as error:
            first = first or (error if isinstance(error, OdooError) else _strange(http))
    raise first or _strange(http)


def _page(http: Http, timeout: float) -> Any:
    answer = http.get("/web/version", timeout=timeout)
    if answer.status != _OK or answer.kind != "application/json":
        raise from_page(answer)
    return from_json(answer.body)


def _numbers(info: Sequence[Any]) -> tuple[int, int]:
    """Odoo Online says `["saas~18", 2, …]`."""
    major, minor = (int(re.sub(r"\D", "", str(part))) for part in info[:2])
    return major, minor


def _supported(http: Http, version: tuple[int, int]) -> tuple[int, int]:
    if version < OLDEST:
        raise WrongVersion(
            f"{http.url} is Odoo {version[0]}.{version[1]}, which is too old.",
            why=f"Lockgate speaks to Odoo {OLDEST[0]} and later.",
            do="Upgrade that Odoo, or load from its export.",
        )
    return version


def _strange(http: Http) -> NotJson:
    return NotJson(
        f"{http.url} answers, but does not say which version of Odoo it is.",
        do="Check the address: it should be Odoo's own.",
    )
