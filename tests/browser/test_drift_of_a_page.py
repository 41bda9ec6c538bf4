"""Somebody changes a product in Odoo's own page; it is found, with who did it, and brought back. Test T11."""

from playwright.sync_api import expect

from faults.partners import client_of
from support.odoo_page import log_in
from support.on_odoo import OnOdoo, begin_on
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

TEMPLATE = """
resources:
  - key: page-pump
    model: product.template
    values: { name: Pump of the page, type: consu, list_price: 12.5 }
"""


def test_what_somebody_changes_in_the_page_of_odoo_is_found_and_brought_back(
    page, lab, tmp_path, lockgate, monkeypatch
):
    programme = OnOdoo(begin_on(lab, tmp_path / "acme", lockgate, monkeypatch), lockgate)
    programme.put("template/pump.yaml", TEMPLATE)
    assert programme.say("apply", "--yes", "--by", "ann")["code"] == 0
    with client_of(lab) as odoo:
        [pump] = odoo.search("product.template", [["name", "=", "Pump of the page"]])

    log_in(page, lab)
    page.goto(f"{lab.url}/odoo/action-product.product_template_action_all/{pump}")
    price = page.locator("[name=list_price] input")
    expect(price).to_have_value("12.50", timeout=60_000)
    price.fill("19.75")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1, timeout=30_000)

    drift = programme.say("drift", "--by", "ann")
    [change] = drift["changes"]
    assert (change["key"], change["field"], change["declared"], change["live"]) == (
        "page-pump",
        "list_price",
        12.5,
        19.75,
    )
    assert (change["by"], bool(change["at"])) == ("Administrator", True)
    assert programme.say("apply", "--only", "page-pump", "--yes", "--by", "ann")["written"] == 1
    page.reload()
    expect(page.locator("[name=list_price] input")).to_have_value("12.50", timeout=60_000)
    assert programme.say("drift", "--by", "ann")["changes"] == []
