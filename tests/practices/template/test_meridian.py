"""The template of the sample brings all thirteen areas of Odoo alive: two companies in two countries, from nothing.

Test T10 at its full size: the plan is empty afterwards, and the second country invoices with its own tax.
"""

import shutil
from pathlib import Path

import pytest

from faults.partners import client_of

SAMPLE = Path(__file__).parents[3] / "examples" / "meridian"
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
def database(lab):
    """A database for the sample."""
    with lab.clone() as made:
        yield made


@pytest.fixture(scope="module")
def answers():
    """What applying answered for the first time, in this list."""
    return []


@pytest.fixture
def meridian(database, answers, programme_at):
    """The programme of the sample, applied once."""
    made = programme_at(database)
    toml = made.folder / "lockgate.toml"
    _, build, instance = toml.read_text().partition("[instances.build]")
    shutil.rmtree(made.folder / "template")
    shutil.rmtree(made.folder / "programme")
    shutil.copytree(SAMPLE, made.folder, dirs_exist_ok=True)
    toml.write_text(toml.read_text().partition(build)[0] + build + instance)
    if not answers:
        answers.append(made.apply())
    return made


@pytest.fixture
def odoo(database):
    """A client of its Odoo."""
    with client_of(database) as client:
        yield client


def test_all_of_it_is_applied_at_once_and_the_plan_is_empty(meridian, answers):  # T10
    [came] = answers
    assert (came["code"], came["refused"], came["differing"], came["archived"]) == (0, [], [], 0)
    plan = meridian.say("plan")
    assert (plan["code"], plan["resources"]) == (0, [])


@pytest.mark.parametrize("area", ALIVE)
def test_an_area_has_live_records_of_the_template(area, meridian, odoo):
    rows = odoo.search_read("ir.model.data", [["module", "=", "lockgate"], ["name", "=like", "template__%"]], ["model"])
    there = {row["model"] for row in rows}
    assert [model for model in ALIVE[area] if model not in there] == []


@pytest.mark.parametrize(
    ("company", "country", "rate"), [("Meridian Deutschland", "base.de", 19), ("Meridian Benelux", "base.be", 21)]
)
def test_a_company_posts_an_invoice_with_the_tax_of_its_country(company, country, rate, meridian, odoo):
    [at] = odoo.search("res.company", [["name", "=", company]])
    there = odoo.within(company=at)
    [land] = odoo.search("res.country", [["code", "=", country[-2:].upper()]])
    [buyer] = there.create("res.partner", [{"name": "Buyer", "country_id": land}])
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

    [posted] = there.read("account.move", [invoice], ["state", "amount_untaxed", "amount_tax"])

    assert (posted["state"], posted["amount_untaxed"], posted["amount_tax"]) == ("posted", 200, 2 * rate)
