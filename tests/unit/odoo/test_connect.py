"""Servers that are not the Odoo one hoped for; the real ones are in tests/odoo."""

import json
import xmlrpc.client

import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey, Password
from lockgate.odoo.errors import (
    AddressRefused,
    BadCall,
    DatabaseNotFound,
    NotAuthenticated,
    NotJson,
    TimedOut,
    Unreachable,
    WrongVersion,
)

KEY = ApiKey(Secret("a-key-of-the-tests"))
PASSWORD = Password("admin", Secret("a-password-of-the-tests"))
MISSING = (404, {"Content-Type": "text/html"}, b"<title>404 Not Found</title>")


def json_reply(value, status=200):
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()


def xml_reply(value):
    return 200, {"Content-Type": "text/xml"}, xmlrpc.client.dumps((value,), methodresponse=True).encode()


def older_odoo(version, *, jsonrpc=True, xmlrpc_too=True):
    """An Odoo before 19 with one user (7), as far as connecting and one search needs it."""

    def execute(service, method, args):
        if (service, method) == ("common", "version"):
            return {"server_version_info": version}
        if (service, method) == ("common", "authenticate"):
            return 7 if args[2] == PASSWORD.password.reveal() else False
        return [args[1], args[4], args[5]]

    def respond(method, path, body):
        if path == "/jsonrpc" and jsonrpc:
            asked = json.loads(body)["params"]
            return json_reply({"result": execute(asked["service"], asked["method"], asked["args"])})
        if path.startswith("/xmlrpc/") and xmlrpc_too:
            args, called = xmlrpc.client.loads(body)
            return xml_reply(execute(path.rpartition("/")[2], called, args))
        return MISSING

    return respond


@pytest.mark.parametrize(
    ("version", "known_as"),
    [([14, 0, 0, "final", 0, ""], (14, 0)), ([18, 0, 0, "final", 0, "e"], (18, 0)), (["saas~18", 2, 0], (18, 2))],
)
def test_an_older_odoo_is_spoken_to_over_jsonrpc(serve, version, known_as):
    with connect(serve(older_odoo(version)).url, "db", PASSWORD, allow_private=True) as odoo:
        assert (odoo.server.version, odoo.server.transport, odoo.uid, odoo.login) == (known_as, "jsonrpc", 7, "admin")
        assert odoo.search("res.partner") == [7, "search", [[]]]


def test_an_older_odoo_without_jsonrpc_is_spoken_to_over_xmlrpc(serve):
    site = serve(older_odoo([14, 0, 0, "final", 0, ""], jsonrpc=False))
    with connect(site.url, "db", PASSWORD, allow_private=True) as odoo:
        assert (odoo.server.transport, odoo.uid) == ("xmlrpc", 7)
        assert odoo.search("res.partner") == [7, "search", [[]]]


def test_a_key_on_an_older_odoo_needs_its_login(serve):
    site = serve(older_odoo([17, 0, 0, "final", 0, ""]))
    with pytest.raises(NotAuthenticated) as error:
        connect(site.url, "db", KEY, allow_private=True)
    assert error.value.what == "The login of the key's user is missing."


def test_a_key_with_its_login_serves_as_the_password_of_an_older_odoo(serve):
    site = serve(older_odoo([17, 0, 0, "final", 0, ""]))
    key = ApiKey(PASSWORD.password, "admin")
    with connect(site.url, "db", key, allow_private=True) as odoo:
        assert odoo.uid == 7


@pytest.mark.parametrize("jsonrpc", [True, False])
def test_a_wrong_password_is_told(serve, jsonrpc):
    site = serve(older_odoo([17, 0, 0, "final", 0, ""], jsonrpc=jsonrpc))
    with pytest.raises(NotAuthenticated) as error:
        connect(site.url, "db", Password("admin", Secret("wrong-password")), allow_private=True)
    assert error.value.what == "Odoo does not accept the credentials of admin."


@pytest.mark.parametrize("jsonrpc", [True, False])
def test_an_odoo_that_is_too_old_is_told(serve, jsonrpc):
    site = serve(older_odoo([13, 0, 0, "final", 0, ""], jsonrpc=jsonrpc))
    with pytest.raises(WrongVersion) as error:
        connect(site.url, "db", PASSWORD, allow_private=True)
    assert error.value.lines() == (
        f"{site.url} is Odoo 13.0, which is too old.",
        "Lockgate speaks to Odoo 14 and later.",
        "Upgrade that Odoo, or load from its export.",
    )


def test_a_page_in_place_of_odoo_is_told(serve):
    page = (200, {"Content-Type": "text/html"}, b"<title>Welcome to nginx!</title>")
    site = serve(lambda *_: page)
    with pytest.raises(NotJson) as error:
        connect(site.url, "db", KEY, allow_private=True)
    assert error.value.lines() == (
        "What answered (status 200) is not Odoo's API.",
        "It says “Welcome to nginx!”.",
        "Check the address: it should be Odoo's own, without a page behind it.",
    )


@pytest.mark.parametrize(
    "answer", [{}, [], None, {"version_info": None}, {"version_info": []}, {"version_info": ["x", "y"]}]
)
def test_json_that_is_not_odoos_is_told(serve, answer):
    site = serve(lambda *_: json_reply(answer))
    with pytest.raises(NotJson) as error:
        connect(site.url, "db", KEY, allow_private=True)
    assert error.value.what == f"{site.url} answers, but does not say which version of Odoo it is."


@pytest.mark.parametrize(("status", "kind"), [(502, Unreachable), (503, Unreachable), (504, TimedOut), (301, NotJson)])
def test_a_proxy_without_an_odoo_behind_it_is_told(serve, status, kind):
    site = serve(lambda *_: (status, {"Location": "https://elsewhere.example.com/"}, b"no Odoo here"))
    with pytest.raises(kind):
        connect(site.url, "db", KEY, allow_private=True)


def test_a_wrong_address_is_told_at_once(wire):
    plug = wire(lambda connection: None)
    with pytest.raises(Unreachable):
        connect(f"http://127.0.0.1:{plug.port}", "db", KEY, allow_private=True)
    assert plug.connections == 1


def test_a_private_address_needs_to_be_declared(wire):
    plug = wire(lambda connection: None)
    with pytest.raises(AddressRefused):
        connect(f"http://127.0.0.1:{plug.port}", "db", KEY)
    assert plug.connections == 0


def test_a_server_that_is_silent_is_given_up_in_time(wire):
    plug = wire(lambda connection: connection.recv(65536) and connection.recv(65536))
    with pytest.raises(TimedOut):
        connect(f"http://127.0.0.1:{plug.port}", "db", KEY, allow_private=True, timeout_seconds=0.3)


def test_a_run_without_time_does_not_begin(wire):
    plug = wire(lambda connection: connection.recv(65536) and connection.recv(65536))
    with pytest.raises(TimedOut):
        connect(f"http://127.0.0.1:{plug.port}", "db", KEY, allow_private=True, budget_seconds=0.2)


def test_json2_takes_no_password(serve):
    site = serve(lambda *_: json_reply({"version_info": [19, 0]}))
    with pytest.raises(BadCall) as error:
        connect(site.url, "db", PASSWORD, allow_private=True, transport="json2")
    assert error.value.what == "JSON-2 takes no password."


def test_an_unknown_transport_is_told(serve):
    site = serve(lambda *_: json_reply({"version_info": [19, 0]}))
    with pytest.raises(BadCall) as error:
        connect(site.url, "db", KEY, allow_private=True, transport="carrier pigeon")
    assert error.value.do == "Choose one of json2, jsonrpc, xmlrpc."


@pytest.mark.parametrize(
    ("listed", "do"),
    [
        (json_reply({"result": ["prod", "staging"]}), "Did you mean prod?"),
        (json_reply({"error": {"data": {"name": "odoo.exceptions.AccessDenied"}}}), "Check its name."),
        (MISSING, "Check its name."),
        (json_reply(None), "Check its name."),
    ],
)
def test_a_database_that_is_not_there_is_told_with_near_ones_where_the_server_lists_them(serve, listed, do):
    def respond(method, path, body):
        if path == "/web/version":
            return json_reply({"version_info": [19, 0, 0, "final", 0, ""]})
        return listed if path == "/web/database/list" else MISSING

    with pytest.raises(DatabaseNotFound) as error:
        connect(serve(respond).url, "prdo", KEY, allow_private=True)
    assert error.value.lines() == ("The server has no database 'prdo'.", "It says “404 Not Found”.", do)
