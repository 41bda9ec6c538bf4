"""How do bytes get to the server and back within a time? (first version)"""  # noqa: A005

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpcore2

from lockgate.odoo.errors import TimedOut, Unreachable


@dataclass(frozen=True)
class Answer:
    """What the server answered, whatever it means."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type in small letters, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Http:
    """Requests to one server over connections that are kept open."""

    def __init__(self, url: str, *, allow_private: bool, connections: int = 8) -> None:
        self.url = url.rstrip("/")
        self._pool = httpcore2.ConnectionPool(max_connections=connections, keepalive_expiry=15.0)

    def get(self, path: str, *, timeout: float) -> Answer:
        return self._ask("GET", path, b"", {}, timeout)

    def post(self, path: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> Answer:
        return self._ask("POST", path, body, headers, timeout)

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
        sent = False

        def content() -> Iterator[bytes]:
            nonlocal sent
            yield body
            sent = True

        url = httpcore2.URL(self.url + path)
        times = dict.fromkeys(("connect", "read", "write", "pool"), timeout)
        request_headers = {"Host": url.host.decode(), "Content-Length": str(len(body)), **headers}
        try:
            response = self._pool.request(
                method, url, headers=request_headers, content=content(), extensions={"timeout": times}
            )
        except httpcore2.TimeoutException:
            raise TimedOut(f"{self.url} did not answer in time.", sent=sent) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise Unreachable(f"{self.url} can't be reached.", why=str(error), sent=sent) from None
        names = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in response.headers}
        return Answer(response.status, names, response.content)

    def close(self) -> None:
        self._pool.close()
