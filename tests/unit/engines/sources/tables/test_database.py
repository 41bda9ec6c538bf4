"""Is any database with an ADBC driver read, with what it says about its types?"""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from lockgate.engines.sources import Column, Extract, Kind
from lockgate.kernel.errors import UsageError
from support.staging import told
from support.unreadable import PART, UNREADABLE


def extract(**declared) -> Extract:
    return Extract(Kind.ADBC, connection="OLD_ERP", **({"driver": "adbc_driver_sqlite", "table": "items"} | declared))


def test_another_database_is_read_through_its_driver(round_):
    with closing(sqlite3.connect(round_.folder / "old.db")) as database:
        database.execute("CREATE TABLE items (code, price)")
        database.executemany("INSERT INTO items VALUES (?, ?)", [("a", 1.5), ("b", 0.1 + 0.2), (None, 1e-7)])
        database.commit()
    declared = extract(columns=(Column("price", "decimal"),))
    staged = round_.stage(declared, environment={"OLD_ERP": f"file:{round_.folder}/old.db?mode=ro"})
    assert told(staged) == []
    assert round_.raw == [(1, "a", "1.5"), (2, "b", "0.30000000000000004"), (3, None, "1e-07")]
    assert [row[2] for row in round_.typed] == [Decimal("1.5"), Decimal("0.3"), Decimal("0.0000001")]


def test_a_driver_that_is_not_here_is_told(round_):
    with pytest.raises(UsageError) as error:
        round_.stage(extract(driver="adbc_driver_nowhere"), environment={"OLD_ERP": "x://y"})
    assert error.value.lines() == (
        "The driver adbc_driver_nowhere is not here.",
        "Each database has its own.",
        "Install it: pip install adbc-driver-nowhere",
    )


def test_only_adbc_drivers_are_loaded(round_):
    (refusal,) = round_.stage(extract(driver="os"), environment={"OLD_ERP": "x://y"}).refusals
    assert refusal.message == "`driver` is no ADBC driver: name its package, like `adbc_driver_snowflake`."


@pytest.mark.parametrize("case", UNREADABLE)
@pytest.mark.parametrize(
    "declared", [{"kind": Kind.POSTGRESQL}, {"kind": Kind.ADBC, "driver": "adbc_driver_postgresql"}]
)
def test_an_address_that_can_not_be_read_is_told_without_the_password(declared, case, round_):  # B1
    with pytest.raises(UsageError) as error:
        round_.stage(
            Extract(connection="OLD_ERP", table="items", **declared), environment={"OLD_ERP": UNREADABLE[case]}
        )
    said = " ".join(error.value.lines())
    assert said.startswith("The address can't be read. What stands in OLD_ERP can't be told apart")
    assert PART not in said
