"""What goes wrong is told in words, on a page that is whole, legible and fits, or beside what was asked for."""

import sqlite3
import time
from contextlib import closing

import pytest
from playwright.sync_api import expect

from support.looking import look
from support.tower import PASSWORD

NOBODY = "nobody-of-that-name"
PATIENCE_MS = 60_000
"""How long an answer may take on a machine that has other work."""


@pytest.fixture
def bug(tower):
    """A tower that lacks a table, so that what asks it for notices ends in a bug."""
    with closing(sqlite3.connect(tower.root / ".lockgate" / "tower.db")) as tables:
        tables.execute("alter table notices_wish rename to notices_gone")
        tables.commit()
        yield
        tables.execute("alter table notices_gone rename to notices_wish")
        tables.commit()


def test_a_bug_is_whole_legible_and_fits(bug, desk):
    assert desk.goto("/account/notice/").status == 500
    expect(desk.locator("h1")).to_have_text("Lockgate has a bug.")
    look(desk, "bug")


def test_too_many_attempts_are_whole_legible_and_fit(browser, tower):
    context = browser.new_context(base_url=tower.url)
    page = context.new_page()
    for _ in range(6):
        page.goto("/account/login/")
        page.fill("[name=login]", NOBODY)
        page.fill("[name=password]", PASSWORD)
        with page.expect_navigation() as last:
            page.keyboard.press("Enter")

    assert last.value.status == 429
    expect(page.locator("h1")).to_have_text("Too many attempts.")
    look(page, "too-many")
    context.close()


def test_a_part_that_does_not_come_says_so_until_one_does(desk):
    desk.goto("/")
    _wait_for_the_search(desk)
    desk.context.set_offline(True)
    desk.locator("[data-palette]").click()
    expect(desk.get_by_role("alert")).to_contain_text("The server was not reached, so nothing was kept")
    expect(desk.locator("dialog[open] #trouble")).to_be_visible()

    desk.context.set_offline(False)
    desk.keyboard.type("gap")
    expect(desk.locator("#found a").first).to_be_visible(timeout=PATIENCE_MS)
    expect(desk.locator("#trouble")).to_be_hidden(timeout=PATIENCE_MS)


def test_a_part_that_ends_in_a_bug_says_so_in_the_words_of_the_server(desk):
    desk.goto("/")
    desk.route("**/search/results/**", lambda route: route.fulfill(status=500, body=STOP, content_type="text/html"))
    desk.locator("[data-palette]").click()

    expect(desk.get_by_role("alert")).to_have_text("Lockgate has a bug. The log has it. Try <b>again</b>.")
    desk.get_by_role("button", name="Close").click()
    expect(desk.locator("#trouble")).to_be_hidden()
    desk.unroute_all()


def test_who_may_not_any_more_is_told_so_beside_the_page(sit_down):
    page = sit_down("bart")
    page.goto("/")
    page.evaluate("document.body.setAttribute('hx-headers', '{\"X-CSRFToken\": \"of nobody\"}')")
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Light or dark").click()

    expect(page.get_by_role("alert")).to_contain_text("This form did not come from a page of the tower.")
    expect(page.get_by_role("alert")).to_contain_text("Load the page again and repeat what you did.")


def test_whose_session_ended_signs_in_again_and_goes_on_where_they_were(sit_down):
    page = sit_down("bart")
    page.goto("/gate/?stage=build")
    page.context.clear_cookies()
    page.locator("[data-palette]").click()

    page.wait_for_url("**/account/login/**")
    expect(page.get_by_role("status")).to_have_text("You are not signed in any more. Sign in to go on where you were.")
    page.fill("[name=login]", "bart")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/gate/?stage=build")


def _wait_for_the_search(desk):
    """Until a server has read its ledger, the search tells how far it is instead of what it finds."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while desk.request.get("/search/results/?q=gap").status != 200 and time.monotonic() < end:
        desk.wait_for_timeout(250)


STOP = """<div class="stop"><h1>Lockgate has a bug.</h1><p class="why">The log has it.</p>
<p class="do">Try &lt;b&gt;again&lt;/b&gt;.</p></div>"""
