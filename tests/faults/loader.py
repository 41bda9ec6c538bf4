"""A loader in a process of its own, so that it can be killed. Reads what to do from stdin, writes what came of it.

It may be told to kill itself when it reaches a point of `lockgate.odoo.loading.faultpoints` for the n-th time.
"""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

HERE = Path(__file__)
SOURCES = [str(HERE.parent.parent), str(HERE.parents[2] / "src")]


def start(live: Any, partners: Any, journal: Path, **more: Any) -> "subprocess.Popen[str]":
    """Start loading the partners; `more` is the rest of what `main` reads, such as `url` and `die`."""
    order = {
        "url": live.url,
        "database": live.database,
        "key": live.api_key,
        "rows": partners.rows,
        "tag": partners.tag,
        "journal": str(journal),
        **more,
    }
    child = subprocess.Popen(
        [sys.executable, str(HERE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(SOURCES)},
    )
    assert child.stdin is not None
    child.stdin.write(json.dumps(order))
    child.stdin.close()
    child.stdin = None
    return child


def ended(child: "subprocess.Popen[str]", seconds: float = 90) -> tuple[int, dict[str, Any], str]:
    """Return the exit code, what it told and what it complained of."""
    out, err = child.communicate(timeout=seconds)
    return child.returncode, json.loads(out) if out.strip() else {}, err


def main() -> int:
    """Load what stdin asks for."""
    from faults.partners import COLUMNS, Partners, client_of  # noqa: PLC0415 - not needed by who starts this
    from lockgate.kernel.errors import LockgateError  # noqa: PLC0415
    from lockgate.odoo.journal import Journal  # noqa: PLC0415
    from lockgate.odoo.loading import faultpoints, load  # noqa: PLC0415
    from support.live import LiveDatabase  # noqa: PLC0415

    order = json.load(sys.stdin)
    if order.get("log"):
        logging.basicConfig(filename=order["log"], level=logging.DEBUG)
    if order.get("die"):
        faultpoints.on_reach = dies_at(*order["die"])
    live = LiveDatabase(order["url"], order["database"], "", "", order["key"])
    partners = Partners(order["rows"], order["tag"])
    try:
        with (
            client_of(live, timeout_seconds=order.get("timeout_seconds", 30)) as client,
            Journal(order["journal"], lease_seconds=order.get("lease_seconds", 30)) as journal,
        ):
            result = load(
                client,
                "res.partner",
                COLUMNS,
                partners.data(),
                journal=journal,
                batch_rows=order.get("batch_rows", 20),
                workers=order.get("workers", 1),
                rejects_to=Path(order["rejects"]) if order.get("rejects") else None,
                on_progress=lambda progress: tell(sys.stderr, progress.rows),
            )
    except LockgateError as error:
        tell(sys.stdout, {"error": type(error).__name__, "lines": error.lines()})
        return int(error.exit)
    tell(sys.stdout, {"rows": result.rows, "created": result.created, "updated": result.updated})
    return 0


def tell(stream: TextIO, what: object) -> None:
    """Write a line of JSON at once."""
    stream.write(json.dumps(what) + "\n")
    stream.flush()


def dies_at(point: str, nth: int) -> Callable[[str], None]:
    """Return a hook that ends this process, as a power cut would, at the n-th time of the point."""
    met = 0

    def on_reach(reached: str) -> None:
        nonlocal met
        met += reached == point
        if met == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    return on_reach


if __name__ == "__main__":
    sys.exit(main())
