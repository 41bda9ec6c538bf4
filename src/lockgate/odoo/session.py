"""How does one sign in where no key exists yet? With a password, into a session like the web client's.

A session is for the first key alone: it is opened, the key is made, and it is closed again.
"""

from collections.abc import Mapping
from typing import Any

from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.budget import Budget
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.connection import Connection
from lockgate.odoo.calls.standard import by_position
from lockgate.odoo.client import Client, Server, User
from lockgate.odoo.credentials import Password
from lockgate.odoo.errors import DatabaseNotFound, NotAuthenticated
from lockgate.odoo.ways.http import Answer, Http
from lockgate.odoo.ways.pages import from_page
from lockgate.odoo.ways.translate import from_jsonrpc
from lockgate.odoo.ways.version import ask_version
from lockgate.odoo.ways.wire import from_json, to_json

_OK = 200
_SIGN_IN = Call("session", "authenticate")
_SIGN_OUT = Call("session", "destroy")


def sign_in(
    url: str, database: str, who: Password, *, allow_private: bool = False, timeout_seconds: float = 60
) -> Client:
    """Return a client in a session of its own; closing it signs out."""
    http = Http(url, allow_private=allow_private)
    try:
        version = ask_version(http, timeout=timeout_seconds)
        session = Session(http, timeout_seconds)
        uid = session.authenticate(database, who)
    except BaseException:
        http.close()
        raise
    connection = Connection(
        session, Role.BUILD, read_only=False, permit=None, timeout_seconds=timeout_seconds, budget=Budget()
    )
    return Client(connection, Server(http.url, database, version, session.name), User(uid, who.login))


class Session:
    """The way of the web client: a cookie tells who is asking."""

    name = "session"

    def __init__(self, http: Http, timeout_seconds: float) -> None:
        self._http = http
        self._timeout_seconds = timeout_seconds
        self._cookie = Secret("")

    def authenticate(self, database: str, who: Password) -> int:
        """Return the id of the user who is let in."""
        asked = {"db": database, "login": who.login, "password": who.password}
        try:
            found = self._post("/web/session/authenticate", asked, _SIGN_IN, self._timeout_seconds)
        except DatabaseNotFound as error:
            raise DatabaseNotFound(f"The server has no database {database!r}.", why=error.why, do=error.do) from None
        except NotAuthenticated:
            raise _not_let_in(who.login, database) from None
        if not found["uid"]:
            raise _second_factor(who.login)
        return int(found["uid"])

    def send(self, call: Call, *, timeout: float) -> Any:
        """Return the result of the call."""
        leading, named = by_position(call.method, call.args)
        placed = leading if call.ids is None else [call.ids, *leading]
        params = {
            "model": call.model,
            "method": call.method,
            "args": placed,
            "kwargs": {**named, "context": call.context},
        }
        return self._post("/web/dataset/call_kw", params, call, timeout)

    def close(self) -> None:
        """Sign out, so that the cookie is of no use to anyone."""
        try:
            self._post("/web/session/destroy", {}, _SIGN_OUT, self._timeout_seconds)
        finally:
            self._http.close()

    def _post(self, path: str, params: Mapping[str, Any], call: Call, timeout: float) -> Any:
        headers: dict[str, str | Secret] = {"Content-Type": "application/json", "Cookie": self._cookie}
        body = to_json({"jsonrpc": "2.0", "method": "call", "params": params})
        answer = self._http.post(path, body, headers, timeout=timeout)
        self._keep_cookie(answer)
        if answer.status != _OK or answer.kind != "application/json":
            raise from_page(answer, call)
        content = from_json(answer.body)
        if "error" in content:
            raise from_jsonrpc(content["error"], call)
        return content.get("result")

    def _keep_cookie(self, answer: Answer) -> None:
        cookie = answer.headers.get("set-cookie", "").partition(";")[0]
        if cookie.startswith("session_id="):  # Odoo gives a new one now and then
            self._cookie = Secret(cookie)


def _not_let_in(login: str, database: str) -> NotAuthenticated:
    return NotAuthenticated(
        f"Odoo does not let {login} into the database {database}.",
        why="The login or the password is wrong, or the user is archived.",
        do="Check both on Odoo's login page.",
    )


def _second_factor(login: str) -> NotAuthenticated:
    return NotAuthenticated(
        f"A password alone does not sign {login} in.",
        why="Odoo asks for a second factor.",
        do="Make the first key in Odoo: Preferences, Account Security, New API Key.",
    )
