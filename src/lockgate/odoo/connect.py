"""How does Lockgate find its way into an Odoo? It asks the server what it is, takes the best way and tries the key.

R1  An API key on Odoo 19 or later speaks JSON-2. All else speaks JSON-RPC, and where that is missing, XML-RPC.
R2  Nothing is tried twice here: a wrong address should be told at once.
"""

from collections.abc import Callable
from typing import Any

from lockgate.kernel.instance import Role
from lockgate.odoo.calls.budget import Budget
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.connection import Connection
from lockgate.odoo.calls.policy import Permit
from lockgate.odoo.calls.transport import Transport
from lockgate.odoo.client import Client, Server, User
from lockgate.odoo.credentials import ApiKey, Credentials, Password
from lockgate.odoo.errors import AccessDenied, BadCall, DatabaseNotFound, NotAuthenticated, NotJson, OdooError
from lockgate.odoo.ways import jsonrpc, xmlrpc
from lockgate.odoo.ways.http import Http
from lockgate.odoo.ways.json2 import Json2
from lockgate.odoo.ways.jsonrpc import JsonRpc
from lockgate.odoo.ways.pages import which_database
from lockgate.odoo.ways.version import ask_version
from lockgate.odoo.ways.wire import from_json
from lockgate.odoo.ways.xmlrpc import XmlRpc

JSON2_FROM = (19, 0)
_LOGIN = Call("common", "authenticate")
_WHO_AM_I = Call("res.users", "context_get")


def connect(
    url: str,
    database: str,
    credentials: Credentials,
    *,
    role: Role = Role.BUILD,
    read_only: bool = False,
    permit: Permit | None = None,
    allow_private: bool = False,
    timeout_seconds: float = 60,
    budget_seconds: float | None = None,
    transport: str | None = None,
) -> Client:
    """Return a client of this database, speaking for the user of these credentials.

    `timeout_seconds` is for each call, `budget_seconds` for all of them together. `transport` forces `json2`,
    `jsonrpc` or `xmlrpc`.
    """
    budget = Budget(budget_seconds)
    http = Http(url, allow_private=allow_private)
    try:
        timeout = min(timeout_seconds, budget.left())
        version = ask_version(http, timeout=timeout)
        carrier, user = _way_in(http, database, credentials, _choices(version, credentials, transport), timeout)
    except DatabaseNotFound as error:
        raise which_database(error, database, _databases(http, timeout_seconds)) from None
    except BaseException:
        http.close()
        raise
    connection = Connection(carrier, role, read_only, permit, timeout_seconds, budget)
    return Client(connection, Server(http.url, database, version, carrier.name), user)


_Way = Callable[[Http, str, Credentials, float], tuple[Transport, User]]


def _choices(version: tuple[int, int], credentials: Credentials, forced: str | None) -> list[_Way]:
    """Return the ways in, the best first (R1)."""
    if forced is not None and forced not in _WAYS:
        raise BadCall(f"There is no transport {forced!r}.", do=f"Choose one of {', '.join(_WAYS)}.")
    if forced is not None:
        return [_WAYS[forced]]
    if version >= JSON2_FROM and isinstance(credentials, ApiKey):
        return [_by_json2]
    return [_by_jsonrpc, _by_xmlrpc]


def _way_in(
    http: Http, database: str, credentials: Credentials, ways: list[_Way], timeout: float
) -> tuple[Transport, User]:
    for way in ways[:-1]:
        try:
            return way(http, database, credentials, timeout)
        except NotJson:
            continue  # this server does not have that way
    return ways[-1](http, database, credentials, timeout)


def _by_json2(http: Http, database: str, credentials: Credentials, timeout: float) -> tuple[Transport, User]:
    if isinstance(credentials, Password):
        raise BadCall("JSON-2 takes no password.", do="Give an API key, or leave the choice of the transport out.")
    carrier = Json2(http, database, credentials)
    uid = _uid(carrier.send(_WHO_AM_I, timeout=timeout))
    return carrier, User(uid, credentials.login or _login(carrier, uid, timeout))


def _uid(found: Any) -> int:
    uid = found.get("uid") if isinstance(found, dict) else None
    if type(uid) is not int:
        raise NotJson("The server does not say who is asking.", do="Check the address: it should be Odoo's own.")
    return uid


def _login(carrier: Transport, uid: int, timeout: float) -> str:
    try:
        return str(carrier.send(Call("res.users", "read", (uid,), {"fields": ["login"]}), timeout=timeout)[0]["login"])
    except AccessDenied:
        return f"user {uid}"  # some users may not even read themselves


def _by_jsonrpc(http: Http, database: str, credentials: Credentials, timeout: float) -> tuple[Transport, User]:
    uid, login = _known_user(http, database, credentials, jsonrpc.ask, timeout)
    return JsonRpc(http, database, uid, credentials.secret), User(uid, login)


def _by_xmlrpc(http: Http, database: str, credentials: Credentials, timeout: float) -> tuple[Transport, User]:
    uid, login = _known_user(http, database, credentials, xmlrpc.ask, timeout)
    return XmlRpc(http, database, uid, credentials.secret), User(uid, login)


_WAYS: dict[str, _Way] = {"json2": _by_json2, "jsonrpc": _by_jsonrpc, "xmlrpc": _by_xmlrpc}


def _known_user(
    http: Http, database: str, credentials: Credentials, ask: Callable[..., Any], timeout: float
) -> tuple[int, str]:
    """Return the id and login of the user, as a server says that wants both with every call."""
    if credentials.login is None:
        return _user_of_key(http, database, credentials, timeout)
    args = [database, credentials.login, credentials.secret, {}]
    uid = ask(http, "common", "authenticate", args, _LOGIN, timeout=timeout)
    if not uid:
        raise NotAuthenticated(
            f"Odoo does not accept the credentials of {credentials.login}.",
            why="The login, the password or the key is wrong, expired or revoked.",
            do="Check them; with two-factor login only an API key is accepted.",
        )
    return _uid({"uid": uid}), credentials.login


def _user_of_key(http: Http, database: str, credentials: Credentials, timeout: float) -> tuple[int, str]:
    """Only JSON-2 can tell whose key it is."""
    try:
        _, user = _by_json2(http, database, credentials, timeout)
    except (NotJson, DatabaseNotFound) as error:
        raise NotAuthenticated(
            "The login of the key's user is missing.",
            why="Before Odoo 19 a key is accepted with its user's login alone.",
            do="Give the login beside the key.",
        ) from error
    return user.uid, user.login


def _databases(http: Http, timeout: float) -> list[str]:
    """Return the names of the databases, nothing where the server keeps them to itself."""
    body = b'{"jsonrpc":"2.0","method":"call","params":{}}'
    try:
        answer = http.post("/web/database/list", body, {"Content-Type": "application/json"}, timeout=timeout)
        return [str(name) for name in from_json(answer.body)["result"]]
    except (OdooError, KeyError, TypeError):
        return []
    finally:
        http.close()
