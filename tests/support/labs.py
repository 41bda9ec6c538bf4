"""The fixtures of every test that needs a live Odoo: a lab of the tests' own, and databases in it."""

from collections.abc import Iterator

import pytest

from support.live import LiveDatabase, LiveLab, bring_up


@pytest.fixture(scope="session")
def lab() -> Iterator[LiveLab]:
    """The tests' lab, running, with a database of its own for this run."""
    live = bring_up()
    yield live
    live.start()  # a test may have left the server dead
    live.lab.drop(live.database)


@pytest.fixture
def fresh(lab: LiveLab) -> Iterator[LiveDatabase]:
    """A database of this test's own."""
    with lab.clone() as made:
        yield made
