"""How do bytes get to one server and back? Over connections that stay open, within a time, and up to a size.

R1  An error says whether the request may have been carried out: `sent` is True once all of it was handed over.
R2  Redirects are not followed and proxies of the environment are not used: the connection goes where it was checked.
"""

import logging
import socket
import ssl
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpcore2

from lockgate.kernel.secret import Secret, scrub
from lockgate.odoo.errors import BadCall, TimedOut, Unreachable
from lockgate.odoo.ways.deadline import ends_within
from lockgate.odoo.ways.guard import GuardedBackend, checked_url

CONNECT_SECONDS = 10.0
KEEP_OPEN_SECONDS = 20.0
"""Below what servers and proxies keep an idle connection for, so that it is not cut while in use."""
LARGEST_ANSWER = 512 * 2**20
MOST_CONNECTIONS = 32

_TLS_HELP = (
    "Name the authority that signed it in the environment variable SSL_CERT_FILE, or put a valid certificate in place."
)


@dataclass(frozen=True)
class Answer:
    """What the server answered, whatever it means."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """By name in small letters."""
    body: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


Headers = Mapping[str, str | Secret]


class Http:
    """Requests to one server. Safe to share between threads."""

    def __init__(
        self,
        url: str,
        *,
        allow_private: bool,
        backend: httpcore2.NetworkBackend | None = None,
        largest_answer: int = LARGEST_ANSWER,
    ) -> None:
        self.url = checked_url(url)
        self._parts = urlsplit(self.url)
        self._largest_answer = largest_answer
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpcore2.default_ssl_context() if self._parts.scheme == "https" else None,
            max_connections=MOST_CONNECTIONS,
            max_keepalive_connections=MOST_CONNECTIONS,
            keepalive_expiry=KEEP_OPEN_SECONDS,
            network_backend=backend or GuardedBackend(allow_private=allow_private),
        )

    def get(self, path: str, *, timeout: float) -> Answer:
        """Return the answer to a GET."""
        return self._ask("GET", path, b"", {}, timeout)

    def post(self, path: str, body: bytes, headers: Headers, *, timeout: float) -> Answer:
        """Return the answer to a POST; a header's `Secret` is shown to the server alone."""
        return self._ask("POST", path, body, headers, timeout)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _ask(self, method: str, path: str, body: bytes, headers: Headers, timeout: float) -> Answer:
        outgoing = _Outgoing(body)
        try:
            with ends_within(timeout):
                response = self._pool.handle_request(self._request(method, path, outgoing, headers, timeout))
                try:
                    content = b"".join(self._within_size(response))
                finally:
                    response.close()
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
            raise self._no_connection(error) from None
        except httpcore2.TimeoutException:
            raise self._no_time(timeout, sent=outgoing.sent) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, zlib.error) as error:
            raise self._cut(error, sent=outgoing.sent) from None
        return Answer(response.status, _by_name(response.headers), content)

    def _request(
        self, method: str, path: str, outgoing: "_Outgoing", headers: Headers, timeout: float
    ) -> httpcore2.Request:
        parts = self._parts
        target = f"{parts.path}{path}"
        return httpcore2.Request(
            method,
            httpcore2.URL(scheme=parts.scheme, host=parts.hostname or "", port=parts.port, target=target),
            headers={
                "Host": parts.netloc,
                "Accept-Encoding": "gzip",
                "Content-Length": str(len(outgoing.body)),
                "User-Agent": "lockgate",
                **{name: value.reveal() if isinstance(value, Secret) else value for name, value in headers.items()},
            },
            content=outgoing,
            extensions={"timeout": {"connect": min(timeout, CONNECT_SECONDS), "pool": timeout}},
        )

    def _within_size(self, response: httpcore2.Response) -> Iterator[bytes]:
        encoding = _by_name(response.headers).get("content-encoding", "")
        chunks = response.iter_stream()
        size = 0
        for chunk in _unpacked(chunks) if encoding == "gzip" else chunks:
            size += len(chunk)
            if size > self._largest_answer:
                raise BadCall(
                    f"The answer is larger than {self._largest_answer // 2**20} MiB.",
                    do="Ask for fewer fields or for fewer records at a time.",
                    sent=True,
                )
            yield chunk

    def _no_connection(self, error: Exception) -> Unreachable:
        why, do = _reason(error, self._parts.hostname or "", self._parts.netloc)
        return Unreachable(f"There is no connection to {self.url}.", why=why, do=do, sent=False)

    def _no_time(self, timeout: float, *, sent: bool) -> TimedOut:
        return TimedOut(
            f"{self.url} gave no whole answer within {timeout:.3g} s.",
            why="The request was sent; Odoo may have carried it out." if sent else "The request was not sent whole.",
            do="Look up what became of it before you send it again." if sent else "Try again later.",
            sent=sent,
        )

    def _cut(self, error: Exception, *, sent: bool) -> Unreachable:
        return Unreachable(
            f"The connection to {self.url} was cut.",
            why="The request was sent; Odoo may have carried it out." if sent else scrub(str(error)),
            do="Look up what became of it before you send it again." if sent else "Try again.",
            sent=sent,
        )


class _Outgoing:
    """The body of a request, which notes when all of it was handed over (R1)."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.sent = False

    def __iter__(self) -> Iterator[bytes]:
        yield self.body
        self.sent = True  # the sender asks for more only after it wrote what it had


def _by_name(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip piece by piece, so that a small answer can't become a huge one unseen."""
    piece = 2**20
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for chunk in chunks:
        rest = chunk
        while rest:
            yield unpacker.decompress(rest, piece)
            rest = unpacker.unconsumed_tail
    yield unpacker.flush()


def _reason(error: Exception, host: str, place: str) -> tuple[str, str]:
    """Return why there is no connection, and what to do."""
    cause = error
    while cause.args and isinstance(cause.args[0], Exception):  # the library wraps what happened
        cause = cause.args[0]
    if isinstance(error, httpcore2.ConnectTimeout) or isinstance(cause, TimeoutError):
        return f"{place} did not take the connection in time.", "Check the address, the network and the firewall."
    if isinstance(cause, socket.gaierror):
        return f"The name {host} is not known.", "Check how it is spelled."
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"The certificate of {place} is not trusted: {cause.verify_message}.", _TLS_HELP
    if isinstance(cause, ssl.SSLError):
        return f"{place} does not speak TLS as expected ({cause.reason}).", "Check whether it is http:// or https://."
    if isinstance(cause, ConnectionRefusedError):
        return f"Nothing listens on {place}.", "Check the address and the port, and that Odoo runs."
    return f"{cause}.", "Check the address and the network."


def _without_secrets(record: logging.LogRecord) -> bool:
    record.msg, record.args = scrub(record.getMessage()), ()
    return not record.msg.startswith("receive_response_headers.complete")


# At level DEBUG the library prints the headers of every answer, session cookies included, and lines it can't read.
logging.getLogger("httpcore2.http11").addFilter(_without_secrets)
