"""Each test of the ledger that asks for `url` or `ledger` runs on every store."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.lab.postgres import Postgres
from lockgate.ledger import Ledger, open_ledger
from support.postgres import cluster, fresh_url


class Clock:
    """A clock that is set by hand and moves on by a second when it is looked at."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with cluster() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """The address of a ledger that does not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/here/ledger.db"
    return fresh_url(request.getfixturevalue("postgres"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(url, clock) -> Iterator[Ledger]:
    with open_ledger(url, clock, programme="meridian") as opened:
        yield opened
