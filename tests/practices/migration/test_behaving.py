"""Is work tried on what was loaded, as somebody with few rights, and is what fails told? On a real Odoo."""

import pytest

from lockgate.lab.places import LAB_VARIABLE
from support.live import TEST_LAB

CHECKS = """
checks:
  - key: buy
    title: It can be bought and received
    does: buy-and-receive
    owner: example-sponsor
    why: The first delivery waits
    company: base.main_company
    warehouses: [stock.warehouse0]
    records: item
    where: [[default_code, "=", MIG-2]]
    partners: customer
    each: categ_id
    samples: 2
    groups: [purchase.group_purchase_user, stock.group_stock_user]
  - key: fetch
    title: What runs short is ordered
    does: replenish
    owner: example-sponsor
    why: Shelves are empty otherwise
    company: base.main_company
    warehouses: [stock.warehouse0]
    records: item
    samples: 2
"""


@pytest.fixture
def loaded(programme, odoo):
    """The programme with goods that are kept in stock; what was done with them stays in Odoo, apart from names."""
    said = (programme.folder / "migration" / "own.yaml").read_text(encoding="utf-8")
    programme.declare(said.replace("type: {value: consu}}", "type: {value: consu}, is_storable: {value: true}}"))
    (programme.folder / "migration" / "checks.yaml").write_text(CHECKS, encoding="utf-8")
    programme.brought()
    yield programme
    named = ["module", "=", "lockgate"], ["name", "=like", "customer\\_%"]
    odoo.unlink("ir.model.data", odoo.search("ir.model.data", [*named]))


def test_work_goes_through_or_is_told_with_the_record_and_what_odoo_said(loaded, odoo):
    [fetched] = loaded.say("behave", "--check", "fetch")["checks"]
    assert (fetched["samples"], fetched["passed"]) == (2, 0)  # nobody is named who sells them
    assert {one["record"] for one in fetched["failed"]} == {"item_MIG-1", "item_MIG-2"}
    assert all(one["why"] for one in fetched["failed"])

    said = loaded.say("behave")

    bought, fetched = said["checks"]
    assert (bought["samples"], bought["passed"], bought["failed"]) == (1, 1, [])
    assert [one["record"] for one in fetched["failed"]] == ["item_MIG-1"]  # Odoo knows now who sells the other
    assert said["code"] == 1
    everybody = odoo.within(active_test=False)
    [person] = everybody.search_read("res.users", [["login", "=", "lockgate-tries-buy"]], ["active"])
    assert person["active"] is False
    [order] = odoo.search_read("purchase.order", [["create_uid", "=", person["id"]]], ["state", "receipt_status"])
    assert (order["state"], order["receipt_status"]) == ("purchase", "full")


def test_the_same_seed_tries_the_same_records(loaded):
    first, second = (loaded.say("behave", "--check", "fetch")["checks"][0]["failed"] for _ in range(2))
    assert [one["record"] for one in first] == [one["record"] for one in second]


def test_work_is_not_tried_where_people_work(loaded):
    settings = loaded.folder / "lockgate.toml"
    settings.write_text(settings.read_text().replace('role = "build"', 'role = "training"'))
    ran = loaded.lockgate("migrate", "behave", "--instance", "build", "--by", "example-sponsor")
    assert ran.code == 5
    assert "Work is tried on copies only." in ran.err


def test_on_a_copy_of_its_own_work_leaves_no_trace(loaded, odoo, lab, monkeypatch):
    monkeypatch.setenv(LAB_VARIABLE, TEST_LAB)
    monkeypatch.setenv("XDG_DATA_HOME", str(lab.places.data.parents[1]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(lab.places.cache.parents[1]))
    before = odoo.search_count("purchase.order")

    said = loaded.say("behave", "--check", "buy", "--copy")

    assert (said["checks"][0]["passed"], said["code"]) == (1, 0)
    assert odoo.search_count("purchase.order") == before
    again = loaded.say("behave", "--check", "buy", "--copy")  # the copy of before is in nobody's way
    assert (again["checks"][0]["failed"], again["code"]) == ([], 0)
