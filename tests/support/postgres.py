"""The PostgreSQL that tests of the ledger run against: a cluster of the tests' own, from the wheel of the lab."""

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from lockgate.lab.places import Places
from lockgate.lab.postgres import Postgres, end_at_once, provide_postgres

_numbers = count(1)


@contextlib.contextmanager
def cluster() -> Iterator[Postgres]:
    """Give a running server that nobody else knows, and leave nothing of it behind."""
    folder = Path(tempfile.mkdtemp(prefix="lockgate-test-"))
    places = Places(cache=folder / "cache", data=folder / "data")
    places.make()
    postgres = provide_postgres(places, Path(sys.executable))
    try:
        postgres.start()
        yield postgres
    finally:
        end_at_once(postgres.data)
        shutil.rmtree(places.cluster, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def fresh_url(postgres: Postgres) -> str:
    """Return the address of a new, empty database."""
    name = f"ledger{next(_numbers)}"
    postgres.query(f"CREATE DATABASE {name}")
    return url_of(postgres, name)


def url_of(postgres: Postgres, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={postgres.socket_folder}"
