"""Does the catalogue find what the standard can do, and is it confirmed in the register? On a real Odoo."""

import json

import pytest

from faults.proxy import FaultProxy
from lockgate.odoo.calls.policy import READING


@pytest.mark.parametrize(
    ("words", "choice"),
    [
        ("several units of measure", "setting:group_uom"),
        ("lots and serial numbers", "setting:group_stock_production_lot"),
        ("landed costs", "setting:module_stock_landed_costs"),
        ("purchase order approval by a manager", "setting:po_order_approval"),
        ("credit limit of customers", "setting:account_use_credit_limit"),
        ("batch transfers", "setting:module_stock_picking_batch"),
        ("delivery slip", "report:stock.report_deliveryslip"),
        ("expected closing date of an opportunity", "field:crm.lead.date_deadline"),
    ],
)
def test_plain_words_find_what_is_meant_among_the_first(searcher, words, choice):
    found = [one["choice"] for one in searcher.say("fit", "search", words)["found"]]
    assert choice in found[:5], found


@pytest.mark.parametrize(
    ("words", "choice", "area"),
    [
        ("levels of approvals", "field:res.company.po_double_validation", "Purchase"),
        ("expected closing date of an opportunity", "field:crm.lead.date_deadline", "CRM"),
        ("tax id", "field:res.partner.vat", ""),
    ],
)
def test_a_field_belongs_to_the_area_that_brings_it(searcher, words, choice, area):  # K4
    found = {one["choice"]: one["capability"] for one in searcher.say("fit", "search", words)["found"]}
    assert found[choice] == area


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder in which the catalogue is kept for all of these tests."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def searcher(programme, kept):
    """The programme, with the catalogue that the first of these tests read."""
    (programme.folder / ".lockgate").mkdir(exist_ok=True)
    (programme.folder / ".lockgate" / "fit").symlink_to(kept)
    return programme


def test_it_is_read_once_and_nothing_is_written(programme, lab):
    settings = programme.folder / "lockgate.toml"
    with FaultProxy(lab.url) as proxy:
        settings.write_text(settings.read_text().replace(lab.url, proxy.url))
        first = programme.say("fit", "search", "landed costs")
        called = [tuple(path.split("/")[-2:]) for path in proxy.seen if path.startswith("/json/2/")]
        assert programme.say("fit", "search", "landed costs")["found"] == first["found"]
        again = [tuple(path.split("/")[-2:]) for path in proxy.seen if path.startswith("/json/2/")][len(called) :]
    assert {call for call in called if call[1] not in READING} == {("res.users", "context_get")}
    assert again[-1] == ("ir.module.module", "search_read")
    assert len(again) == len(called) - 4
    assert first["entries"] > 5_000


def test_a_suggestion_is_confirmed_as_a_change_of_the_requirement(searcher):
    said = ("title=Buy by pallet and sell by piece", "story=Units of measure differ", "capability=Inventory")
    assert searcher.lockgate("register", "raise", "requirement", *said, "--by", "example-analyst").code == 0
    told = searcher.say("fit", "suggest", "REQ-1")
    assert "setting:group_uom" in [one["choice"] for one in told["found"]]

    done = searcher.say("fit", "confirm", "REQ-1", "setting:group_uom", "--by", "example-analyst")

    assert done == {"requirement": "REQ-1", "standard": ["setting:group_uom"], "code": 0} | {"code": done["code"]}
    history = json.loads(searcher.lockgate("register", "history", "REQ-1", "--json").out)
    assert (history[-1]["by"], "setting:group_uom" in json.dumps(history[-1])) == ("example-analyst", True)
    ran = searcher.lockgate("fit", "confirm", "REQ-1", "setting:group_oum", "--by", "example-analyst")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "Error: Nothing of the standard is called that.")


def test_what_means_nothing_is_told(searcher):
    assert searcher.lockgate("fit", "search", "xylophone").code == 1
    ran = searcher.lockgate("fit", "search", "of the and")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "Error: There is nothing to search for.")
