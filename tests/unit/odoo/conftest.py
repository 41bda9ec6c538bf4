"""Real servers on the loopback, for what no Odoo does on request: broken, slow, old or foreign answers."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lockgate.kernel.instance import Role
from lockgate.odoo.calls.budget import Budget
from lockgate.odoo.calls.connection import Connection
from lockgate.odoo.client import Client, Server, User

Reply = tuple[int, dict[str, str], bytes]
Respond = Callable[[str, str, bytes], Reply]


@dataclass
class Site:
    """A web server that answers as told, and what it was asked."""

    url: str
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@dataclass
class Plug:
    """A listening socket that counts who connects."""

    port: int
    connections: int = 0


def json_reply(body: bytes, status: int = 200) -> Reply:
    return status, {"Content-Type": "application/json; charset=utf-8"}, body


def page(body: str, status: int = 200, **headers: str) -> Reply:
    return status, {"Content-Type": "text/html; charset=utf-8", **headers}, body.encode()


@pytest.fixture
def serve() -> Iterator[Callable[[Respond], Site]]:
    """Start web servers: `serve(respond)`, with `respond(method, path, body) -> (status, headers, body)`."""
    with ExitStack() as stack:

        def start(respond: Respond) -> Site:
            server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
            site = Site(f"http://127.0.0.1:{server.server_port}")
            server.RequestHandlerClass = _handler(site, respond)
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            stack.callback(server.server_close)
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return site

        yield start


def _handler(site: Site, respond: Respond) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            site.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status, headers, content = respond(self.command, self.path, body)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _answer  # noqa: N815 - the names that the base class looks for

        def log_message(self, *args: object) -> None:
            pass

    return Handler


@pytest.fixture
def wire() -> Iterator[Callable[[Callable[[socket.socket], None]], Plug]]:
    """Start raw servers: `wire(talk)`, with `talk(connection)` run for each connection, which is then closed."""
    with ExitStack() as stack:

        def start(talk: Callable[[socket.socket], None]) -> Plug:
            listener = socket.create_server(("127.0.0.1", 0))
            plug = Plug(listener.getsockname()[1])
            thread = threading.Thread(target=_accept, args=(listener, plug, talk))
            thread.start()

            def stop() -> None:
                listener.shutdown(socket.SHUT_RDWR)
                thread.join()
                listener.close()

            stack.callback(stop)
            return plug

        yield start


def _accept(listener: socket.socket, plug: Plug, talk: Callable[[socket.socket], None]) -> None:
    talks = []
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            break
        plug.connections += 1
        talks.append(threading.Thread(target=_talk, args=(connection, talk)))
        talks[-1].start()
    for thread in talks:
        thread.join()


def _talk(connection: socket.socket, talk: Callable[[socket.socket], None]) -> None:
    with connection, suppress(OSError):  # the client went away, which is what some tests are about
        talk(connection)


class Scripted:
    """A transport that plays a script of errors and results, then answers with the call itself."""

    name = "scripted"

    def __init__(self, *script):
        self.script = list(script)
        self.sent = []
        self.closed = False

    def send(self, call, *, timeout):
        self.sent.append((call, timeout))
        step = self.script.pop(0) if self.script else call
        if isinstance(step, Exception):
            raise step
        return step

    def close(self):
        self.closed = True


class Watch:
    """A clock that only moves when someone sleeps."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def client(watch):
    """Make a client on a scripted transport."""

    def make(*script, seconds=None, role=Role.BUILD, read_only=False, permit=None):
        transport = Scripted(*script)
        budget = Budget(seconds, clock=watch, sleep=watch.sleep)
        connection = Connection(transport, role, read_only, permit, 60.0, budget)
        server = Server("https://odoo.example.com", "prod", (19, 0), transport.name)
        return Client(connection, server, User(2, "admin")), transport

    return make
