"""Is each open order as far as the truth says, and does it speak of partners and items that are there?"""

from collections import Counter, defaultdict
from typing import NamedTuple

import pytest

from support.extracts import dump, listed, number, truth


class Side(NamedTuple):
    heads: str
    positions: str
    key: str
    moved: str
    partner: str
    partners: str


SIDES = [
    Side("VKKOPF.CSV", "VKPOS.CSV", "AUFNR", "MNGLIEF", "KDNR", "KUNDEN.CSV"),
    Side("EKKOPF.CSV", "EKPOS.CSV", "BESTNR", "MNGEING", "LFNR", "LIEFER.CSV"),
]


def how_far(lines, column):
    done, all_of_it = (sum(number(line[each]) for line in lines) for each in (column, "MENGE"))
    return "nothing" if done == 0 else "full" if done == all_of_it else "partly"


def by_order(written, positions, key):
    lines = defaultdict(list)
    for line in dump(written, positions):
        lines[line[key]].append(line)
    return lines


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.heads)
def test_each_order_is_as_far_as_the_truth_says(written, side):
    lines = by_order(written, side.positions, side.key)
    told = {
        row["record"]: (row["delivery"], row["invoicing"])
        for row in truth(written, "orders")
        if row["file"] == side.heads
    }
    assert {order: (how_far(of, side.moved), how_far(of, "MNGFAKT")) for order, of in lines.items()} == told
    assert len({*told.values()}) >= 4  # every half-done state is there


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.heads)
def test_just_the_orders_of_partners_that_are_gone_are_refused(written, side):
    there = {row[side.partner] for row in dump(written, side.partners)}
    orphans = {row[side.key] for row in dump(written, side.heads) if row[side.partner] not in there}
    assert orphans == listed(written, side.heads, "orphan")
    refused = {
        row["record"] for row in truth(written, "orders") if row["file"] == side.heads and row["state"] == "refused"
    }
    assert refused == orphans


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.heads)
def test_the_head_says_the_sum_of_its_lines(written, side):
    lines = by_order(written, side.positions, side.key)
    for row in dump(written, side.heads):
        values = [
            (number(line["MENGE"]) // 100 * number(line["PREIS"]) * (10_000 - number(line.get("RABATT", "0"))) + 5_000)
            // 10_000
            for line in lines[row[side.key]]
        ]
        assert number(row["NETTO"]) == sum(values), row[side.key]


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.heads)
def test_every_line_speaks_of_an_item_that_is_there(written, side):
    items = {row["ARTNR"] for row in dump(written, "ARTIKEL.CSV")}
    assert {row["ARTNR"] for row in dump(written, side.positions)} - items == set()


def test_an_order_that_is_on_hold_stays_a_draft(written):
    held = {row["AUFNR"] for row in dump(written, "VKKOPF.CSV") if row["HALT"]}
    gone = listed(written, "VKKOPF.CSV", "orphan")
    assert len(held) > 1
    assert {row["record"] for row in truth(written, "orders") if row["state"] == "draft"} == held - gone


@pytest.mark.parametrize(("kind", "column"), [("order-of-inactive", "INAKT"), ("order-of-blocked", "SPERRE")])
def test_orders_of_customers_that_should_have_none_are_listed(written, kind, column):
    marked = {row["KDNR"] for row in dump(written, "KUNDEN.CSV") if row[column]}
    gone = listed(written, "VKKOPF.CSV", "orphan")
    found = {row["AUFNR"] for row in dump(written, "VKKOPF.CSV") if row["KDNR"] in marked} - gone
    assert found == listed(written, "VKKOPF.CSV", kind)


def test_goods_leave_a_warehouse_of_the_company_that_sold_them(written):
    pairs = Counter((row["FIRMA"], row["LAGER"]) for row in dump(written, "VKKOPF.CSV"))
    assert set(pairs) == {("01", "01"), ("01", "02"), ("02", "03")}


def test_what_is_on_its_way_is_ordered_and_not_received(written):
    coming = [row for row in dump(written, "EKPOS.CSV") if number(row["MNGUNTW"])]
    assert len(coming) > 0
    assert [row for row in coming if (row["MNGUNTW"], row["MNGEING"]) != (row["MENGE"], "0,00")] == []
