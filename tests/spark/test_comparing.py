"""Does Spark find the differences that DuckDB finds, with the same words and the same counts?"""

from decimal import Decimal

import duckdb
import pytest

from lockgate.engines import spark as spark_engine
from lockgate.engines.comparing import Field, compare
from lockgate.engines.spark import comparing
from lockgate.kernel.errors import UsageError
from support.rows.apart import FIELDS, planted, put


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute("set enable_external_access = false")
        yield opened


def both(connection, spark, key, fields, *, left="l", right="r"):
    """Return the counts and differences of both engines."""
    found = []
    for into, how in (("here", compare), ("there", lambda *a, **k: spark_engine.compare(*a, spark=spark, **k))):
        counts = how(connection, left, right, key, fields, into=into, domain="x")
        found.append((counts, connection.execute(f"FROM {into} ORDER BY ALL").fetchall()))
    return found


def test_planted_defects_of_every_kind_are_found_alike_in_many_buckets(connection, spark, monkeypatch):
    monkeypatch.setattr(comparing, "ROWS", 100)
    left, right, wanted = planted(1, 600)
    put(connection, left, right)
    here, there = both(connection, spark, ["id"], FIELDS)
    assert there == here
    assert len(there[1]) == len(wanted) > 100


def test_keys_of_two_parts_and_of_two_types_meet_and_empty_ones_do_not(connection, spark):  # S1
    connection.execute("""
        CREATE TABLE l AS SELECT * FROM (VALUES
            (1, 'a', 1.50::DECIMAL(9,2), ['x', 'y, z', NULL, '']), (1, 'b', 2, []),
            (NULL, 'a', 3, NULL), (2, 'a', 4, ['q'])
        ) t (no, part, amount, tags);
        CREATE TABLE r AS SELECT * FROM (VALUES
            ('1', 'a', 1.5::DOUBLE, ['y, z', 'x']), ('1', 'b', 2.25, ['new']),
            (NULL, 'a', 3, NULL), ('2', 'a', 4, ['q'])
        ) t (no, part, amount, tags);
    """)
    fields = [Field("amount", "number", tolerance=Decimal("0.1")), Field("tags", "set")]
    here, there = both(connection, spark, ["no", "part"], fields)
    assert there == here
    assert [(row[1], row[2], row[5]) for row in there[1]] == [
        ('["1","b"]', "amount", "rounding"),
        ('["1","b"]', "tags", "changed"),
        ('[null,"a"]', None, "extra"),
        ('[null,"a"]', None, "missing"),
    ]


def test_nothing_is_like_nothing(connection, spark):
    connection.execute("CREATE TABLE l (id INT, name VARCHAR); CREATE VIEW r AS FROM l")
    here, there = both(connection, spark, ["id"], [Field("name")])
    assert there == here
    assert there[0].alike


def test_what_can_not_be_compared_is_refused_alike(connection, spark):
    connection.execute("CREATE TABLE l (id INT, name VARCHAR); CREATE TABLE r (id INT, name VARCHAR)")
    with pytest.raises(UsageError, match="name can't be compared as a number"):
        spark_engine.compare(connection, "l", "r", ["id"], [Field("name", "number")], spark=spark)
