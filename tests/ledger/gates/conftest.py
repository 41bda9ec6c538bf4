"""A programme that is run from the command line, on every store."""

import pytest
import time_machine

from support.meridian import MONDAY, begin
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]


@pytest.fixture
def clock():
    """The time of the test, which goes on from a Monday morning; `clock.move_to` sets it."""
    with time_machine.travel(MONDAY) as traveller:
        yield traveller


@pytest.fixture
def meridian(tmp_path, monkeypatch, url, clock, lockgate):
    """A programme with a gate of its own; the test stands in its folder."""
    monkeypatch.setenv("LOCKGATE_DATABASE_URL", url)
    monkeypatch.delenv("LOCKGATE_PERSON", raising=False)
    monkeypatch.chdir(tmp_path)
    programme = begin(lockgate, tmp_path, url)
    monkeypatch.chdir(programme.folder)
    return programme
