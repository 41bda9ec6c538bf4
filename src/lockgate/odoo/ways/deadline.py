"""How does an exchange end in time even if a byte drips in now and then? All its reads and writes share one deadline.

A socket's own time-out starts anew with every byte; here each operation gets what is left of the whole.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ssl import SSLContext
from typing import Any

import httpcore2

_end: ContextVar[float] = ContextVar("end_of_the_exchange")


@contextmanager
def ends_within(seconds: float) -> Iterator[None]:
    """Give everything that is read or written inside of the block so many seconds together."""
    before = _end.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _end.reset(before)


def _left() -> float:
    left = _end.get() - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time for the exchange is used up")
    return left


class TimedStream(httpcore2.NetworkStream):
    """A connection whose every operation is held to the end of the exchange it serves."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline rules
        """Return what has arrived."""
        return self._stream.read(max_bytes, _left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline rules
        """Send all of it."""
        self._stream.write(buffer, _left())

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Return the same connection, encrypted."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, min(_left(), timeout or _left())))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()


class TimedBackend(httpcore2.NetworkBackend):
    """Opens plain connections to numeric addresses, held to the end of the exchange."""

    def __init__(self) -> None:
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return an open connection."""
        within = min(_left(), timeout or _left())
        return TimedStream(self._sockets.connect_tcp(host, port, within, local_address, socket_options))
