"""The ways in, and the way without a mouse, as somebody walks them in a browser."""

import re

from playwright.sync_api import Page

from support import codes
from support.tower import PASSWORD


def sign_in(page: Page, person: str, there: str = "/") -> None:
    """Type a name and a password."""
    page.goto(f"/account/login/?next={there}")
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove_it_again(page: Page) -> None:
    """Type the password once more, where a page asks for it."""
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def add_an_app_that_makes_codes(page: Page) -> str:
    """Give the account that is signed in a second factor; return its secret."""
    page.goto("/account/2fa/totp/activate/")
    prove_it_again(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.fill("[name=code]", codes.code(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/account/2fa/(recovery-codes/)?$"))
    return secret


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(f":is({selector}):focus").count():
            return
    raise AssertionError(f"{selector} can't be reached by Tab")
