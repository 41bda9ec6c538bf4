"""Hostile text in everything that people and systems bring, in a real browser: shown as text, run by nobody."""

import csv
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from lockgate.kernel.evidence import Verdict
from support import recorded
from support.payloads import HOSTILE

MARK = "Hostile corpus"
PUT = ", ".join(
    f"main {one}"
    for one in (
        "script:not([src^='/static/'])",
        "iframe",
        "style",
        "base",
        "[onload]",
        "[onerror]",
        "[onmouseover]",
        "[hx-get^='/account/logout']",
        "[action^='https:']",
        "[href^='javascript:']",
    )
)
"""What the corpus would put into a page that believes it."""


@pytest.fixture
def window(sit_down):
    """A window of a programme manager, in which no dialog may open."""
    page = sit_down("bart")
    opened = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    yield page
    assert opened == []


def test_hostile_rows_of_a_spreadsheet_are_text_wherever_they_are_shown(window, tmp_path):
    file = tmp_path / "<img src=x onerror=alert(1)>.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        rows = [[f"{MARK} {number} {text}", "stock", text] for number, text in enumerate(HOSTILE)]
        csv.writer(stream).writerows([["title", "category", "cause"], *rows])
    window.goto("/register/risk/import/")
    window.locator("input[type=file]").set_input_files(file)
    window.get_by_role("button", name="Look at it").click()
    expect(window.locator("main h2").first).to_have_text(file.name)
    _inert(window)
    window.get_by_role("button", name="Import all of it").click()

    for address in ("/register/risk/", "/register/risk/board/", "/search/", "/register/risk/?group=category"):
        window.goto(f"{address}{'&' if '?' in address else '?'}q={quote(MARK)}")
        expect(window.locator("main")).to_contain_text(f"{MARK} 0 {HOSTILE[0]}")
        _inert(window)
    for address in ("/raid/", "/evidence/?all=on", "/task/"):
        window.goto(address)
        _inert(window)


def test_a_hostile_record_and_what_is_said_of_it_are_text(window):
    window.goto("/register/risk/new/")
    window.fill("[name=title]", f"One of {HOSTILE[0]}")
    window.fill("[name=cause]", " ".join(HOSTILE))
    window.get_by_role("button", name="Raise").click()
    window.wait_for_url("**/register/risk/RISK-*/")
    for text in HOSTILE[:3]:
        window.locator("form[action$='/comment/'] textarea").fill(text)
        window.get_by_role("button", name="Say it").click()
        expect(window.locator(".happened")).to_contain_text(text)
    expect(window.locator("h1")).to_have_text(f"One of {HOSTILE[0]}")
    _inert(window)

    window.keyboard.press("Control+k")
    window.keyboard.type("#One of <script>")
    expect(window.locator("#palette a").first).to_contain_text(f"One of {HOSTILE[0]}", timeout=30_000)
    assert window.locator("#palette script").count() == 0


def test_hostile_evidence_of_another_system_is_text(window, tower):
    subject = {f"partner {number}": text for number, text in enumerate(HOSTILE)}
    [record] = recorded.record(tower.root, recorded.measured("", "report.kept", Verdict.FAILED, subject=subject))

    for address in (f"/evidence/{record.number}/", "/evidence/?kind=report.kept"):
        window.goto(address)
        expect(window.locator("main")).to_contain_text(HOSTILE[1])
        _inert(window)


def test_hostile_words_in_an_address_are_text(window):
    words = quote(" ".join(HOSTILE), safe="")
    for address in (f"/search/?q={words}", f"/nothing/{words}", f"/?as-of={words}", f"/register/gap/?q={words}"):
        window.goto(address)
        expect(window.locator("h1")).to_be_visible()
        _inert(window)


def _inert(page):
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert page.evaluate("window.hit") is None
    assert page.locator(PUT).evaluate_all("all => all.map((one) => one.outerHTML.slice(0, 120))") == []
