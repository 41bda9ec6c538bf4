"""A proxy between a client and Odoo that does, on request, what networks and servers do on their own.

It passes requests on one by one. A rule that was armed spoils the k-th request whose path holds a text:

    with FaultProxy(odoo_url) as proxy:
        proxy.arm(Fault.CUT_ANSWER, path="res.partner/load", nth=2)
        ...connect to proxy.url...
"""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
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
    """A proxy on a free port of the loopback, run by a thread of its own."""

    upstream: str
    seen: list[str] = field(default_factory=list)
    """The paths of all requests."""
    spoiled: list[str] = field(default_factory=list)
    """The paths of those that a rule was applied to."""

    def __post_init__(self) -> None:
        at = urlsplit(self.upstream)
        self._target = (at.hostname or "127.0.0.1", at.port or 80)
        self._rules: list[Rule] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy", daemon=True)
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

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

    def refuse(self) -> None:
        """Refuse connections, and cut those that are open, until `listen`."""
        self._run(self._stop())

    def listen(self) -> None:
        """Take connections again, on the same port."""
        self._run(self._listen())

    def __enter__(self) -> Self:
        self._thread.start()
        self.listen()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.refuse()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Awaitable[None]) -> None:
        asyncio.run_coroutine_threadsafe(_awaited(work), self._loop).result(timeout=10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
        await asyncio.sleep(0.01)  # whoever was let in just now sits down first, so that they are asked to leave, too
        while talks := list(self._talks):
            for talk in talks:
                talk.cancel()
            await asyncio.gather(*talks, return_exceptions=True)
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0.05)  # an aborted transport is closed a moment later

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self._writers.add(writer)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._talk(reader, writer):
                    pass
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            await self._closed(writer)
            self._talks.discard(task)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serve one request; return True when the connection lives on."""
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ", 2)[1].decode()
        self.seen.append(path)
        rule = next((rule for rule in list(self._rules) if rule.applies(path)), None)
        if rule is None:
            writer.write(await self._ask(head + await _body(reader, head)))
            await writer.drain()
            return True
        self.spoiled.append(path)
        return await self._spoil(rule, head, reader, writer)

    async def _spoil(self, rule: Rule, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if rule.fault is Fault.CUT_REQUEST:
            await reader.read(rule.after_bytes)
            _reset(writer)
            return False
        if rule.fault is Fault.HALF_OPEN:
            await asyncio.sleep(3600)
        request = head + await _body(reader, head)
        if rule.fault is Fault.RESET:
            _reset(writer)
            return False
        if rule.fault is Fault.STALL:
            await asyncio.sleep(3600)
        if rule.fault is Fault.STATUS:
            return await _reply(writer, rule.status, b"<html><h1>nginx</h1></html>")
        if rule.fault is Fault.LOGIN_PAGE:
            return await _reply(writer, 200, b"<!DOCTYPE html><html><form action='/web/login'></form></html>")
        answer = await self._ask(request, rule.then if rule.fault is Fault.THEN_WHEN_SENT else None)
        return await self._answer_badly(rule, answer, writer)

    @staticmethod
    async def _answer_badly(rule: Rule, answer: bytes, writer: asyncio.StreamWriter) -> bool:
        match rule.fault:
            case Fault.CUT_ANSWER:
                return False
            case Fault.THEN_WHEN_ANSWERED:
                rule.then()
            case Fault.STALL_ANSWER:
                await asyncio.sleep(3600)
            case Fault.DELAY:
                await asyncio.sleep(rule.seconds)
            case Fault.CUT_IN_ANSWER:
                writer.write(answer[: len(answer) // 2])
                await writer.drain()
                return False
            case Fault.TRICKLE:
                for at in range(len(answer)):
                    writer.write(answer[at : at + 1])
                    await writer.drain()
                    await asyncio.sleep(1)
        writer.write(answer)
        await writer.drain()
        return True

    async def _ask(self, request: bytes, when_sent: Callable[[], None] | None = None) -> bytes:
        """Return Odoo's answer to the request, whole."""
        reader, writer = await asyncio.open_connection(*self._target)
        self._writers.add(writer)
        try:
            writer.write(request)
            await writer.drain()
            if when_sent is not None:
                await asyncio.sleep(0.05)  # Odoo has begun
                when_sent()
            head = await reader.readuntil(b"\r\n\r\n")
            return head + await _body(reader, head)
        finally:
            await self._closed(writer)

    async def _closed(self, writer: asyncio.StreamWriter) -> None:
        """Close, and return when nothing of the connection is left."""
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
        self._writers.discard(writer)


async def _awaited(work: Awaitable[None]) -> None:
    await work


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return await reader.readexactly(int(value))
    return b""


async def _reply(writer: asyncio.StreamWriter, status: int, page: bytes) -> bool:
    writer.write(b"HTTP/1.1 %d X\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (status, len(page)) + page)
    await writer.drain()
    return True


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close so that the other side gets a reset instead of an end."""
    wire = writer.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
