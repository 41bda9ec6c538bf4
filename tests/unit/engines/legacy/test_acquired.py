"""Is what the acquired firm shares with the old ERP known, and do its books tie?"""

from collections import Counter

import pytest
from stdnum import ean

from support.extracts import dump, listed, number, table, truth

SIDES = [
    ("customers", "customer", "KUNDEN.CSV", "KDNR"),
    ("suppliers", "supplier", "LIEFER.CSV", "LFNR"),
    ("items", "item", "ARTIKEL.CSV", "ARTNR"),
]


@pytest.mark.parametrize(("name", "own", "file", "key"), SIDES)
def test_what_is_in_both_systems_is_listed_with_its_record_in_the_other_one(written, name, own, file, key):
    entity = {(row["file"], row["record"]): row["entity"] for row in truth(written, name)}
    there = {each for (of, _), each in entity.items() if of == file}
    both = {record for (of, record), each in entity.items() if of == own and each in there}
    assert both == listed(written, own, "duplicate-across")
    assert 0 < len(both) < len(table(written, own))
    pairs = [row for row in truth(written, "defects") if (row["file"], row["kind"]) == (own, "duplicate-across")]
    assert [row for row in pairs if entity[file, row["right"]] != entity[own, row["record"]]] == []


@pytest.mark.parametrize(("name", "own", "file", "key"), SIDES)
def test_the_truth_knows_every_record(written, name, own, file, key):
    told = [row["record"] for row in truth(written, name) if row["file"] == own]
    assert sorted(told) == sorted(str(next(iter(row.values()))) for row in table(written, own))


def test_shared_customers_are_written_differently(written):
    name = {row["KDNR"]: row["NAMA"] for row in dump(written, "KUNDEN.CSV")}
    own = {str(row["customer_id"]): row["name"] for row in table(written, "customer")}
    pairs = [row for row in truth(written, "defects") if (row["file"], row["kind"]) == ("customer", "duplicate-across")]
    assert sum(own[row["record"]] != name[row["right"]] for row in pairs) > len(pairs) / 2


def test_shared_items_have_another_number_and_the_maker_number_or_gtin_of_the_old_system(written):
    items = {row["ARTNR"]: row for row in dump(written, "ARTIKEL.CSV")}
    own = {row["sku"]: row for row in table(written, "item")}
    spoilt = {row["record"] for row in truth(written, "defects") if row["kind"] == "placeholder"}
    for pair in truth(written, "defects"):
        if (pair["file"], pair["kind"]) == ("item", "duplicate-across") and pair["right"] not in spoilt:
            ours, theirs = own[pair["record"]], items[pair["right"]]
            assert ours["maker_number"].replace("-", "") == theirs["HERSTNR"].replace("-", "")


def test_gtins_are_right_unless_the_truth_says_otherwise(written):
    wrong = {row["sku"] for row in table(written, "item") if row["gtin"] and not ean.is_valid(row["gtin"])}
    assert wrong == listed(written, "item", "gtin-invalid")


def test_the_balances_sum_to_zero_and_equal_what_they_control(written):
    balance = {row["account"]: row["balance_cents"] for row in table(written, "balance")}
    assert sum(balance.values()) == 0
    cost = {row["sku"]: row["cost_cents"] for row in table(written, "item")}
    stock = sum(row["quantity"] * cost[row["sku"]] for row in table(written, "stock"))
    still = Counter()
    for row in table(written, "open_item"):
        sign = 1 if row["debit_cents"] else -1
        still[row["partner_kind"]] += sign * (row["debit_cents"] + row["credit_cents"] - row["settled_cents"])
    found = {"stock": stock, "receivable": still["customer"], "payable": still["supplier"]}
    assert found == {"stock": balance["1300"], "receivable": balance["1100"], "payable": balance["2100"]}
    right = {row["measure"]: number(row["amount"]) for row in truth(written, "totals") if row["company"] == "kempen"}
    assert {measure: right[measure] for measure in found} == found


def test_open_items_are_of_partners_that_are_there_and_have_one_side(written):
    rows = table(written, "open_item")
    assert [row for row in rows if (row["debit_cents"] == 0) == (row["credit_cents"] == 0)] == []
    there = {("customer", row["customer_id"]) for row in table(written, "customer")}
    there |= {("supplier", row["supplier_id"]) for row in table(written, "supplier")}
    assert {(row["partner_kind"], row["partner_id"]) for row in rows} - there == set()
