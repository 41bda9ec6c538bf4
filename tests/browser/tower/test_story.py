"""A day in the tower: records are mended and brought in, a gate is decided, the past is seen, a session is ended."""

import re

import xlsxwriter
from playwright.sync_api import expect

from support.tower import PASSWORD

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
READY = "/gate/template-held/site:koeln/"


def test_an_owner_mends_a_gap_in_the_table_by_keyboard(sit_down):
    page = sit_down("georg")
    page.goto("/register/gap/")
    cell = page.locator("tr", has_text="GAP-25").locator("[data-title='What it is at heart']")

    cell.locator("a.cell").press("Enter")
    cell.locator("select").select_option("policy")
    cell.locator("select").press("Enter")
    expect(cell).to_contain_text("Policy")
    cell.locator("a.cell").press("Enter")
    cell.locator("select").select_option("habit")
    cell.locator("select").press("Escape")

    expect(cell.locator("a.cell")).to_contain_text("Policy")
    page.goto("/register/gap/GAP-25/")
    expect(page.locator("main")).to_contain_text("Georg Lindner")
    expect(page.locator("main")).to_contain_text("Policy")


def test_ten_risks_come_in_from_a_spreadsheet_after_a_look_at_what_would_change(sit_down, tmp_path):
    file = tmp_path / "risks.xlsx"
    _spreadsheet(
        file, [["title", "category", "site"], *([f"Risk of the floor {n}", "stock", "ghent"] for n in range(10))]
    )
    page = sit_down("bart")
    page.goto("/register/risk/import/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("main")).to_contain_text("10")
    page.get_by_role("button", name="Import all of it").click()

    page.goto("/register/risk/?q=Risk+of+the+floor")
    expect(page.locator("tbody tr", has_text="Risk of the floor")).to_have_count(10)


def test_a_spreadsheet_with_a_wrong_row_says_which_cell_and_changes_nothing(sit_down, tmp_path):
    file = tmp_path / "risks.xlsx"
    _spreadsheet(file, [["title", "category"], ["A risk that is fine", "stock"], ["One that is not", "weather"]])
    page = sit_down("bart")
    page.goto("/register/risk/import/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()

    expect(page.locator("main")).to_contain_text("weather")
    page.goto("/register/risk/?q=A+risk+that+is+fine")
    expect(page.locator("tbody tr", has_text="A risk that is fine")).to_have_count(0)


def test_a_gate_is_decided_by_those_who_may_and_by_nobody_else(sit_down):
    outsider = sit_down("georg")
    outsider.goto(READY)
    expect(outsider.locator("main")).to_contain_text("You can't vote here.")
    expect(outsider.locator("main")).to_contain_text("Those who are: lars, mira.")

    for person, verdict in (("lars", "ready"), ("mira", "open")):
        page = sit_down(person)
        page.goto(READY)
        page.get_by_label("go", exact=True).check()
        page.get_by_role("button", name="Vote").click()
        expect(page.locator("#head, main").first).to_contain_text(verdict)

    outsider.reload()
    expect(outsider.locator(".state-open").first).to_be_visible()


def test_a_gate_is_looked_at_as_it_was_and_as_it_is_again(sit_down):
    decided = re.compile(r"record #\d+, by Mira Novak")
    page = sit_down("bart")
    page.goto("/gate/gaps-decided/programme/")
    expect(page.locator("#gate")).to_contain_text(decided)
    slider = page.locator("#step")

    slider.press("Home")
    expect(page).to_have_url(re.compile("as-of="))
    expect(page.locator("#gate")).not_to_contain_text(decided)
    slider.press("End")

    expect(page.locator("#gate")).to_contain_text(decided)


def test_a_session_elsewhere_is_ended_and_its_next_page_is_the_door(browser, tower, sit_down):
    here = sit_down("petra")
    here.goto("/")
    elsewhere = browser.new_context(base_url=tower.url)
    other = elsewhere.new_page()
    other.goto("/account/login/")
    other.fill("[name=login]", "petra")
    other.fill("[name=password]", PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.wait_for_url(f"{tower.url}/")

    here.goto("/account/sessions/")
    here.get_by_role("button", name="Sign out everywhere else").click()
    expect(here.locator("main")).to_contain_text("Nowhere else")
    other.goto("/register/")

    expect(other).to_have_url(re.compile("/account/login/"))
    elsewhere.close()


def test_on_a_phone_the_way_leads_from_the_menu_to_a_record(sit_down):
    page = sit_down("daan", **PHONE)
    page.goto("/")
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Registers").tap()
    page.get_by_role("link", name="Gaps").first.tap()
    page.get_by_role("link", name=re.compile("GAP-24")).first.tap()

    expect(page.locator("h1")).to_have_text("Time slots at the dock")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_everything_is_found_by_keyboard(sit_down):
    page = sit_down("bart")
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("Time slots at the dock")
    page.keyboard.press("Enter")  # it waits for the answer to all that is typed

    expect(page).to_have_url(re.compile("GAP-24"), timeout=30_000)


def test_the_arrows_choose_what_enter_opens(sit_down):
    page = sit_down("bart")
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("?gate")
    expect(page.locator("#found [data-said='?gate'] a").nth(1)).to_be_visible(timeout=30_000)
    second = page.locator("#found a").nth(1).get_attribute("href")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(re.escape(str(second)) + "$"))


def _spreadsheet(file, rows):
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
