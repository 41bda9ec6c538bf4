"""What each comes for, by keyboard alone: no test here touches a mouse."""

import re

import pytest
from playwright.sync_api import expect

from support.doors import tab_to

MANY = 250
"""How often one presses Tab before one gives up."""


def test_a_programme_manager_finds_what_blocks_and_runs_it_again(sit_down):
    page = sit_down("bart")
    page.goto("/")
    tab_to(page, "a[href='/rerun/'].more", most=MANY)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/rerun/$"))
    tab_to(page, "tbody a[href^='/gate/']", most=MANY)
    page.keyboard.press("Enter")

    expect(page.locator("#gate .verdict")).to_contain_text("criteria settled")
    tab_to(page, "details.criterion:not([open]) > summary", most=MANY)
    page.keyboard.press("Enter")
    expect(page.locator("details.criterion[open] > summary:focus")).to_have_count(1)


def test_a_member_of_the_steering_committee_reads_the_sheet_as_of_a_day(sit_down):
    page = sit_down("anna")
    page.goto("/gate/gaps-decided/programme/")
    tab_to(page, "a[href*='/sign-off/']", most=MANY)
    page.keyboard.press("Enter")

    expect(page.locator(".signatures")).to_be_visible()
    tab_to(page, "[data-print]", most=MANY)
    page.keyboard.press("Alt+b")
    page.goto("/gate/gaps-decided/programme/?as-of=yesterday")
    tab_to(page, "#then a", most=MANY)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/gate/gaps-decided/programme/$"))


def test_a_process_owner_opens_their_record_and_says_something(sit_down):
    page = sit_down("hanne")
    page.goto("/register/gap/?owner=hanne")
    tab_to(page, "th[scope=row] a", most=MANY)
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/gap/GAP-*/")
    tab_to(page, "form[action$='/comment/'] textarea", most=MANY)
    page.keyboard.type("Tried with the team of the counter.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".happened")).to_contain_text("Tried with the team of the counter.")


def test_a_tester_raises_a_defect(sit_down):
    page = sit_down("noor")
    page.goto("/register/defect/")
    page.keyboard.press("Alt+c")
    page.wait_for_url("**/register/defect/new/")
    tab_to(page, "[name=title]", most=MANY)
    page.keyboard.type("The label of a return has no address")
    page.keyboard.press("Alt+s")

    page.wait_for_url(re.compile("/register/defect/[A-Z]+-[0-9]+/$"))
    expect(page.locator("h1")).to_have_text("The label of a return has no address")
    expect(page.locator(".happened")).to_contain_text("Noor")


def test_an_auditor_proves_a_record(sit_down):
    page = sit_down("simon")
    page.goto("/evidence/")
    tab_to(page, "tbody a", most=MANY)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/evidence/[0-9]+/"))
    tab_to(page, "form[action$='/verify/'] button, [hx-post$='/verify/']", most=MANY)
    page.keyboard.press("Enter")

    expect(page.locator("main .state-met", has_text="whole")).to_be_visible()


def test_somebody_who_only_reads_is_told_who_decides(sit_down):
    page = sit_down("rosa")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("gates")
    expect(page.locator("#palette a").first).to_contain_text("Gates", timeout=30_000)
    page.keyboard.press("Enter")
    page.wait_for_url("**/gate/")
    tab_to(page, "tbody th a", most=MANY)
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("You can't vote here.")
    expect(page.locator("main")).to_contain_text("Those who are")


def test_each_mark_narrows_the_palette_to_its_kind(sit_down):
    page = sit_down("rosa")
    page.goto("/")
    for said, group in (("/evid", "Places"), ("@anna", "People"), ("#GAP-24", "Records"), ("?gate", "Help")):
        page.keyboard.press(said[0])
        page.keyboard.type(said[1:])
        expect(page.locator("#palette input")).to_have_value(said)
        expect(page.locator("#palette .group")).to_have_text([group], timeout=30_000)
        page.keyboard.press("Escape")
        expect(page.locator("#palette")).to_be_hidden()


def test_a_member_of_the_design_authority_votes_with_their_reason(sit_down):
    page = sit_down("mira")
    page.goto("/gate/design-freeze/programme/")
    tab_to(page, "[name='vote-choice']", most=MANY)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("no-go", exact=True)).to_be_checked()
    tab_to(page, "[name='vote-reason']", most=MANY)
    page.keyboard.type("Three changes wait for a decision.")
    tab_to(page, "form[action$='/decide/'] button", most=MANY)
    page.keyboard.press("Enter")

    expect(page.locator(".told li").first).to_contain_text("Three changes wait for a decision.")
    expect(page.locator(".told li").first).to_contain_text("Mira Novak")


@pytest.mark.parametrize("person", ["quint", "rosa", "jonas", "petra", "karin"])
def test_whoever_leads_a_part_of_the_programme_goes_from_their_tasks_to_the_first(sit_down, person):
    page = sit_down(person)
    page.goto("/")
    tab_to(page, "nav a[href='/task/']", most=MANY)
    page.keyboard.press("Enter")
    page.wait_for_url("**/task/")
    first = page.locator("tbody th a").first
    there = first.get_attribute("href")
    tab_to(page, "tbody th a", most=MANY)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{there}")
    expect(page.locator("h1")).to_be_visible()
