"""The sample's template brings all thirteen areas of Odoo alive: three companies in three countries, from nothing.

Test T10 at its full size: the plan is empty afterwards, each country invoices with its own tax and currency, and
what is there can be adopted into files that say the same.
"""

import shutil

import pytest

from faults.partners import client_of
from support.meridian_lab import workspace
from support.on_odoo import OnOdoo

ALIVE = {
    "CRM": ("crm.team", "crm.stage", "crm.lost.reason"),
    "Sales": ("product.pricelist", "sale.order.template", "tier.definition", "exception.rule"),
    "Purchase": ("product.supplierinfo", "tier.definition"),
    "Inventory": ("stock.warehouse", "stock.location", "stock.putaway.rule", "stock.warehouse.orderpoint"),
    "Accounting": ("account.payment.term", "account.journal", "account.tax", "account.fiscal.position"),
    "Manufacturing": ("mrp.bom", "mrp.workcenter"),
    "Quality": ("qc.test",),
    "Maintenance": ("maintenance.team", "maintenance.equipment", "maintenance.plan"),
    "Planning": ("forecast.role", "resource.booking.type", "resource.booking.combination"),
    "Project": ("project.project", "project.milestone", "project.task"),
    "Documents": ("dms.directory", "document.page"),
    "Helpdesk": ("helpdesk.ticket.team", "helpdesk.ticket.category", "rma.tag"),
    "HR": ("hr.department", "hr.job", "hr.work.location"),
}
"""What each area has of the template, at the least one record of each."""


@pytest.fixture(scope="module")
def country(lab, meridian_lab):
    """A copy of the Odoo that the template has set up."""
    with lab.clone(meridian_lab.database) as made:
        yield made


@pytest.fixture
def meridian(country, tmp_path, lockgate, monkeypatch):
    """The programme of the sample, applied once."""
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.setenv("BUILD_KEY", country.api_key)
    workspace(tmp_path / "meridian", country.url, country.database)
    monkeypatch.chdir(tmp_path / "meridian")
    return OnOdoo(tmp_path / "meridian", lockgate)


@pytest.fixture
def odoo(country):
    """A client of its Odoo."""
    with client_of(country) as client:
        yield client


def test_all_of_it_is_applied_at_once_and_the_plan_is_empty(meridian, meridian_lab):  # T10
    came = meridian_lab.applied
    assert (came["code"], came["refused"], came["differing"], came["archived"]) == (0, [], [], 0)
    plan = meridian.say("plan")
    assert (plan["code"], plan["resources"]) == (0, [])


@pytest.mark.parametrize("area", ALIVE)
def test_an_area_has_live_records_of_the_template(area, meridian, odoo):
    rows = odoo.search_read("ir.model.data", [["module", "=", "lockgate"], ["name", "=like", "template__%"]], ["model"])
    there = {row["model"] for row in rows}
    assert [model for model in ALIVE[area] if model not in there] == []


@pytest.mark.parametrize(
    ("company", "land", "rate", "currency"),
    [
        ("Meridian Deutschland", "DE", 19, "EUR"),
        ("Meridian Benelux", "BE", 21, "EUR"),
        ("Meridian UK", "GB", 20, "GBP"),
    ],
)
@pytest.mark.usefixtures("meridian")
def test_a_company_posts_an_invoice_with_its_own_tax_and_currency(company, land, rate, currency, odoo):
    [at] = odoo.search("res.company", [["name", "=", company]])
    there = odoo.within(company=at)
    [country] = odoo.search("res.country", [["code", "=", land]])
    [buyer] = there.create("res.partner", [{"name": "Buyer", "country_id": country}])
    [pump] = there.search("product.product", [["default_code", "=", "PMP-C10"]])
    line = {"product_id": pump, "quantity": 2, "price_unit": 100}
    bill = {
        "move_type": "out_invoice",
        "partner_id": buyer,
        "invoice_date": "2026-11-02",
        "invoice_line_ids": [[0, 0, line]],
    }
    [invoice] = there.create("account.move", [bill])
    there.call("account.move", "action_post", [invoice])

    [posted] = there.read("account.move", [invoice], ["state", "amount_untaxed", "amount_tax", "company_currency_id"])
    assert (posted["state"], posted["amount_untaxed"], posted["amount_tax"]) == ("posted", 200, 2 * rate)
    assert posted["company_currency_id"][1] == currency


@pytest.mark.parametrize("company", ["Meridian Deutschland", "Meridian Benelux"])
@pytest.mark.usefixtures("meridian")
def test_reminders_are_sent_of_what_customers_of_a_company_owe(company, odoo):
    [at] = odoo.search("res.company", [["name", "=", company]])
    there = odoo.within(company=at)
    [buyer] = there.create("res.partner", [{"name": "Late payer"}])
    [owing] = there.read("res.partner", [buyer], ["property_account_receivable_id"])
    [policy] = there.search_read("credit.control.policy", [["company_id", "=", at]], ["account_ids"])
    assert policy["account_ids"] == [owing["property_account_receivable_id"][0]]


def test_the_rate_of_the_template_holds_in_both_books(meridian, odoo):
    rates = {}
    for company, currency in (("Meridian Benelux", "GBP"), ("Meridian UK", "EUR")):
        [at] = odoo.search("res.company", [["name", "=", company]])
        [one] = odoo.within(company=at, active_test=False).search_read(
            "res.currency", [["name", "=", currency]], ["rate"]
        )
        rates[currency] = one["rate"]
    assert rates["GBP"] * rates["EUR"] == pytest.approx(1, abs=1e-5)


def test_what_is_there_can_be_adopted_and_then_there_is_nothing_to_do(meridian):
    shutil.rmtree(meridian.folder / "template")

    came = meridian.say("adopt", "res.config.settings", "--out", "template/all.yaml", "--by", "anna")

    assert (came["code"], came["taken_over"]) == (0, 0)
    plan = meridian.say("plan")
    assert (plan["code"], plan["resources"], plan["unchanged"]) == (0, [], came["resources"])
    assert came["resources"] > 430
