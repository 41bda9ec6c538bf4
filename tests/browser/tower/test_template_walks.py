"""What people do with a template and with fit, walked in a browser: read a plan and apply it, accept, confirm."""

import re

import pytest
from playwright.sync_api import expect

from lockgate.app.main import run
from lockgate.practices.fit.decide.catalogue import Entry
from lockgate.practices.fit.perform.catalogue import catalogue
from support.looking import look as look_at
from support.planned_template import change, kept_plan, look, step

LEVEL = "template/70-purchase/reordering.yaml:14:5"


@pytest.fixture
def office(sit_down):
    """The window of somebody who may apply and adopt."""
    return sit_down("bart")


def test_a_plan_is_read_with_the_line_that_says_it_and_then_applied(tower, office):
    kept_plan(tower.root, "", step("pump-c10", list_price={"old": 300, "new": 310, "at": LEVEL}))

    office.goto("/template/plan/?instance=build&scope=programme")
    expect(office.get_by_role("link", name=LEVEL.rpartition(":")[0])).to_be_visible()
    expect(office.locator("main")).to_contain_text(re.compile("300.*310", re.DOTALL))
    office.get_by_text("Apply this plan").click()
    expect(office.locator("main")).to_contain_text("0 to create, 1 to change, 0 to archive in build.")
    office.get_by_role("button", name="Apply it").click()

    office.wait_for_url("**/run/*/")
    expect(office.locator("main")).to_contain_text("template.apply")


def test_rights_that_are_missing_stand_beside_the_plan_with_the_line_that_needs_them(tower, office):
    lacking = {"model": "product.template", "right": "write", "resources": 2, "at": LEVEL, "why": "Only bosses may."}
    price = step("pump-c10", list_price={"old": 300, "new": 310, "at": LEVEL})
    kept_plan(tower.root, "", price, denied=(lacking,))

    office.goto("/template/plan/?instance=build&scope=programme")
    missing = office.get_by_role("region", name="Rights that are missing").first
    expect(missing).to_contain_text("Only bosses may.")
    expect(missing.get_by_role("link", name=LEVEL.rpartition(":")[0])).to_be_visible()
    look_at(office, "template-plan-lacking")


def test_what_was_changed_by_hand_is_accepted_from_the_inbox(tower, office):
    look(tower.root, "", change(key="pump-c10", declared_at=LEVEL))

    office.goto("/template/drift/")
    expect(office.locator("main")).to_contain_text("Anna Aerts")
    accept = office.get_by_role("button", name="Accept pump-c10 list_price")
    expect(accept).to_be_visible()
    accept.click()

    office.wait_for_url("**/run/*/")
    expect(office.locator("main")).to_contain_text("template.adopt")


def test_a_suggestion_is_confirmed_and_it_is_told_who_did(tower, office, capsys):
    catalogue(tower.root, "build")._fill(
        "a make", [Entry("setting", "group_lot", "Lots and serial numbers", "", "", "Inventory")]
    )
    said = ("title=Lots of adhesives", "capability=Inventory", "--by", "bart", "--workspace", str(tower.root))
    assert run(("register", "raise", "requirement", *said)) == 0
    raised = capsys.readouterr().out.split()[0]

    office.goto(f"/fit/?instance=build&requirement={raised}&q=lots")
    confirm = office.get_by_role("button", name="Confirm Lots and serial numbers")
    expect(confirm).to_be_visible()
    confirm.click()

    expect(office.locator("body")).to_contain_text(f"{raised} is carried by setting:group_lot.")
    told = office.request.get("/api/fit").json()
    [need] = [one for one in told if one["requirement"] == raised]
    assert (need["standard"], need["confirmed_by"]) == (["setting:group_lot"], "bart")
