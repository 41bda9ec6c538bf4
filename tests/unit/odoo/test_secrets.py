"""A canary key goes through calls that fail in every way; no byte that is written may hold it."""

import io
import json
import logging
import traceback
import xmlrpc.client

import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo.calls.call import Call
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey, Password
from lockgate.odoo.errors import OdooError
from lockgate.odoo.ways.http import Http
from lockgate.odoo.ways.json2 import Json2
from lockgate.odoo.ways.jsonrpc import JsonRpc
from lockgate.odoo.ways.xmlrpc import XmlRpc

CANARY = "canary-5f1c0e9b7a-key"
FAULT = {"name": "odoo.exceptions.UserError", "message": f"You sent {CANARY}.", "arguments": [CANARY], "debug": CANARY}
CALLS = [
    Call("res.users", "write", (1,), {"vals": {"password": Secret(CANARY)}}),
    Call("res.users", "write", (1,), {"vals": {"password": Secret(CANARY), "x": object()}}),
    Call("res.users", "write", (1,), {"vals": {"password": Secret(CANARY), "x": "\x01", "y": 2**40}}),
]


def json_reply(value, status=200):
    return (
        status,
        {"Content-Type": "application/json", "Set-Cookie": f"session_id={CANARY}"},
        json.dumps(value).encode(),
    )


ANSWERS = {
    "fault": lambda *_: json_reply(FAULT, 422),
    "fault over JSON-RPC": lambda *_: json_reply({"error": {"message": CANARY, "data": FAULT}}),
    "fault over XML-RPC": lambda *_: (
        200,
        {"Content-Type": "text/xml"},
        xmlrpc.client.dumps(xmlrpc.client.Fault(CANARY, f"Error: {CANARY}"), methodresponse=True).encode(),
    ),
    "key not accepted": lambda *_: json_reply({"name": "Unauthorized", "message": f"Bad key {CANARY}"}, 401),
    "echo of the body": lambda method, path, body: (200, {"Content-Type": "text/html"}, body),
    "echo as JSON": lambda method, path, body: (200, {"Content-Type": "application/json"}, body[:-1]),
    "page": lambda *_: (200, {"Content-Type": "text/html"}, f"<title>bearer {CANARY}</title>".encode()),
    "redirect": lambda *_: (302, {"Location": f"https://x.example/{CANARY}"}, b""),
    "proxy": lambda *_: (502, {}, f"upstream said {CANARY}".encode()),
    "result of the wrong kind": lambda *_: json_reply([CANARY]),
}


class Written:
    """All that a failing program could write: logs, errors and tracebacks."""

    def __init__(self, path):
        self.path = path

    def attempt(self, what, *, with_variables=False):
        try:
            what()
        except OdooError as error:
            self.add(repr(error), str(error), *error.lines(), error.call, repr(vars(error)))
            report = traceback.TracebackException.from_exception(error, capture_locals=with_variables)
            self.add(*report.format(chain=True))

    def add(self, *texts):
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(f"{text}\n" for text in texts)


@pytest.fixture
def of_the_tower():
    """The logs of Lockgate, as the tower leaves them to a process in which it was set up."""
    ours = logging.getLogger("lockgate")
    before = ours.level, ours.propagate
    ours.setLevel(logging.INFO)
    ours.propagate = False
    yield ours
    ours.setLevel(before[0])
    ours.propagate = before[1]


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "written"
    handler = logging.FileHandler(path, encoding="utf-8")
    root, ours = logging.getLogger(), logging.getLogger("lockgate")
    levels, propagates = (root.level, ours.level), ours.propagate
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    ours.setLevel(logging.NOTSET)
    ours.propagate = True  # the tower's own logs end at its handler, once a test in this process has set it up
    yield Written(path)
    root.setLevel(levels[0])
    ours.setLevel(levels[1])
    ours.propagate = propagates
    root.removeHandler(handler)
    handler.close()


def echo(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + connection.recv(65536).replace(b": ", b" "))


def stall(connection):
    while connection.recv(65536):
        pass


def transports(url):
    secret = Secret(CANARY)
    http = Http(url, allow_private=True)
    return [Json2(http, "db", ApiKey(secret)), JsonRpc(http, "db", 2, secret), XmlRpc(http, "db", 2, secret)]


def occurrences(written):
    """Return the lines that hold the canary, and whether anything was written at all."""
    lines = written.path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if CANARY in line], len(lines) > 10


@pytest.mark.parametrize("respond", ANSWERS.values(), ids=ANSWERS.keys())
def test_answers_of_every_kind_leave_no_key_behind(serve, written, respond):
    site = serve(respond)
    for transport in transports(site.url):
        written.add(repr(transport), repr(transport.__dict__))
        for call in CALLS:
            written.attempt(lambda t=transport, c=call: t.send(c, timeout=5))
        transport.close()
    assert CANARY in "".join(f"{headers}{body}" for _, _, headers, body in site.asked)
    assert occurrences(written) == ([], True)


@pytest.mark.parametrize("talk", [lambda connection: None, lambda connection: connection.recv(65536), stall, echo])
def test_cuts_and_time_outs_leave_no_key_behind_not_even_in_variables(wire, written, talk):
    plug = wire(talk)
    for transport in transports(f"http://127.0.0.1:{plug.port}"):
        written.attempt(lambda t=transport: t.send(CALLS[0], timeout=0.2), with_variables=True)
        written.attempt(lambda t=transport: t.send(Call("res.users", "read", (1,)), timeout=0.2), with_variables=True)
        transport.close()
    assert occurrences(written) == ([], True)


@pytest.mark.parametrize("respond", ANSWERS.values(), ids=ANSWERS.keys())
@pytest.mark.parametrize("credentials", [ApiKey(Secret(CANARY), "admin"), Password("admin", Secret(CANARY))])
def test_failing_to_connect_leaves_no_key_behind(serve, written, respond, credentials):
    def odoo_at_first(method, path, body):
        if path == "/web/version":
            return json_reply({"version_info": [19, 0]})
        return respond(method, path, body)

    site = serve(odoo_at_first)
    for transport in (None, "jsonrpc", "xmlrpc"):
        written.attempt(
            lambda t=transport: connect(site.url, "db", credentials, allow_private=True, transport=t).close()
        )
    assert occurrences(written) == ([], True)


def test_a_key_in_the_address_is_not_repeated(written):
    written.attempt(lambda: connect(f"https://admin:{CANARY}@odoo.example.com", "db", ApiKey(Secret("x" * 8))))
    assert occurrences(written) == ([], True)


def test_a_secret_is_not_shown_by_what_holds_it():
    held = [ApiKey(Secret(CANARY)), Password("admin", Secret(CANARY)), CALLS[1], io.StringIO(f"{CALLS[1]}")]
    assert CANARY not in f"{held}"


def test_the_canary_would_be_found(written):
    logging.getLogger("lockgate.odoo").debug(CANARY)
    assert occurrences(written) == ([CANARY], False)


def test_the_canary_would_be_found_in_a_process_in_which_the_tower_was_set_up(of_the_tower, written):
    logging.getLogger("lockgate.odoo").debug(CANARY)
    assert occurrences(written) == ([CANARY], False)
