"""Leave the tower running on the sample: filled with its ten months of history, with a link for whoever looks first.

    python examples/tower.py [--stop] [--port PORT]

All that it makes lies in build/demo; a second call finds it running.
"""

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from lockgate.kernel.clock import system_clock
from meridian_history.filling import fill

HERE = Path(__file__).resolve().parents[1] / "build" / "demo"
ROOT, DRAFT = HERE / "meridian", HERE / "draft"
LOG, PID = HERE / "tower.log", HERE / "tower.pid"
USUAL_PORT = 8070
PATIENCE_SECONDS = 60


def main() -> int:
    """Start or stop it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python examples/tower.py", description=__doc__)
    parser.add_argument("--stop", action="store_true", help="end it, and remove what it made")
    parser.add_argument("--port", type=int, help="where it listens; when left out 8070, or another when that is taken")
    wished = parser.parse_args()
    return stop() if wished.stop else start(wished.port)


def start(wished: int | None) -> int:
    """Have it running, and say how to come in."""
    filled()
    if _running() is None:
        port = wished or _free_port()
        serve = [sys.executable, "-m", "lockgate", "serve", "--with-worker", "--workspace", str(ROOT)]
        with LOG.open("wb") as log:
            process = subprocess.Popen(
                [*serve, "--port", str(port)], stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        PID.write_text(f"{process.pid}\n", encoding="ascii")
        if not _answers(port, process):
            print(
                f"The tower did not start. What it said, in {LOG}:\n{LOG.read_text(encoding='utf-8')}", file=sys.stderr
            )
            return 1
    print(f"\n{LOG.read_text(encoding='utf-8').split('[', 1)[0].strip()}")
    print(f"Its workspace is {ROOT}; stop it with: python examples/tower.py --stop")
    return 0


def filled() -> None:
    """Have the sample programme with its history."""
    HERE.mkdir(parents=True, exist_ok=True)
    if not ROOT.exists():
        print("\nFilling the sample programme with ten months of history (half a minute) …", flush=True)
        shutil.rmtree(DRAFT, ignore_errors=True)
        fill(DRAFT, system_clock())
        DRAFT.rename(ROOT)  # so that a history that was interrupted is never taken for a whole one


def stop() -> int:
    """End it, and remove what it made."""
    process = _running()
    if process is not None:
        os.kill(process, signal.SIGTERM)
        end = time.monotonic() + PATIENCE_SECONDS
        while _running() is not None and time.monotonic() < end:
            time.sleep(0.1)
    shutil.rmtree(HERE, ignore_errors=True)
    print("The tower of the sample is gone.")
    return 0


def _free_port() -> int:
    """Return the usual port, or another when somebody has it."""
    for port in (USUAL_PORT, 0):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)) as free:
            return int(free.getsockname()[1])
    raise OSError("no port of the loopback is free")


def _running() -> int | None:
    """Return the number of the process that serves, None when it is not there any more."""
    try:
        process = int(PID.read_text(encoding="ascii"))
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return process if b"serve" in command and os.fsencode(ROOT) in command else None


def _answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return process.poll() is None
        except OSError:
            time.sleep(0.2)
    return False


if __name__ == "__main__":
    sys.exit(main())
