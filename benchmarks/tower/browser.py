"""Who asks the tower? A small client that keeps its connection and its cookies, as a browser does."""

import http.client
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode, urlsplit

_SAID: Final = "as long as it has to be"
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TIMEOUT_SECONDS: Final = 600
_IDLE_SECONDS: Final = 5
"""After so long the server may have closed a connection."""


@dataclass
class Browser:
    """Somebody at one address."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    """How long the last answer took."""

    def __post_init__(self) -> None:
        self._used = 0.0
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT_SECONDS)

    def again(self) -> "Browser":
        """Return another window of the same browser, with a connection of its own."""
        return Browser(self.port, dict(self.cookies))

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of a page."""
        return self._ask("GET", path)

    def post(self, path: str, said: dict[str, str]) -> tuple[int, str]:
        """Send a form."""
        return self._ask("POST", path, urlencode(said))

    def join(self, link: str) -> None:
        """Sign in by a link of invitation."""
        path = urlsplit(link).path
        _, text = self.get(path)
        found = _TOKEN.search(text)
        token = found.group(1) if found else ""
        status, text = self.post(path, {"name": "Benchmark", "password": _SAID, "csrfmiddlewaretoken": token})
        if status != http.HTTPStatus.FOUND:
            raise SystemExit(f"Signing in was answered with {status}.")

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        if begun - self._used > _IDLE_SECONDS:
            self._connection.close()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        self._used = time.perf_counter()
        self.seconds = self._used - begun
        for said in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(said).items()}
        return answer.status, text.decode(errors="replace")


def quantile(took: Sequence[float], share: float) -> float:
    """Return the time within which that share was answered."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
