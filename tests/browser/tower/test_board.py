"""Cards of the board: dragged by a mouse, moved by keys."""

from playwright.sync_api import expect

from support.doors import tab_to


def test_a_card_is_dragged_to_the_state_that_its_step_leads_to(sit_down):
    page = sit_down("bart")
    page.goto("/register/dependency/board/")
    card, there = page.locator("#card-DEP-7"), page.locator(".pile[data-state=met]")

    card.drag_to(there)

    expect(there.locator("#card-DEP-7")).to_be_visible()
    page.goto("/register/dependency/DEP-7/")
    expect(page.locator(".happened")).to_contain_text("Bart")


def test_a_card_that_is_dropped_where_no_step_leads_stays(sit_down):
    page = sit_down("bart")
    page.goto("/register/dependency/board/")
    card = page.locator("#card-DEP-5")
    here = card.evaluate("(one) => one.closest('.pile').dataset.state")
    nowhere = page.locator(f".pile:not([data-state=met], [data-state='{here}'])").first

    card.drag_to(nowhere)

    expect(page.locator(f".pile[data-state='{here}'] #card-DEP-5")).to_be_visible()


def test_a_card_is_moved_by_keys(sit_down):
    page = sit_down("bart")
    page.goto("/register/dependency/board/")

    tab_to(page, "#card-DEP-4 summary", most=200)
    page.keyboard.press("Enter")
    tab_to(page, "#card-DEP-4 [data-step=meet] button")
    page.keyboard.press("Enter")

    expect(page.locator(".pile[data-state=met] #card-DEP-4")).to_be_visible()
