"""Without a mouse: into the tower, through it, and back."""

from playwright.sync_api import expect

from support.doors import tab_to
from support.tower import PASSWORD


def test_somebody_signs_in_reads_a_gate_and_signs_out_by_keyboard_alone(browser, tower, states):
    states("bart")
    context = browser.new_context(base_url=tower.url)
    page = context.new_page()
    page.goto("/gate/gaps-decided/programme/")
    expect(page).to_have_url(f"{tower.url}/account/login/?next=%2Fgate%2Fgaps-decided%2Fprogramme%2F")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the page")
    tab_to(page, "[name=login]")
    page.keyboard.type("bart")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{tower.url}/gate/gaps-decided/programme/")
    tab_to(page, ".menu > summary")
    page.keyboard.press("Enter")
    tab_to(page, "form[action='/account/logout/'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/login/**")
    page.goto("/")
    expect(page).to_have_url(f"{tower.url}/account/login/?next=%2F")
    context.close()


def test_the_theme_is_switched_and_kept(sit_down):
    page = sit_down("bart", color_scheme="light")
    page.goto("/")
    page.locator(".menu > summary").press("Enter")
    with page.expect_response("**/account/theme/"):
        page.get_by_role("button", name="Light or dark").press("Enter")
    page.reload()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(24, 32, 38)"
