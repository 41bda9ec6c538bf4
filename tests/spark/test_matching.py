"""Does Spark find the same pairs with the same scores to the last bit, and so the same clusters?"""

from dataclasses import replace
from functools import partial

import duckdb
import pytest

from lockgate.engines import spark as spark_engine
from lockgate.engines.matching import Entity, Part, match
from lockgate.engines.matching.blocking import MOST
from lockgate.kernel.errors import UsageError
from support.rows.twice import PARTS, make

CUSTOMER = Entity("customer", "organisation", PARTS)
RULED = replace(CUSTOMER, same=("l.vat = r.vat", "l.name = r.name"), never=("l.postcode <> r.postcode",))
NAMES = tuple(Part(part.dataset, part.table, part.key, {"name": "name"}) for part in PARTS)
DECIDED = [("erp:0000", "shop:0", False), ("erp:0001", "erp:0002", True), ("erp:0003", "gone:1", True)]


@pytest.fixture
def house():
    with duckdb.connect() as connection:
        make(connection)
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


def came(connection, entity, **how):
    """Return what matching answers and leaves."""
    matched = match(connection, entity, **how)
    return matched, *(connection.execute(f"from {name} order by all").fetchall() for name in ("pairs", "clusters"))


@pytest.mark.parametrize(
    ("entity", "decisions"),
    [
        (CUSTOMER, ()),
        (replace(RULED, review=0.01), DECIDED),
        (Entity("name", "organisation", NAMES, review=0.3), ()),
        (replace(CUSTOMER, block=("vat", "left(name, 0) || 'all'", "unnest(string_split(name, ' '))")), ()),
    ],
    ids=["by columns", "with rules and decisions", "by names alone", "by blocks of its own"],
)
def test_pairs_scores_and_clusters_are_the_same(house, spark, entity, decisions):
    here = came(house, entity, decisions=decisions)
    there = came(house, entity, decisions=decisions, pairing=partial(spark_engine.pair, spark=spark))
    assert there == here
    assert here[0].merged >= 50


def test_a_block_that_says_the_same_of_too_many_is_told_alike(house, spark):
    entity = replace(CUSTOMER, block=("vat", "'everybody'"))
    matched = match(house, entity, pairing=partial(spark_engine.pair, spark=spark))
    assert matched.skipped == (("'everybody'", 1, 360),)
    assert MOST < 360


@pytest.mark.parametrize(
    "entity",
    [
        replace(CUSTOMER, same=("l.tax = r.tax",)),
        replace(CUSTOMER, same=("l.city::int = 1",)),
        replace(CUSTOMER, block=("left(nobody, 3)",)),
        replace(CUSTOMER, block=("name::int",)),
    ],
    ids=["rule", "rule that fails on a record", "block", "block that fails on a record"],
)
def test_a_rule_or_block_that_can_not_be_asked_is_refused_alike(house, spark, entity):
    told = []
    for how in ({}, {"pairing": partial(spark_engine.pair, spark=spark)}):
        with pytest.raises(UsageError) as refused:
            match(house, entity, **how)
        told.append((refused.value.what, refused.value.why.split("'")[0], refused.value.do))
    assert told[1] == told[0]
