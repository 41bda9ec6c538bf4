"""A house with customers that were entered twice, and what is matched in it."""

import duckdb
import pytest

from lockgate.engines.matching import Entity
from support.rows.twice import PARTS, make


@pytest.fixture
def house():
    """Give a connection with the tables erp, shop and truth: 300 customers, 60 of them twice."""
    with duckdb.connect() as connection:
        make(connection)
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


@pytest.fixture
def customers():
    return Entity("customer", "organisation", PARTS)
