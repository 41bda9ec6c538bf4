"""Every page, looked at in every way in which people look; `support.looking` says in which."""

import pytest
from playwright.sync_api import expect

from support.doors import prove_it_again
from support.looking import WIDE, look
from support.tower_pages import FOR_ALL, PAGES, STOPS


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_legible_and_fits(desk, name):
    answer = desk.goto(PAGES[name])
    if name != "prove-it-again":
        prove_it_again(desk)

    assert answer.status == STOPS.get(name, 200)
    look(desk, name)


@pytest.mark.parametrize("name", FOR_ALL)
def test_a_page_for_everybody_is_whole_legible_and_fits(browser, tower, name):
    context = browser.new_context(base_url=tower.url, viewport=WIDE)
    page = context.new_page()
    page.goto(FOR_ALL[name])

    look(page, name)
    context.close()


def test_a_page_that_is_not_theirs_is_whole_legible_and_fits(sit_down):
    page = sit_down("georg")

    assert page.goto("/people/").status == 403
    look(page, "not-allowed")


def test_a_run_is_whole_legible_and_fits(sit_down):
    page = sit_down("bart")
    page.goto("/run/")
    page.get_by_label("What to run").select_option("ledger.verify")
    page.get_by_role("button", name="Run").click()
    page.wait_for_url("**/run/*/")
    expect(page.locator("main")).to_contain_text("done", timeout=60_000)

    look(page, "run")
