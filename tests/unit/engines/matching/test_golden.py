"""Each value of a golden record survives by a strategy, and tells from which record it came."""

import duckdb
import pytest

from lockgate.engines.matching import STRATEGIES, Entity, Part, golden, match
from lockgate.kernel.errors import UsageError

COLUMNS = {"name": "name", "phone": "phone", "vat": "vat", "changed": "changed"}
ENTITY = Entity(
    "customer", "organisation", (Part("old", "old", "no", COLUMNS), Part("new", "new", "no", COLUMNS)), same=("true",)
)


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        for name in ("old", "new"):
            connection.execute(
                f"create table {name} (no varchar, name varchar, phone varchar, vat varchar, changed varchar)"
            )
        connection.execute("insert into old values ('1', 'Alpha', 'N/A', 'DE136695976', '2020-01-01')")
        connection.execute(
            "insert into old values ('2', 'Alpha GmbH & Co', '0221 1234567', 'DE136695976', '2024-01-01')"
        )
        connection.execute("insert into new values ('1', 'Alpha GmbH', '0221 7654321', 'DE136695976', '2026-01-01')")
        connection.execute("insert into new values ('3', 'Alpha GmbH', NULL, 'DE136695976', NULL)")
        connection.execute("insert into new values ('9', 'Omega', '0221 999888', NULL, NULL)")
        match(connection, ENTITY)
        yield connection


@pytest.mark.parametrize(
    ("column", "strategy", "value", "record"),
    [
        ("phone", "source order", "N/A", "old:1"),  # G1
        ("phone", "not blank", "0221 1234567", "old:2"),  # G2
        ("name", "longest", "Alpha GmbH & Co", "old:2"),  # G3
        ("name", "most frequent", "Alpha GmbH", "new:1"),
        ("phone", "newest", "0221 7654321", "new:1"),
        ("phone", "chosen", "0221 1234567", "old:2"),  # G4
    ],
)
def test_a_value_survives_by_its_strategy(connection, column, strategy, value, record):
    assert golden(connection, ENTITY, {column: strategy}) == 2
    assert connection.execute(
        f"select {column}, {column}_from from golden.customer where golden = 'old:1'"
    ).fetchall() == [(value, record)]


@pytest.mark.parametrize("strategy", ["source order", "longest", "most frequent", "chosen"])
def test_what_a_person_chose_comes_before_any_strategy(connection, strategy):  # G4
    assert golden(connection, ENTITY, {"name": strategy}, chosen=[("new:3", "name")]) == 2
    assert connection.execute("select name, name_from from golden.customer where golden = 'old:1'").fetchall() == [
        ("Alpha GmbH", "new:3")
    ]


def test_every_strategy_is_tried_above():
    assert set(STRATEGIES) == {"source order", "not blank", "longest", "most frequent", "newest", "chosen"}


def test_a_column_without_strategy_takes_the_first_that_says_something(connection):  # G2
    golden(connection, ENTITY, {})
    assert connection.execute("from golden.customer").fetchall() == [
        ("old:1", 4, "Alpha", "old:1", "DE136695976", "old:1", "0221 1234567", "old:2"),
        ("new:9", 1, "Omega", "new:9", None, None, "0221 999888", "new:9"),
    ]


def test_merged_says_where_each_record_went(connection):  # G5
    golden(connection, ENTITY, {})
    assert connection.execute("from merged order by all").fetchall() == [
        ("customer", "new", "1", "old:1"),
        ("customer", "new", "3", "old:1"),
        ("customer", "new", "9", "new:9"),
        ("customer", "old", "1", "old:1"),
        ("customer", "old", "2", "old:1"),
    ]


@pytest.mark.parametrize(
    ("survivors", "what"),
    [
        ({"fax": "longest"}, "customer has no column 'fax'"),
        ({"name": "best"}, "'best' is no strategy for name"),
    ],
)
def test_what_is_not_known_is_refused(connection, survivors, what):
    with pytest.raises(UsageError) as refused:
        golden(connection, ENTITY, survivors)
    assert refused.value.what == what
