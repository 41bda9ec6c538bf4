"""Records that are the same are found, explained, and decided by people."""

import json
from dataclasses import replace

import duckdb
import pytest

from lockgate.engines.matching import Entity, Part, match, score_against
from lockgate.kernel.errors import UsageError


def cluster_of(connection, record):
    return connection.execute(
        "select record from clusters where cluster = (select cluster from clusters where record = ?) order by 1",
        [record],
    ).fetchall()


def verdict(connection, one, other):
    return connection.execute(
        'select verdict, decided_by from pairs where ("left", "right") in ((?, ?), (?, ?))', [one, other, other, one]
    ).fetchall()


def state(connection):
    return [connection.execute(f"from {name} order by all").fetchall() for name in ("pairs", "clusters")]


def test_customers_that_were_entered_twice_are_found(house, customers):
    matched = match(house, customers)
    assert score_against(house, customers, "truth").f1 >= 0.97
    assert (matched.records, matched.clusters + matched.merged, matched.unknown) == (360, 360, 0)
    assert matched.duplicate_rate == matched.merged / 360


def test_the_same_records_give_the_same_answer_to_the_last_bit(house, customers):  # M4
    match(house, customers)
    first = state(house)
    match(house, customers)
    assert state(house) == first


def test_a_pair_is_explained_by_the_weight_of_each_answer(house, customers):
    match(house, customers)
    probability, weights = house.execute(
        """select probability, weights from pairs where "left" = 'erp:0000' and "right" = 'shop:0'"""
    ).fetchall()[0]
    said = json.loads(weights)
    assert {"about", "said", "bits"} == set(said[0])
    assert said[-1]["about"] == "any two records"
    bits = sum(each["bits"] for each in said)
    assert probability == pytest.approx(1 / (1 + 2**-bits), abs=0.01)


def test_a_persons_same_joins_and_its_withdrawal_gives_the_earlier_state(house, customers):
    match(house, customers)
    before = state(house)
    match(house, customers, decisions=[("erp:0001", "erp:0002", True)])
    assert cluster_of(house, "erp:0001") == [("erp:0001",), ("erp:0002",)]
    assert verdict(house, "erp:0001", "erp:0002") == [("same", "person")]
    match(house, customers)
    assert state(house) == before


def test_a_persons_different_overrides_score_and_rule_and_chain(house, customers):  # R1 R2 Q3
    ruled = replace(customers, same=("l.vat = r.vat",))
    apart = [("shop:0", "erp:0000", False), ("erp:0000", "erp:0002", True), ("erp:0002", "shop:0", True)]
    match(house, ruled, decisions=apart)
    assert verdict(house, "erp:0000", "shop:0") == [("different", "person")]
    assert cluster_of(house, "erp:0000") == [("erp:0000",), ("erp:0002",)]
    assert verdict(house, "erp:0002", "shop:0") == [("apart", "person")]


def test_of_two_decisions_about_a_pair_the_later_one_counts(house, customers):  # R1
    match(house, customers, decisions=[("erp:0000", "shop:0", False), ("shop:0", "erp:0000", True)])
    assert verdict(house, "erp:0000", "shop:0") == [("same", "person")]


def test_a_decision_about_a_record_that_is_gone_is_counted(house, customers):
    assert match(house, customers, decisions=[("erp:0000", "erp:9999", True)]).unknown == 1


def test_a_rule_that_says_never_parts_also_what_others_bring_together(house, customers):  # M3
    house.execute("update shop set mail = 'a@x.example' where no = '0'")
    together = [("erp:0000", "erp:0002", True), ("erp:0002", "shop:1", True)]
    kept = replace(customers, never=("l.key = '0000' and r.key = '1'",))
    match(house, customers, decisions=together)
    assert ("shop:1",) in cluster_of(house, "erp:0000")
    match(house, kept, decisions=together)
    assert ("shop:1",) not in cluster_of(house, "erp:0000")


def test_a_rule_that_says_same_joins_without_a_score(house, customers):
    strict = replace(customers, sure=1.1, same=("l.phone = r.phone",))
    match(house, strict)
    assert house.execute("select distinct decided_by from pairs where verdict = 'same'").fetchall() == [
        ("same: l.phone = r.phone",)
    ]


def test_what_is_neither_sure_nor_unlikely_is_for_review(house, customers):
    matched = match(house, replace(customers, sure=1.1, review=0.5))
    assert (matched.sure, matched.merged) == (0, 0)
    assert matched.to_review == matched.pairs > 50


def test_a_block_that_says_the_same_of_too_many_is_left_out_and_told(house, customers):  # B2
    matched = match(house, replace(customers, block=("'all'", "vat")))
    assert matched.skipped == (("'all'", 1, 360),)


def test_a_name_alone_is_compared_by_letters():  # N1 N2
    with duckdb.connect() as connection:
        connection.execute("create table firms (id int, firm varchar)")
        firms = [
            "Müller Rohrbau GmbH",
            "Rohrbau Mueller",
            "Muler Rohrbau AG",
            "Schmidt Pumpen",
            "Pumpen Schmied KG",
            "Weber",
        ]
        connection.executemany("insert into firms values (?, ?)", list(enumerate(firms)))
        lone = Entity("firm", "organisation", (Part("firms", "firms", "id", {"name": "firm"}),))
        matched = match(connection, lone)
        assert cluster_of(connection, "firms:0") == [("firms:0",), ("firms:1",)]
        assert connection.execute('select "left", "right", verdict from pairs order by all').fetchall() == [
            ("firms:0", "firms:1", "same"),
            ("firms:0", "firms:2", "review"),
            ("firms:1", "firms:2", "review"),
            ("firms:3", "firms:4", "review"),
        ]
        assert (matched.sure, matched.to_review) == (1, 3)


def test_goods_are_the_same_by_gtin_or_makers_number_and_never_by_a_name_with_other_numbers():
    rows = [
        (f"A{n}", f"Bolt M{n} x {n * 7}", str(4_006_381_300_000 + n * 37), "Acme", f"B-{n:03}") for n in range(1, 80)
    ]
    twice = [
        (f"K{n}", f"M{n} x {n * 7} bolt", str(4_006_381_300_000 + n * 37), "ACME", f"b{n:03}") for n in range(1, 30)
    ]
    with duckdb.connect() as connection:
        connection.execute("create table item (sku varchar, text varchar, gtin varchar, maker varchar, number varchar)")
        connection.executemany("insert into item values (?, ?, ?, ?, ?)", rows + twice)
        columns = {"name": "text", "gtin": "gtin", "maker": "maker", "maker_number": "number"}
        goods = Entity("item", "item", (Part("item", "item", "sku", columns),))
        matched = match(connection, goods)
        connection.execute(
            "create table truth as select 'item' as dataset, sku as key, substr(sku, 2) as entity from item"
        )
        assert score_against(connection, goods, "truth").f1 == 1.0
        assert matched.merged == 29


def test_few_records_and_none_are_no_trouble():
    with duckdb.connect() as connection:
        connection.execute("create table c (id int, name varchar, vat varchar)")
        parts = (Part("c", "c", "id", {"name": "name", "vat": "vat"}),)
        few = Entity("c", "organisation", parts)
        assert match(connection, few).records == 0
        connection.execute("insert into c values (1, 'Alpha GmbH', 'DE1234567'), (2, 'Beta AG', 'N/A')")
        assert (match(connection, few).records, match(connection, few).merged) == (2, 0)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"never": ("l.nothing = 1",)}, "the rule 'l.nothing = 1' can't be used"),
        ({"block": ("nothing",)}, "the block 'nothing' can't be used"),
        ({"parts": (Part("erp", "nobody", "no", {"name": "name"}),)}, "the records of customer can't be read"),
        (
            {"parts": (Part("erp", "erp", "town", {"name": "name"}),)},
            "records of customer can't be told apart: erp:Frankfurt, erp:Hamburg, erp:Köln",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(house, customers, change, what):
    with pytest.raises(UsageError) as refused:
        match(house, replace(customers, **change))
    assert refused.value.what == what
    assert len(refused.value.lines()) == 3
