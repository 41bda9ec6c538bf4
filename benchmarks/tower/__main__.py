"""How quickly does each kind of page answer? A real server on loopback, asked as people ask.

    python -m benchmarks.tower [--records N] [--rows N] [--rounds N] [--clients N] [--only WORD …] [--folder PATH]

The programme has 60 sites, 12 stages with 25 criteria each, and ten thousand issues unless `--rows` says another
number; it is served as `lockgate serve` does. A page of which there are many, as of a gate, is another one each time.
Each client asks again as soon as it was answered. Beside each page stands the empty page, `/healthz` with the cookie of
somebody signed in: the same process, the same middleware, session and roles looked up, and nothing shown. Where the
machine has other work, the ratio to it, and the processor time that the server took for a page, say more than the
milliseconds.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from benchmarks.gates import SITES, STAGES, records
from benchmarks.tower.browser import Browser, quantile
from benchmarks.tower.figures import Figures, Served
from benchmarks.tower.programme import ADMINISTRATOR, CAPABILITIES, LEAD, OF_LEAD, build
from lockgate.app import tower
from lockgate.programme.ledger_place import ledger_place

EMPTY: Final = "/healthz"
SITES_OF: Final = {ADMINISTRATOR: [f"site-{number:02}" for number in range(SITES)], LEAD: OF_LEAD}
"""What each reader sees."""
PAGES: Final = {
    "empty page": EMPTY,
    "style guide": "/styleguide/",
    "programme": "/",
    "calendar": "/programme/calendar/",
    "gate list": "/gate/?page={page}",
    "gate list, sorted": "/gate/?sort=-verdict&page={page}",
    "gate with explain": "/gate/g{gate}/site:{site}/",
    "what to run again": "/rerun/?page={page}",
    "evidence stream": "/evidence/",
    "evidence, older": "/evidence/?before={number}",
    "evidence of one kind": "/evidence/?kind=stage-{gate}.kind-3&scope=site:{site}",
    "evidence about": "/evidence/?text=crm",
    "one record": "/evidence/{number}/",
    "registers": "/register/",
    "register, table": "/register/issue/?page={page}",
    "register, sorted": "/register/issue/?sort=-due_at&state=open&page={page}",
    "register, filter": "/register/issue/?where=site+%3D+site-{gate:02}&owner=lead&page={page}",
    "register, groups": "/register/issue/?group=site&page={page}",
    "register, search": "/register/issue/?q=number+{gate}7&page={page}",
    "register, board": "/register/issue/board/",
    "one entry": "/register/issue/{issue}/",
    "RAID": "/raid/",
    "my tasks": "/task/?page={page}",
    "notices": "/notice/",
    "notices, count": "/notice/count/",
    "workspace": "/workspace/",
    "workspace file": "/workspace/programme/gates.yaml?line={line}",
    "search": "/search/?q=criterion+{site}",
    "search palette": "/search/results/?q=gate+{gate}",
    "runs": "/run/",
    "people": "/person/",
    "instances": "/instance/",
    "export, CSV": "/register/issue/export.csv",
    "export, XLSX": "/register/issue/export.xlsx",
    "API: gates": "/api/gate",
    "API: one gate": "/api/gate/g{gate}/site:{site}",
    "API: evidence": "/api/evidence?before={number}",
    "API: register": "/api/register/issue?page={page}",
    "API: tasks": "/api/task",
    "API: search": "/api/search?q=gate+{gate}",
}
_FILES: Final = 4
"""How often a whole register is asked for as a file: that takes seconds where it is long."""
_LIMIT_SECONDS: Final = 900


def main() -> None:
    """Build, serve, ask, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tower", description=__doc__)
    parser.add_argument("--records", type=int, default=50_000, help="of evidence in the ledger")
    parser.add_argument("--rows", type=int, default=10_000, help="in the register of issues")
    parser.add_argument("--rounds", type=int, default=25, help="how often each client asks for each page")
    parser.add_argument("--clients", type=int, default=1, help="how many ask at once")
    parser.add_argument("--only", nargs="+", default=[], help="pages with one of these words in their name")
    parser.add_argument("--folder", type=Path, help="keep the programme there, and take it when it is there")
    parser.add_argument("--port", type=int, default=8791)
    wished = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lockgate-bench-") as made:
        folder = (wished.folder or Path(made)).absolute() / "programme"
        if not folder.exists():
            begun = time.perf_counter()
            build(folder, wished.records, wished.rows)
            print(f"{wished.records:,} records were written in {time.perf_counter() - begun:,.0f} s", flush=True)
        pages = {name: path for name, path in PAGES.items() if _meant(name, wished.only)}
        measure(folder, pages, wished.port, wished.clients, wished.rounds)
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")


def measure(folder: Path, pages: dict[str, str], port: int, clients: int, rounds: int) -> None:
    """Serve a programme and print one line for each page and reader."""
    links = _links(folder, port)
    with _served(folder, port) as served:
        for person, link in links.items():
            here = Browser(port)
            here.join(link)
            here.get(PAGES["programme"])
            if person == ADMINISTRATOR:
                said = f"the first page stood {time.perf_counter() - served.since:.1f} s after the start"
                _until_read(here)
                print(f"{said}, all was read after {time.perf_counter() - served.since:.1f} s", flush=True)
            _round(here, pages, person, served, clients=clients, rounds=rounds)
            if person == ADMINISTRATOR:
                _while_it_grows(here, folder, rounds)


def _until_read(here: Browser) -> None:
    """Ask for the search until the server has read the whole ledger."""
    until = time.monotonic() + _LIMIT_SECONDS
    while here.get(PAGES["search"])[0] != 200:  # noqa: PLR2004 - as people say it
        if time.monotonic() > until:
            raise SystemExit("The server does not come to the end of the ledger.")
        time.sleep(0.5)


def _round(here: Browser, pages: dict[str, str], person: str, served: Served, *, clients: int, rounds: int) -> None:
    heads = f"{'first':>8} {'p50':>8} {'p95':>8} ms {'ratio':>7} {'CPU ms':>8} {'ratio':>7} {'KiB':>6}"
    print(f"\n{'as ' + person:<22} {heads}")
    empty: Figures | None = None
    numbers = [one["number"] for one in json.loads(here.get("/api/evidence?evidence=true&lines=1000")[1])]
    with ThreadPoolExecutor(clients) as pool:
        windows = [here.again() for _ in range(clients)]
        for name, path in pages.items():
            asked = partial(_address, path, SITES_OF[person], numbers)
            status, text = here.get(asked(0))
            if status == 403:  # noqa: PLR2004 - as people say it
                print(f"{name:<22} is not for them", flush=True)
                continue
            if status != 200:  # noqa: PLR2004 - as above
                raise SystemExit(f"{asked(0)} was answered with {status}.")
            first, before = here.seconds, served.seconds()
            times = min(rounds, _FILES) if name.startswith("export") else rounds
            turns = [range(1 + place, 1 + times * clients, clients) for place in range(clients)]
            took = list(chain.from_iterable(pool.map(partial(_asked, asked=asked), windows, turns)))
            found = Figures(took, served.seconds() - before)
            empty = empty or found
            print(f"{name:<22} {first * 1000:8,.0f} {found.beside(empty)} {len(text) / 1024:6,.0f}", flush=True)


def _address(path: str, sites: Sequence[str], numbers: Sequence[int], turn: int) -> str:
    """Return where to ask for a page the next time: for another of its kind, where there are many."""
    return path.format(
        page=1 + turn % 8,
        gate=turn % STAGES,
        site=sites[turn * 7 % len(sites)],
        number=numbers[turn * 37 % len(numbers)],
        issue=f"ISS-{8 + 60 * (turn % 100)}",
        line=1 + 400 * (turn % 8),
    )


def _while_it_grows(here: Browser, folder: Path, rounds: int) -> None:
    """Ask for the first page each time that one more record came."""
    last = next(records(1, datetime.now(UTC), "capability", CAPABILITIES))
    with ledger_place(folder) as place:

        def one_more(path: str) -> float:
            place.ledger.record_evidence(last)
            here.get(path.format(page=1, gate=1))
            return here.seconds

        for name in ("programme", "gate list", "evidence stream", "search palette"):
            took = [one_more(PAGES[name]) for _ in range(rounds)]
            figures = f"{quantile(took, 0.5) * 1000:8,.1f} {quantile(took, 0.95) * 1000:8,.1f}"
            print(f"{name + ', new record':<31} {figures}", flush=True)


def _asked(window: Browser, turns: Iterable[int], asked: Callable[[int], str]) -> list[float]:
    took = []
    for turn in turns:
        window.get(asked(turn))
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
def _served(folder: Path, port: int) -> Iterator[Served]:
    """Have the server run meanwhile."""
    command = [sys.executable, "-m", "lockgate", "serve", "--workspace", str(folder), "--port", str(port)]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(port, server)
            yield Served(server.pid, begun)
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
