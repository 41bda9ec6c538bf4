"""The live Odoo that tests run against: a lab of the tests' own, so that nobody's databases are touched."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from lockgate.lab.debian_lab import DebianLab
from lockgate.lab.places import Places, default_places
from lockgate.lab.provider import Lab, Wish, Workbench
from lockgate.lab.state import Process, read_state

TEST_LAB = "test-lab"
_numbers = count(1)


@contextlib.contextmanager
def quiet_step(_title: str) -> Iterator[None]:
    yield


def places_of_tests() -> Places:
    usual = default_places()
    return replace(usual, data=usual.data.with_name(TEST_LAB))


@dataclass(frozen=True)
class LiveDatabase:
    """A database of the tests' lab and how to reach it."""

    url: str
    database: str
    login: str
    password: str
    api_key: str


@dataclass(frozen=True)
class LiveLab(LiveDatabase):
    """The tests' lab; its own database is shared by all tests of a run."""

    lab: DebianLab
    places: Places

    def make(self, source: str | None = None) -> LiveDatabase:
        """Return a fresh database; the caller drops it."""
        return of_lab(self.lab.clone(new_name(), source, quiet_step))

    @contextlib.contextmanager
    def clone(self, source: str | None = None) -> Iterator[LiveDatabase]:
        """Give a fresh database for the time of the block."""
        made = self.make(source)
        try:
            yield made
        finally:
            self.lab.drop(made.database)

    def kill(self) -> None:
        """End the server as a power cut would: at once, with all its workers."""
        server = self.server()
        if server is not None:
            os.killpg(server.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to end, as an administrator does, and return when it has."""
        server = self.server()
        if server is not None:
            os.kill(server.pid, signal.SIGTERM)
            while server.alive():
                time.sleep(0.05)

    def server(self) -> Process | None:
        """Return the process of the server, None when it does not run."""
        state = read_state(self.places.state_file)
        return state.server if state and state.server and state.server.alive() else None

    def psql(self) -> list[str]:
        """Return the words that open PostgreSQL's prompt on the shared database, past Odoo."""
        databases = self.lab._databases()
        assert databases is not None
        postgres = databases.postgres
        options = ["-h", postgres.socket_folder, "-U", "postgres", "-d", self.database, "-X", "-q"]
        return [str(postgres.programs / "psql"), *map(str, options)]

    def reader(self) -> str:
        """Return the address of the shared database for a user who may only read there."""
        self.told_past("grant select on all tables in schema public to onlooker")
        databases = self.lab._databases()
        assert databases is not None
        return f"postgresql://onlooker@/{self.database}?host={databases.postgres.socket_folder}"

    def told_past(self, statement: str) -> None:
        """Carry out a statement in the shared database, past Odoo; there is a user `onlooker` to grant something to."""
        databases = self.lab._databases()
        assert databases is not None
        if not databases.postgres.query("select 1 from pg_roles where rolname = 'onlooker'"):
            databases.postgres.query("create role onlooker login")
        databases.postgres.query(statement, database=self.database)

    def start(self) -> None:
        """Have the server running again, at the same address."""
        self.lab.up(Wish(), quiet_step)

    def restart(self) -> None:
        """Kill the server and start it again."""
        self.kill()
        self.start()


def of_lab(lab: Lab) -> LiveDatabase:
    assert lab.password is not None
    return LiveDatabase(lab.url, lab.database, lab.login, lab.password.reveal(), lab.api_key.reveal())


def bring_up() -> LiveLab:
    """Return the tests' lab, running, with a database of its own for this run."""
    places = places_of_tests()
    provider = DebianLab(Workbench(places, probe_nothing))
    provider.up(Wish(), quiet_step)
    shared = of_lab(provider.clone(new_name(), None, quiet_step))
    return LiveLab(**vars(shared), lab=provider, places=places)


def new_name() -> str:
    """Return a name that no database of any run has."""
    return f"t{os.getpid()}-{next(_numbers)}"


def probe_nothing(*_: object) -> None:
    raise AssertionError("the debian provider asks nobody")
