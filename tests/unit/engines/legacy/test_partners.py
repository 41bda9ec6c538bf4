"""Are customers and suppliers who the truth says they are?"""

from collections import Counter

import pytest
from stdnum import iban
from stdnum.eu import vat
from stdnum.gb import vat as british

from lockgate.engines.legacy import KINDS
from support.extracts import dump, listed, truth

TABLES = [("KUNDEN.CSV", "KDNR", "customers", 240), ("LIEFER.CSV", "LFNR", "suppliers", 80)]


def valid(number):
    return british.is_valid(number) if number.startswith("GB") else vat.is_valid(number)


@pytest.mark.parametrize(("file", "key", "name", "count"), TABLES)
def test_every_record_has_its_own_number_with_leading_zeros_and_an_entity(written, file, key, name, count):
    numbers = [row[key] for row in dump(written, file)]
    assert (len(numbers), len(set(numbers))) == (count, count)
    assert {(len(number), number[:2]) for number in numbers} == {(8, "00")}
    assert [row["record"] for row in truth(written, name) if row["file"] == file] == numbers


@pytest.mark.parametrize(("file", "key", "name", "count"), TABLES)
def test_duplicates_are_the_records_that_share_an_entity_with_the_one_named(written, file, key, name, count):
    entity = {row["record"]: row["entity"] for row in truth(written, name) if row["file"] == file}
    doubled = [row for row in truth(written, "defects") if row["kind"] == "duplicate-within" and row["file"] == file]
    assert len(doubled) == max(2, round(count * KINDS["duplicate-within"].share))
    assert [row for row in doubled if entity[row["record"]] != entity[row["right"]]] == []
    shared = {record for record, each in entity.items() if Counter(entity.values())[each] > 1}
    assert shared == {row[end] for row in doubled for end in ("record", "right")}


@pytest.mark.parametrize(("file", "key", "name", "count"), TABLES)
def test_tax_ids_are_right_unless_the_truth_says_otherwise(written, file, key, name, count):
    wrong = {row[key] for row in dump(written, file) if row["USTID"] not in {"", "N/A"} and not valid(row["USTID"])}
    assert wrong == listed(written, file, "tax-id-invalid")
    empty = {row[key] for row in dump(written, file) if not row["USTID"]}
    assert empty == listed(written, file, "tax-id-missing")


def test_bank_accounts_are_right(written):
    assert [row["IBAN"] for row in dump(written, "LIEFER.CSV") if not iban.is_valid(row["IBAN"])] == []


@pytest.mark.parametrize(("file", "key", "name", "count"), TABLES)
def test_a_share_is_kept_exactly(written, file, key, name, count):
    assert len(listed(written, file, "inactive")) == round(count * KINDS["inactive"].share)
    assert len(listed(written, file, "country-notation")) == round(count * KINDS["country-notation"].share)


def test_parents_are_customers_and_nobody_is_his_own(written):
    customers = dump(written, "KUNDEN.CSV")
    numbers = {row["KDNR"] for row in customers}
    with_parent = [row for row in customers if row["KONZERN"]]
    assert len(with_parent) > 0
    assert [row for row in with_parent if row["KONZERN"] not in numbers - {row["KDNR"]}] == []


def test_phones_have_five_notations(written):
    shapes = {
        "".join("9" if letter.isdigit() else letter for letter in row["TEL"]) for row in dump(written, "KUNDEN.CSV")
    }
    kinds = {shape.replace("9", "") for shape in shapes}
    assert kinds == {"+", "  ", "/.", "+ ()  ", "() -"}
