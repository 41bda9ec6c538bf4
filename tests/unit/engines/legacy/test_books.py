"""Do the books tie: open items, stock and work in progress with the trial balance, and that with itself?"""

from collections import Counter

import pytest

from support.extracts import dump, number, truth

CONTROL = {
    ("01", "400000"): "receivable",
    ("02", "1400"): "receivable",
    ("01", "440000"): "payable",
    ("02", "1600"): "payable",
    ("01", "340000"): "stock",
    ("02", "3980"): "stock",
    ("02", "7050"): "wip",
}


def totals(written, *, currency="EUR"):
    found = Counter()
    for row in truth(written, "totals"):
        if row["currency"] == currency and row["measure"] != "balance":
            found[row["company"], row["measure"]] += number(row["amount"])
    return found


def owed(written, file, column, *, currency=None):
    found = Counter()
    for row in dump(written, file):
        if currency in {None, row["WAEHR"]}:
            found[row["FIRMA"]] += number(row[column])
    return found


def test_the_balances_of_each_company_sum_to_zero(written):
    sums = Counter()
    for row in dump(written, "SALDEN.CSV"):
        assert number(row["SALDO"]) == number(row["SOLL"]) - number(row["HABEN"])
        sums[row["FIRMA"]] += number(row["SALDO"])
    assert sums == {"01": 0, "02": 0}


def test_control_accounts_equal_what_they_control(written):
    right = totals(written)
    balance = {(row["FIRMA"], row["KONTO"]): number(row["SALDO"]) for row in dump(written, "SALDEN.CSV")}
    assert {account: balance[account] for account in CONTROL} == {
        account: right[account[0], measure] for account, measure in CONTROL.items()
    }


def test_the_truth_knows_every_balance(written):
    told = {
        (row["company"], row["place"]): number(row["amount"])
        for row in truth(written, "totals")
        if row["measure"] == "balance" and row["company"] != "kempen"
    }
    assert told == {(row["FIRMA"], row["KONTO"]): number(row["SALDO"]) for row in dump(written, "SALDEN.CSV")}


@pytest.mark.parametrize(("file", "measure", "sign"), [("OPDEB.CSV", "receivable", 1), ("OPKRE.CSV", "payable", -1)])
def test_open_items_add_up_to_the_right_totals_in_both_currencies(written, file, measure, sign):
    euro, pounds = owed(written, file, "OFFENHW"), owed(written, file, "OFFEN", currency="GBP")
    assert {company: totals(written)[company, measure] for company in euro} == {
        company: sign * cents for company, cents in euro.items()
    }
    assert {company: totals(written, currency="GBP")[company, measure] for company in pounds} == {
        company: sign * pence for company, pence in pounds.items()
    }


@pytest.mark.parametrize("file", ["OPDEB.CSV", "OPKRE.CSV"])
def test_an_open_item_is_what_is_left_of_it_at_its_rate(written, file):
    rows = dump(written, file)
    for row in rows:
        left = number(row["OFFEN"])
        assert left == number(row["BETRAG"]) - number(row["BEZAHLT"])
        assert abs(number(row["OFFENHW"]) * number(row["KURS"]) - left * 10_000) <= number(row["KURS"]) / 2
    assert {row["BELART"] for row in rows} == {"RE", "GU", "ZA"}
    assert any(number(row["BEZAHLT"]) for row in rows)
    assert {row["WAEHR"] for row in rows} == {"EUR", "GBP"}


def test_work_in_progress_is_what_was_taken_at_cost(written):
    cost = {row["ARTNR"]: number(row["EKPREIS"]) for row in dump(written, "ARTIKEL.CSV")}
    worth = sum(number(row["MNGENTN"]) // 100 * cost[row["KOMP"]] for row in dump(written, "FERTMAT.CSV"))
    assert worth == totals(written)["02", "wip"] > 0
