"""Where are the measurements taken? On fresh databases of the lab, each warmed up before it is used."""

import itertools
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.lab.debian_lab import DebianLab
from lockgate.lab.provider import Lab, Wish
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.programme.workbench import workbench

_numbers = itertools.count(1)
WARM_UP_CALLS = 12
CALL_SECONDS = 600
"""How long a call may take: what others do in one call takes minutes on a busy machine."""


@dataclass(frozen=True)
class Database:
    """A database of the lab."""

    url: str
    name: str
    login: str
    key: Secret
    lab: DebianLab

    def client(self) -> Client:
        """Return Lockgate's own client."""
        key = ApiKey(self.key, self.login)
        return connect(self.url, self.name, key, role=Role.LAB, allow_private=True, timeout_seconds=CALL_SECONDS)

    def reader(self) -> str:
        """Return the address for a user of the database who may only read."""
        databases = self.lab._databases()  # noqa: SLF001
        if databases is None:
            raise RuntimeError("The lab has no PostgreSQL.")
        postgres = databases.postgres
        if not postgres.query("select 1 from pg_roles where rolname = 'onlooker'"):
            postgres.query("create role onlooker login")
        postgres.query("grant select on all tables in schema public to onlooker", database=self.name)
        return f"postgresql://onlooker@/{self.name}?host={postgres.socket_folder}"


def bring_up() -> DebianLab:
    """Return the running lab."""
    lab = DebianLab(workbench())
    lab.up(Wish(), quiet)
    return lab


def fresh(lab: DebianLab) -> Database:
    """Return a new database that all of the server's workers have opened."""
    made = lab.clone(f"bench{os.getpid()}-{next(_numbers)}", None, quiet)
    database = of(made, lab)
    with database.client() as client, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: client.search_count("res.partner"), range(WARM_UP_CALLS)))
    return database


def drop(database: Database) -> None:
    """Remove the database."""
    database.lab.drop(database.name)


def of(made: Lab, lab: DebianLab) -> Database:
    """Return the database that the lab tells of."""
    return Database(made.url, made.database, made.login, made.api_key, lab)


@contextmanager
def quiet(_title: str) -> Iterator[None]:
    """Do a step without telling."""
    yield
