"""How quickly does each kind of page answer? A real server on loopback, asked by several clients at once.

    python -m benchmarks.tower [--records N] [--rounds N] [--clients N] [--only WORD …] [--folder PATH]

The programme has 60 sites, 12 stages with 25 criteria each, and 10,000 issues; it is served as `lockgate serve` does.
Each page is asked by several clients at once, each of which asks again as soon as it was answered. Beside it stands the
empty page, `/healthz` with the cookie of somebody signed in: the same process, the same middleware, session and roles
looked up, and nothing shown. Where the machine has other work, the ratio to it says more than the milliseconds.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from benchmarks.gates import records
from benchmarks.tower.browser import Browser, quantile
from benchmarks.tower.programme import ADMINISTRATOR, CAPABILITIES, LEAD, build
from lockgate.app import tower
from lockgate.programme.ledger_place import ledger_place

EMPTY: Final = "/healthz"
PAGES: Final = {
    "empty page": EMPTY,
    "style guide": "/styleguide/",
    "programme": "/",
    "gate list": "/gate/",
    "gate with explain": "/gate/g3/site:site-07/",
    "what to run again": "/rerun/",
    "evidence stream": "/evidence/",
    "one record": "/evidence/20/",
    "register, table": "/register/issue/",
    "register, sorted": "/register/issue/?sort=-due_at&state=open",
    "register, search": "/register/issue/?q=number+77",
    "register, board": "/register/issue/?view=board",
    "one entry": "/register/issue/ISS-8/",
    "RAID": "/raid/",
    "my tasks": "/task/",
    "notices": "/notice/",
    "notices, count": "/notice/count/",
    "workspace": "/workspace/",
    "workspace file": "/workspace/programme/gates.yaml",
    "search": "/search/?q=criterion+site",
    "search palette": "/search/results/?q=gate",
    "runs": "/run/",
    "people": "/person/",
    "instances": "/instance/",
    "API: gates": "/api/gate",
    "API: one gate": "/api/gate/g3/site:site-07",
    "API: evidence": "/api/evidence",
    "API: register": "/api/register/issue",
    "API: tasks": "/api/task",
    "API: search": "/api/search?q=gate",
}
_LIMIT_SECONDS: Final = 900


def main() -> None:
    """Build, serve, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tower", description=__doc__)
    parser.add_argument("--records", type=int, default=50_000, help="of evidence in the ledger")
    parser.add_argument("--rounds", type=int, default=25, help="how often each client asks for each page")
    parser.add_argument("--clients", type=int, default=3, help="how many ask at once")
    parser.add_argument("--only", nargs="+", default=[], help="pages with one of these words in their name")
    parser.add_argument("--folder", type=Path, help="keep the programme there, and take it when it is there")
    parser.add_argument("--port", type=int, default=8791)
    wished = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lockgate-bench-") as made:
        folder = (wished.folder or Path(made)).absolute() / "programme"
        if not folder.exists():
            begun = time.perf_counter()
            build(folder, wished.records)
            print(f"{wished.records:,} records were written in {time.perf_counter() - begun:,.0f} s", flush=True)
        pages = {name: path for name, path in PAGES.items() if _meant(name, wished.only)}
        measure(folder, pages, wished.port, wished.clients, wished.rounds)
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")


def measure(folder: Path, pages: dict[str, str], port: int, clients: int, rounds: int) -> None:
    """Serve a programme and print one line for each page and reader."""
    links = _links(folder, port)
    with _served(folder, port) as since:
        for person, link in links.items():
            here = Browser(port)
            here.join(link)
            here.get(PAGES["programme"])
            if person == ADMINISTRATOR:
                print(f"the first page stood {time.perf_counter() - since:.1f} s after the start", flush=True)
            _round(here, pages, person, clients, rounds)
            if person == ADMINISTRATOR:
                _while_it_grows(here, folder, rounds)


def _round(here: Browser, pages: dict[str, str], person: str, clients: int, rounds: int) -> None:
    print(f"\n{'as ' + person:<22} {'first':>8} {'p50':>8} {'p95':>8} ms {'ratio':>7} {'KiB':>6}")
    empty = 0.0
    with ThreadPoolExecutor(clients) as pool:
        windows = [here.again() for _ in range(clients)]
        for name, path in pages.items():
            status, text = here.get(path)
            if status != 200:  # noqa: PLR2004 - as people say it
                raise SystemExit(f"{path} was answered with {status}.")
            first = here.seconds
            took = list(chain.from_iterable(pool.map(partial(_asked, path=path, rounds=rounds), windows)))
            middle, late = quantile(took, 0.5), quantile(took, 0.95)
            empty = empty or middle
            figures = f"{first * 1000:8,.0f} {middle * 1000:8,.1f} {late * 1000:8,.1f}"
            print(f"{name:<22} {figures}    {middle / empty:7,.1f} {len(text) / 1024:6,.0f}", flush=True)  # fmt: skip


def _while_it_grows(here: Browser, folder: Path, rounds: int) -> None:
    """Ask for the first page each time that one more record came."""
    last = next(records(1, datetime.now(UTC), "capability", CAPABILITIES))
    with ledger_place(folder) as place:

        def one_more(path: str) -> float:
            place.ledger.record_evidence(last)
            here.get(path)
            return here.seconds

        for name in ("programme", "gate list", "evidence stream", "search palette"):
            took = [one_more(PAGES[name]) for _ in range(rounds)]
            figures = f"{quantile(took, 0.5) * 1000:8,.1f} {quantile(took, 0.95) * 1000:8,.1f}"
            print(f"{name + ', new record':<31} {figures}", flush=True)


def _asked(window: Browser, path: str, rounds: int) -> list[float]:
    took = []
    for _ in range(rounds):
        window.get(path)
        took.append(window.seconds)
    return took


def _links(folder: Path, port: int) -> dict[str, str]:
    """Return a link for each reader; the tables are made first, as `lockgate serve` does."""
    tower.prepare(folder, "127.0.0.1", port)
    from lockgate.tower.people.inviting import invite  # noqa: PLC0415 - only once Django knows its settings

    now = datetime.now(UTC)
    invited: Callable[[str, bool], str] = lambda person, keeper: invite(  # noqa: E731
        person, by="", moment=now, administrator=keeper
    )
    return {person: f"/join/{invited(person, person == ADMINISTRATOR)}/" for person in (ADMINISTRATOR, LEAD)}


@contextmanager
def _served(folder: Path, port: int) -> Iterator[float]:
    """Have the server run meanwhile; gives when it was started."""
    command = [sys.executable, "-m", "lockgate", "serve", "--workspace", str(folder), "--port", str(port)]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(port, server)
            yield begun
        finally:
            server.terminate()


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _LIMIT_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            Browser(port).get(EMPTY)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("The server does not answer.")


def _meant(name: str, only: list[str]) -> bool:
    return name == "empty page" or not only or any(word in name for word in only)


if __name__ == "__main__":
    main()
