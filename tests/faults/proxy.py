"""A proxy between a client and Odoo that does, on request, what networks and servers do on their own.

It passes requests on one by one. A rule that was armed spoils the k-th request whose path holds a text:

    with FaultProxy(odoo_url) as proxy:
        proxy.arm(Fault.CUT_ANSWER, path="res.partner/load", nth=2)
        ...connect to proxy.url...
"""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from io import BufferedReader
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What becomes of a request."""

    RESET = "the connection is reset when the request is there"
    CUT_REQUEST = "the connection is cut after some bytes of the request; Odoo gets none"
    CUT_ANSWER = "Odoo answers, and the connection is cut before the answer is passed on"
    CUT_IN_ANSWER = "the connection is cut in the middle of the answer"
    HALF_OPEN = "the connection stands and nobody is there: nothing more is read, nothing ever comes back"
    STALL = "the request is read and nothing ever comes back; Odoo gets none"
    STALL_ANSWER = "Odoo answers, and nothing ever comes back"
    TRICKLE = "the answer comes one byte a second"
    DELAY = "the answer comes late"
    STATUS = "the proxy itself answers, as when Odoo is away"
    LOGIN_PAGE = "a login page answers, with status 200"
    THEN_WHEN_SENT = "something happens while Odoo works on the request"
    THEN_WHEN_ANSWERED = "something happens when Odoo has answered, before the answer is passed on"


@dataclass
class Rule:
    """Which request is spoiled, and how."""

    fault: Fault
    path: str
    nth: int
    times: int
    seconds: float
    after_bytes: int
    status: int
    then: Callable[[], None]
    met: int = 0

    def applies(self, path: str) -> bool:
        """Count the request and return True when it is one to spoil."""
        if self.path not in path:
            return False
        self.met += 1
        return self.nth <= self.met < self.nth + self.times


@dataclass
class FaultProxy:
    """A proxy on a free port of the loopback; each connection has a thread of its own."""

    upstream: str
    seen: list[str] = field(default_factory=list)
    """The paths of all requests."""
    spoiled: list[str] = field(default_factory=list)
    """The paths of those that a rule was applied to."""

    def __post_init__(self) -> None:
        at = urlsplit(self.upstream)
        self._target = (at.hostname or "127.0.0.1", at.port or 80)
        self._rules: list[Rule] = []
        self._threads: list[threading.Thread] = []
        self._wires: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._leaving = threading.Event()
        self.port = 0

    @property
    def url(self) -> str:
        """Where clients connect to."""
        return f"http://127.0.0.1:{self.port}"

    def arm(
        self,
        fault: Fault,
        *,
        path: str = "",
        nth: int = 1,
        times: int = 1,
        seconds: float = 0,
        after_bytes: int = 0,
        status: int = 502,
        then: Callable[[], None] = lambda: None,
    ) -> Rule:
        """Spoil the `nth` request from now on whose path holds this text, and the ones after it up to `times`."""
        rule = Rule(fault, path, nth, times, seconds, after_bytes, status, then)
        self._rules.append(rule)
        return rule

    def disarm(self) -> None:
        """Pass everything on from now on."""
        self._rules.clear()

    def listen(self) -> None:
        """Take connections, after `refuse` on the same port."""
        self._leaving.clear()
        door = socket.create_server(("127.0.0.1", self.port))
        self.port = door.getsockname()[1]
        self._start(self._receive, door)

    def refuse(self) -> None:
        """Refuse connections, and cut those that are open, until `listen`."""
        self._leaving.set()
        while threads := [thread for thread in self._threads if thread.is_alive()]:
            with self._lock:
                for wire in self._wires:
                    with contextlib.suppress(OSError):  # it's being closed already
                        wire.shutdown(socket.SHUT_RDWR)
            threads[0].join(0.05)
        self._threads.clear()

    def __enter__(self) -> Self:
        self.listen()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.refuse()

    def _start(self, work: Callable[[socket.socket], None], wire: socket.socket) -> None:
        thread = threading.Thread(target=work, args=(wire,), name="fault-proxy", daemon=True)
        self._threads.append(thread)
        thread.start()

    @contextlib.contextmanager
    def _open(self, wire: socket.socket) -> Iterator[socket.socket]:
        """Close the connection in the end; meanwhile `refuse` can cut it."""
        with self._lock:
            self._wires.add(wire)
        try:
            with wire:
                yield wire
        finally:
            with self._lock:
                self._wires.discard(wire)

    def _receive(self, door: socket.socket) -> None:
        with self._open(door), contextlib.suppress(OSError):
            while not self._leaving.is_set():
                self._start(self._serve, door.accept()[0])

    def _serve(self, wire: socket.socket) -> None:
        with contextlib.suppress(OSError, EOFError), self._open(wire), wire.makefile("rb") as reader:
            while self._talk(reader, wire):
                pass

    def _talk(self, reader: BufferedReader, wire: socket.socket) -> bool:
        """Serve one request; return True when the connection lives on."""
        head = _head(reader)
        path = head.split(b" ", 2)[1].decode()
        self.seen.append(path)
        rule = next((rule for rule in list(self._rules) if rule.applies(path)), None)
        if rule is None:
            wire.sendall(self._ask(head + _body(reader, head)))
            return True
        self.spoiled.append(path)
        return self._spoil(rule, head, reader, wire)

    def _spoil(self, rule: Rule, head: bytes, reader: BufferedReader, wire: socket.socket) -> bool:
        if rule.fault is Fault.CUT_REQUEST:
            reader.read(min(rule.after_bytes, _length(head)))
            return _reset(wire)
        if rule.fault is Fault.HALF_OPEN:
            self._wait(3600)
        request = head + _body(reader, head)
        if rule.fault is Fault.RESET:
            return _reset(wire)
        if rule.fault is Fault.STALL:
            self._wait(3600)
        if rule.fault is Fault.STATUS:
            return _reply(wire, rule.status, b"<html><h1>nginx</h1></html>")
        if rule.fault is Fault.LOGIN_PAGE:
            return _reply(wire, 200, b"<!DOCTYPE html><html><form action='/web/login'></form></html>")
        answer = self._ask(request, rule.then if rule.fault is Fault.THEN_WHEN_SENT else None)
        return self._answer_badly(rule, answer, wire)

    def _answer_badly(self, rule: Rule, answer: bytes, wire: socket.socket) -> bool:
        match rule.fault:
            case Fault.CUT_ANSWER:
                return False
            case Fault.THEN_WHEN_ANSWERED:
                rule.then()
            case Fault.STALL_ANSWER:
                self._wait(3600)
            case Fault.DELAY:
                self._wait(rule.seconds)
            case Fault.CUT_IN_ANSWER:
                wire.sendall(answer[: len(answer) // 2])
                return False
            case Fault.TRICKLE:
                for at in range(len(answer)):
                    wire.sendall(answer[at : at + 1])
                    self._wait(1)
        wire.sendall(answer)
        return True

    def _ask(self, request: bytes, when_sent: Callable[[], None] | None = None) -> bytes:
        """Return Odoo's answer to the request, whole."""
        with self._open(socket.create_connection(self._target)) as wire, wire.makefile("rb") as reader:
            wire.sendall(request)
            if when_sent is not None:
                self._wait(0.05)  # Odoo has begun
                when_sent()
            head = _head(reader)
            return head + _body(reader, head)

    def _wait(self, seconds: float) -> None:
        if self._leaving.wait(seconds):
            raise EOFError


def _head(reader: BufferedReader) -> bytes:
    lines = []
    while not lines or lines[-1] != b"\r\n":
        lines.append(reader.readline())
        if not lines[-1]:
            raise EOFError
    return b"".join(lines)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


def _body(reader: BufferedReader, head: bytes) -> bytes:
    length = _length(head)
    body = reader.read(length)
    if len(body) < length:
        raise EOFError
    return body


def _reply(wire: socket.socket, status: int, page: bytes) -> bool:
    wire.sendall(b"HTTP/1.1 %d X\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (status, len(page)) + page)
    return True


def _reset(wire: socket.socket) -> bool:
    """See to it that the other side gets a reset instead of an end, when the connection is closed next."""
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False
