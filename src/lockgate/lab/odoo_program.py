"""How is Odoo started? With a configuration file of the lab's own, as a server or for one task."""

import configparser
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lockgate.kernel.errors import UnreachableError
from lockgate.kernel.secret import Secret
from lockgate.lab.debian_packages import OdooCode
from lockgate.lab.odoo_log import last_trouble
from lockgate.lab.places import Places
from lockgate.lab.postgres import OWNER
from lockgate.lab.running import ProgramFailed, run
from lockgate.lab.state import Process

HOST = "127.0.0.1"
HIDDEN_PREFIXES = ("tpl_", "building_")
START_SECONDS = 120
STOP_SECONDS = 10
ENDS_WITH_US = ("setpriv", "--pdeathsig", "KILL")
"""A killed `lab up` must not leave an Odoo behind that goes on filling a half-built template."""
BIGGEST_LOG_BYTES = 50 * 1024 * 1024


_started: list[subprocess.Popen[bytes]] = []
"""Servers that this process started and that outlive it: Python would warn of one that it forgets."""


@dataclass(frozen=True)
class OdooProgram:
    """An Odoo that can be run: its code, its add-ons and the Python that carries it."""

    code: OdooCode
    python: Path
    oca_addons: Path
    places: Places

    @property
    def config_file(self) -> Path:
        """The configuration that the lab writes."""
        return self.places.config_file

    def words(self, *arguments: str) -> list[str]:
        """Return the command line of Odoo with these arguments."""
        command, *rest = arguments or ("server",)
        return [str(self.python), str(self.code.command), command, "-c", str(self.config_file), *rest]

    def environment(self) -> dict[str, str]:
        """Return the environment that Odoo needs, beyond the usual one."""
        return {
            "PYTHONPATH": str(self.code.python_path),
            "PYTHONWARNINGS": "ignore",
            # Empty is no: compiled once and kept, Odoo starts in half the time, whatever the machine's habit.
            "PYTHONDONTWRITEBYTECODE": "",
            "LC_ALL": "C.UTF-8",
        }

    def configure(self, *, socket_folder: Path, port: int, workers: int, master_password: Secret) -> None:
        """Write the configuration file."""
        hidden = "|".join(HIDDEN_PREFIXES)
        options = {
            "addons_path": f"{self.code.addons},{self.oca_addons}",
            "data_dir": self.places.odoo_data,
            "db_host": socket_folder,
            "db_user": OWNER,
            "dbfilter": f"^(?!{hidden}|postgres$).*$",
            "admin_passwd": master_password.reveal(),
            "http_interface": HOST,
            "http_port": port,
            "gevent_port": free_port(),
            "workers": workers,
            # Scheduled actions are run on demand: a thread for each database would hold it against being cloned.
            "max_cron_threads": 0,
            # A lab sends no mail: nothing listens here.
            "smtp_server": HOST,
            "smtp_port": 9,
            "without_demo": True,
        }
        parser = configparser.RawConfigParser()
        parser["options"] = {name: str(value) for name, value in options.items()}
        with os.fdopen(os.open(self.config_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            parser.write(file)

    def install(self, database: str, modules: Sequence[str]) -> None:
        """Make a database with these modules."""
        log = self.places.data / f"{database}.log"
        log.unlink(missing_ok=True)
        words = self.words("server", "-d", database, "-i", ",".join(["base", *modules]))
        try:
            run([*ENDS_WITH_US, *words, "--stop-after-init", "--no-http", "--logfile", log], env=self.environment())
        except ProgramFailed as failure:
            said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else failure.output
            raise UnreachableError(
                "Odoo could not install the lab's modules.", why=last_trouble(said), do=f"The whole log: {log}"
            ) from None

    def run_script(self, database: str, script: str, env: dict[str, str] | None = None) -> str:
        """Run a script in Odoo's shell on a database and return what it printed."""
        words = self.words("shell", "-d", database, "--no-http", "--log-level", "error")
        try:
            return run([*ENDS_WITH_US, *words], env=self.environment() | (env or {}), text_in=script)
        except ProgramFailed as failure:
            raise UnreachableError("Odoo's shell failed.", why=last_trouble(failure.output)) from None

    def start(self, port: int) -> Process:
        """Start the server in the background and return once it answers."""
        log = self.places.log_file
        if log.exists() and log.stat().st_size > BIGGEST_LOG_BYTES:
            log.replace(log.with_suffix(".1.log"))
        begin = log.stat().st_size if log.exists() else 0
        with log.open("ab") as output:
            server = subprocess.Popen(
                self.words("server"),
                env={**os.environ, **self.environment()},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.places.data,
                start_new_session=True,
            )
        _started.append(server)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            if answers(port):
                return Process.of(server.pid) or Process(server.pid, 0)
            time.sleep(0.1)
        server.kill()
        said = log.read_bytes()[begin:].decode("utf-8", errors="replace")
        raise UnreachableError(
            "The lab's Odoo does not start.", why=last_trouble(said), do="See the whole log: `lockgate lab logs`."
        )


def stop(config_file: Path) -> None:
    """Stop the server of a configuration with all its workers, gently and then by force."""
    for how, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        for pid in _processes(config_file):
            with suppress(ProcessLookupError):
                os.kill(pid, how)
        deadline = time.monotonic() + seconds
        while _processes(config_file) and time.monotonic() < deadline:
            time.sleep(0.02)


def _processes(config_file: Path) -> set[int]:
    """Return the numbers of the server's processes: they alone carry its configuration in their command line."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
                if str(config_file) in words and "server" in words:
                    found.add(int(entry.name))
    return found


def answers(port: int) -> str | None:
    """Return the version of the Odoo that answers on a port of this machine, None when none does."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/web/version")
        reply = connection.getresponse()
        body = reply.read(4096).decode("utf-8", errors="replace")
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if reply.status != http.client.OK or '"version"' not in body:
        return None
    return body.split('"version":')[1].split('"')[1]


def free_port(first: int | None = None, tries: int = 50) -> int:
    """Return a free port of this machine: any, or the first free one from `first` on."""
    for port in range(first, first + tries) if first else [0]:
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise UnreachableError(
        f"No free port from {first} on.",
        why=f"{tries} ports in a row are taken.",
        do="Name one: `lockgate lab up --port N`.",
    )


def port_is_free(port: int) -> bool:
    """Return whether a server could listen on this port."""
    with socket.socket() as probe:
        # As a server does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def wait_until_free(port: int, seconds: float) -> None:
    """Return when a server could listen on this port, or when the time is up."""
    deadline = time.monotonic() + seconds
    while not port_is_free(port) and time.monotonic() < deadline:
        time.sleep(0.02)
