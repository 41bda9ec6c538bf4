"""Do records that are the same become one, and is each of them told of?"""

from dataclasses import replace

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.practices.migration.perform.matching.matched import match_all
from lockgate.practices.migration.perform.sending.targets import made

DECLARED = """
datasets:
  - {key: customers, title: Customers, source: erp, id: [NO]}
  - {key: bought, title: Customers of the firm that was bought, source: erp, id: [SITE, NO]}
  - {key: visits, title: Visits, source: erp, id: [NO]}
entities:
  - key: customer
    title: Customers
    kind: organisation
    same: [l.vat = r.vat]
    survivor: {phone: newest, city: longest}
    newest_by: seen
    parts:
      - dataset: customers
        columns: {name: NAME, vat: VAT, city: CITY, phone: TEL, debt: DEBT, seen: SEEN, head: HEAD}
      - {dataset: bought, columns: {name: NAME, vat: VAT, city: TOWN}, where: NAME <> 'Test'}
mappings:
  - key: customer
    domain: partners
    model: res.partner
    entity: customer
    fields: {name: s.name, city: s.city, credit_limit: s.debt, parent_id: {of: s.head, record: customer}}
  - key: visit
    domain: partners
    model: crm.lead
    dataset: visits
    fields: {partner_id: {of: s.CUST, record: customer}, name: s.NO}
  - key: call
    domain: partners
    model: crm.lead
    dataset: visits
    fields: {partner_id: {of: "'X|' || s.CUST", record: customer, dataset: bought}, name: s.NO}
"""
COLUMNS = ["NO", "NAME", "VAT", "CITY", "TEL", "DEBT", "SEEN", "HEAD"]
RECORDS = (
    ("1", "Van Hool", "BE1234567", "Lier", "111111", 10.5, "2024-01-01", None),
    ("2", "Van Hool NV", "BE1234567", "Lierneux", "222222", 99.25, "2026-01-01", "1"),
    ("3", "Nord", "DE9999999", "Kiel", None, None, None, None),
)


@pytest.fixture
def there(bench_of, declare, hold):
    """Return what a verb works with, and records of which two and two are the same."""
    hold("customers", COLUMNS, *RECORDS)
    hold("bought", ["SITE", "NO", "NAME", "VAT", "TOWN"], ("X", "3", "Nord AG", "DE9999999", "Kiel"))
    hold("visits", ["NO", "CUST"], ("V1", "2"), ("V2", "3"))
    return lambda declared=DECLARED: bench_of(declare(declared))


@pytest.fixture
def here(there):
    """The same, as it is declared."""
    return there()


def rows(here, query):
    return here.store.connection.execute(query).fetchall()


def keep_back(here, dataset, row, kind):
    here.store.connection.execute("insert into kept_back values (?, ?, 'k', null, ?, 'because')", [dataset, row, kind])


def test_what_is_the_same_becomes_one_record_with_the_values_that_survive(here):
    answer = match_all(here, ())
    assert [(one["entity"], one["records"], one["merged"], one["golden"]) for one in answer["entities"]] == [
        ("customer", 4, 2, 2)
    ]
    assert rows(here, "select _golden, _dataset, _row, name, city, city_from, phone, debt from golden.customer") == [
        ("customers:1", "customers", 2, "Van Hool", "Lierneux", "customers:2", "222222", 10.5),
        ("customers:3", "customers", 4, "Nord", "Kiel", "customers:3", None, None),
    ]


def test_whatever_referred_to_one_of_them_refers_to_the_one_that_is_left(here):
    match_all(here, ())
    made(here.store, here.migration)
    assert rows(here, 'select id, "parent_id/id" from target.customer order by id') == [
        ("lockgate.customer_customers_1", None),
        ("lockgate.customer_customers_3", None),
    ]
    assert rows(here, 'select "partner_id/id" from target.visit order by id') == [
        ("lockgate.customer_customers_1",),
        ("lockgate.customer_customers_3",),
    ]
    assert rows(here, 'select id, "partner_id/id" from target.call order by id') == [
        ("lockgate.call_V2", "lockgate.customer_customers_3")
    ]


def test_what_stays_behind_gives_no_value_keeps_nobody_back_and_is_followed(here):
    keep_back(here, "customers", 2, "left-out")
    keep_back(here, "customers", 4, "blocked")
    match_all(here, ())
    assert rows(here, "select _golden, _dataset, _row, name, city, debt from golden.customer order by 1") == [
        ("customers:1", "customers", 3, "Van Hool NV", "Lierneux", 99.25),
        ("customers:3", "bought", 2, "Nord AG", "Kiel", None),
    ]
    made(here.store, here.migration)
    assert rows(here, "select \"partner_id/id\" from target.visit where name = 'V1'") == [
        ("lockgate.customer_customers_1",)
    ]


def test_where_all_of_them_stay_behind_there_is_no_one_record(here):
    keep_back(here, "customers", 4, "blocked")
    keep_back(here, "bought", 2, "left-out")
    match_all(here, ())
    assert rows(here, "select _golden from golden.customer") == [("customers:1",)]


def test_evidence_tells_what_was_found_and_names_records_by_their_keys_only(here):
    (one,) = match_all(here, ())["entities"]
    found = here.place.ledger.record(one["evidence"]).payload
    assert found["kind"] == "migration.matched"
    assert found["subject"] == {"entity": "customer"}
    assert found["measures"] == {
        "pairs": 2,
        "sure": 2,
        "open_reviews": 0,
        "merged": 2,
        "duplicate_rate": 0.0,
        "round": 1,
    }
    kept = here.place.artifacts.read(found["artifact"]).decode()
    assert '"customers:1",' in kept
    assert "Van Hool" not in kept


def test_a_preview_tells_what_would_survive_and_keeps_nothing(here):
    head = here.place.ledger.head()
    (one,) = match_all(here, (), preview=1)["entities"]
    assert one["preview"][0]["records"] == ["customers:1", "customers:2"]
    assert {
        each["column"]: (each["value"], each["record"], each["differs"]) for each in one["preview"][0]["survivors"]
    } == {
        "name": ("Van Hool", "customers:1", True),
        "vat": ("BE1234567", "customers:1", False),
        "city": ("Lierneux", "customers:2", True),
        "phone": ("222222", "customers:2", True),
        "debt": ("10.50", "customers:1", True),
        "seen": ("2024-01-01", "customers:1", True),
        "head": ("1", "customers:2", False),
    }
    assert (one["evidence"], here.place.ledger.head()) == (None, head)
    assert rows(here, "select table_name from information_schema.tables where table_schema = 'golden'") == []
    assert rows(here, "select count(*) from merged union all select count(*) from pairs") == [(0,), (0,)]


@pytest.mark.parametrize(
    ("said", "instead", "what"),
    [
        ("l.vat = r.vat", "l.vta = r.vta", "The entity 'customer' can't be matched: the rule 'l.vta = r.vta'"),
        (
            "name: NAME, vat: VAT, city: TOWN",
            "name: NAEM",
            "The part 'bought' of the entity 'customer' can't be worked",
        ),
        (
            "{phone: newest",
            "{fax: newest",
            "The entity 'customer' says what survives of 'fax', which none of its parts",
        ),
    ],
)
def test_a_mistake_is_told_with_the_entity(there, said, instead, what):
    here = there(DECLARED.replace(said, instead))
    with pytest.raises(UsageError, match="'customer'") as stopped:
        match_all(here, ())
    assert what in stopped.value.what


def test_an_entity_that_nobody_declares_is_refused(here):
    with pytest.raises(UsageError, match="No entity 'costumer' is declared") as stopped:
        match_all(here, ["costumer"])
    assert "Did you mean `customer`?" in stopped.value.why


def test_a_programme_without_entities_has_nothing_to_match(here):
    with pytest.raises(UsageError, match="There is nothing to match"):
        match_all(replace(here, migration=replace(here.migration, entities={})), ())
