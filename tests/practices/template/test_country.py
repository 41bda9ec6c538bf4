"""A second country is set up from nothing: a language, a company with its chart, settings, a warehouse, terms, prices.

Test T10: the plan is empty afterwards, also when applying was killed in the middle. Test T9: looking writes nothing.
"""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from faults.partners import client_of
from faults.proxy import FaultProxy
from lockgate.kernel.errors import Exit
from lockgate.odoo.calls.policy import READING, READING_OF_ONE_MODEL

BELGIUM = """
why: What the second country needs.
languages: [fr_BE]
modules: [product_margin]
resources:
  - key: features
    model: res.config.settings
    values:
      group_stock_multi_locations: true
      group_stock_adv_location: true
      group_multi_currency: true
      group_product_pricelist: true
  - key: euro
    model: res.currency
    values: { name: EUR, active: true }
  - key: acme-be
    model: res.company
    values: { name: Acme BE, country_id: base.be, currency_id: euro, chart_template: be_comp }
  - key: approval-be
    model: res.config.settings
    company: acme-be
    values:
      po_order_approval: true
      po_double_validation_amount: 7500
      sale_tax_id: "account.{acme-be}_attn_VAT-OUT-12-L"
  - key: ghent
    model: stock.warehouse
    company: acme-be
    after: [features]
    values: { name: Ghent, code: GNT, company_id: acme-be, reception_steps: two_steps, delivery_steps: pick_ship }
  - key: ghent-receipts
    model: stock.picking.type
    company: acme-be
    made_by_odoo: true
    values: { warehouse_id: ghent, sequence_code: IN, reservation_method: manual }
  - key: in-halves
    model: account.payment.term
    values:
      name: In halves
      line_ids:
        - { value: percent, value_amount: 50, delay_type: days_after, nb_days: 10 }
        - { value: percent, value_amount: 50, delay_type: days_after, nb_days: 30 }
    translations:
      fr_BE: { name: En deux fois }
  - key: wares
    model: product.category
    values: { name: Wares, property_cost_method: fifo }
    by_company:
      acme-be: { property_cost_method: average }
  - key: valve
    model: product.template
    values: { name: Valve, categ_id: wares, type: consu, is_storable: true }
    translations:
      fr_BE: { name: Vanne }
  - key: dealers
    model: product.pricelist
    values:
      name: Dealers
      item_ids:
        - { applied_on: 2_product_category, categ_id: wares, compute_price: percentage, percent_price: 10 }
        - { applied_on: 1_product, product_tmpl_id: valve, compute_price: fixed, fixed_price: 44, min_quantity: 10 }
  - key: careful-buyers
    model: res.groups
    values:
      name: Careful buyers
      implied_ids: { has: [purchase.group_purchase_user] }
"""


@pytest.fixture
def belgium(country, answers, programme_at):
    """The programme of the second country, applied after it was killed twice."""
    made = programme_at(country)
    (made.folder / "template" / "goods.yaml").unlink()
    made.write(BELGIUM, "template/belgium.yaml")
    if not answers:
        for seconds in (4, 9):
            _killed_after(seconds, made)
        answers.append(_applied(made))
    return made


def _applied(programme):
    """Apply, again where Odoo still did what the killed one had asked of it: the plan is stale then, and refused."""
    for _ in range(10):
        ran = programme.lockgate("apply", "--yes", "--by", "ann", "--json")
        if ran.code != Exit.REFUSED:
            break
        assert "The plan is stale." in ran.err
        time.sleep(2)
    assert ran.out, ran.err
    return json.loads(ran.out) | {"code": ran.code}


@pytest.fixture
def there(country):
    """A client of its Odoo."""
    with client_of(country) as client:
        yield client


def test_killed_at_any_moment_it_goes_on_where_it_was(belgium, answers, there):  # T10
    [came] = answers
    assert (came["code"], came["refused"], came["differing"]) == (0, [], [])
    assert came["written"] < 13
    plan = belgium.say("plan")
    assert (plan["code"], plan["resources"], plan["unchanged"]) == (0, [], 13)
    assert there.search_count("product.template", [["name", "=", "Valve"]]) == 1
    [company] = there.search_read("res.company", [["name", "=", "Acme BE"]], ["chart_template"])
    assert company["chart_template"] == "be_comp"


def test_lines_and_texts_and_values_of_a_company_are_there(belgium, there):
    [term] = there.search_read("account.payment.term", [["name", "=", "In halves"]], ["line_ids"])
    lines = there.read("account.payment.term.line", term["line_ids"], ["value_amount", "nb_days"])
    assert sorted((line["value_amount"], line["nb_days"]) for line in lines) == [(50, 10), (50, 30)]
    french = there.within(lang="fr_BE").search_read("product.template", [["name", "=", "Vanne"]], ["name"])
    assert [one["name"] for one in french] == ["Vanne"]
    [company] = there.search("res.company", [["name", "=", "Acme BE"]])
    asked = ("product.category", [["name", "=", "Wares"]], ["property_cost_method"])
    assert there.search_read(*asked)[0]["property_cost_method"] == "fifo"
    assert there.within(company=company).search_read(*asked)[0]["property_cost_method"] == "average"


def test_what_was_changed_by_hand_in_lines_texts_companies_and_settings_is_found_and_reverted(belgium, there):
    [term] = there.search("account.payment.term", [["name", "=", "In halves"]])
    [wares] = there.search("product.category", [["name", "=", "Wares"]])
    [company] = there.search("res.company", [["name", "=", "Acme BE"]])
    [valve] = there.search("product.template", [["name", "=", "Valve"]])
    [first, _] = there.search("account.payment.term.line", [["payment_id", "=", term]])
    there.write("account.payment.term.line", first, {"nb_days": 14})
    there.within(company=company).write("product.category", wares, {"property_cost_method": "standard"})
    there.within(lang="fr_BE").write("product.template", valve, {"name": "Robinet"})
    there.write("res.company", company, {"po_double_validation_amount": 9000})

    drift = belgium.say("drift", "--by", "ann")

    assert sorted((one["key"], one["field"], one["company"], one["language"]) for one in drift["changes"]) == [
        ("approval-be", "po_double_validation_amount", "acme-be", ""),
        ("in-halves", "line_ids", "", ""),
        ("valve", "name", "", "fr_BE"),
        ("wares", "property_cost_method", "acme-be", ""),
    ]
    assert {one["live"] for one in drift["changes"] if one["key"] != "in-halves"} == {9000, "Robinet", "standard"}
    came = belgium.apply()
    assert (came["code"], came["written"], came["differing"]) == (0, 4, [])
    assert there.search_count("account.payment.term.line", [["payment_id", "=", term]]) == 2


def test_looking_calls_nothing_that_writes_whatever_is_looked_at(belgium, there, country, tmp_path):  # T9
    [term] = there.search("account.payment.term", [["name", "=", "In halves"]])
    [wares] = there.search("product.category", [["name", "=", "Wares"]])
    there.write("account.payment.term", term, {"sequence": 3})
    there.write("product.category", wares, {"property_cost_method": "average"})
    settings = belgium.folder / "lockgate.toml"
    kept = belgium.folder / "template" / "belgium.yaml"
    with FaultProxy(country.url) as proxy:
        settings.write_text(settings.read_text().replace(country.url, proxy.url))
        assert [one["key"] for one in belgium.say("plan", "--out", str(tmp_path / "plan.json"))["resources"]] == [
            "wares"
        ]
        assert belgium.say("plan", "--only", "ghent", "--only", "approval-be")["code"] == 0
        assert belgium.say("plan", "--explain-merge")["code"] == 0
        assert [one["key"] for one in belgium.say("drift", "--by", "ann")["changes"]] == ["wares"]
        assert belgium.say("adopt", "wares:property_cost_method")["code"] == 0
        called = {tuple(path.split("/")[-2:]) for path in proxy.seen if path.startswith("/json/2/")}
        settings.write_text(settings.read_text().replace(proxy.url, country.url))
    assert {call for call in called if call[1] not in READING and call not in READING_OF_ONE_MODEL} == set()
    assert {("res.config.settings", "onchange"), ("ir.module.module", "search_read")} <= called
    assert "values: { name: Wares, property_cost_method: average }" in kept.read_text()
    there.write("product.category", wares, {"property_cost_method": "fifo"})


def test_what_odoo_has_not_made_is_a_fault_when_nothing_is_left_to_wait_for(belgium):
    more = (
        BELGIUM.replace("OUT-12-L", "OUT-13-L")
        + """
  - key: ghent-nothing
    model: stock.picking.type
    company: acme-be
    made_by_odoo: true
    values: { warehouse_id: ghent, sequence_code: NONE }
"""
    )
    belgium.write(more, "template/belgium.yaml")

    told = belgium.say("plan")

    assert [(one["code"], one["line"]) for one in told["findings"]] == [("unknown-reference", 25), ("not-made", 68)]


def _killed_after(seconds, programme):
    """Apply in a process of its own and kill it."""
    words = [sys.executable, "-m", "lockgate", "apply", "--yes", "--by", "ann"]
    with subprocess.Popen(words, cwd=programme.folder, env=os.environ, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
