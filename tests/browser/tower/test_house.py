"""Single sign-on, with a real identity provider: who comes in, who does not, and what is still asked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from support import codes, house
from support.doors import add_an_app_that_makes_codes

CALLBACK = "/account/oidc/house/login/callback/"


@pytest.fixture(scope="module")
def provider(house_port, tower, tmp_path_factory) -> Iterator[str]:
    """The provider, running."""
    with house.open_house(house_port, tmp_path_factory.mktemp("house"), f"{tower.url}{CALLBACK}") as url:
        yield url


@pytest.fixture
def stranger(browser, tower, provider):
    """A browser that nobody has used."""
    assert provider
    context = browser.new_context(base_url=tower.url)
    yield context.new_page()
    context.close()


def test_somebody_whose_address_the_house_vouches_for_comes_in_as_themselves(states, stranger):
    states("anna")

    _come_by_the_house(stranger, "a.peeters", there="/gate/gaps-decided/programme/")

    expect(stranger).to_have_url(re.compile("/gate/gaps-decided/programme/$"))
    stranger.goto("/account/")
    expect(stranger.locator("main")).to_contain_text("Signed in as anna")
    stranger.goto("/account/3rdparty/")
    expect(stranger.locator("main")).to_contain_text("Sign in with the house")


def test_somebody_whom_nobody_invited_is_refused_with_what_to_do(states, stranger):
    states("anna")

    _come_by_the_house(stranger, "visitor")

    expect(stranger.locator("h1")).to_have_text("Nobody here has the mail address of this sign-in.")
    expect(stranger.locator("main")).to_contain_text("Ask an administrator to invite you")
    stranger.goto("/")
    expect(stranger).to_have_url(re.compile("/account/login/"))


def test_an_address_that_the_house_does_not_vouch_for_opens_nothing(states, stranger):
    states("daan")

    _come_by_the_house(stranger, "impostor")

    expect(stranger.locator("h1")).to_have_text("Nobody here has the mail address of this sign-in.")
    stranger.goto("/")
    expect(stranger).to_have_url(re.compile("/account/login/"))


def test_who_has_a_second_factor_is_asked_for_it_also_by_the_house(sit_down, stranger):
    own = sit_down("clara")
    secret = add_an_app_that_makes_codes(own)

    _come_by_the_house(stranger, "c.maes")
    expect(stranger).to_have_url(re.compile("/account/2fa/authenticate/"))
    stranger.fill("[name=code]", "000000" if codes.code(secret) != "000000" else "111111")
    stranger.keyboard.press("Enter")
    expect(stranger.locator(".wrong, .note.bad:not([hidden])").first).to_be_visible()
    stranger.fill("[name=code]", codes.code(secret, steps=1))
    stranger.keyboard.press("Enter")

    expect(stranger).to_have_url(re.compile("/$"))
    expect(stranger.locator(".menu > summary")).to_contain_text("Clara")


def test_who_breaks_off_at_the_house_is_told_so(provider, stranger):
    _go_to_the_house(stranger)
    _sign_in_at_the_house(stranger, "a.peeters")
    stranger.get_by_role("button", name="Cancel").click()

    expect(stranger.locator("h1")).to_have_text("The house did not let you in.")


def _come_by_the_house(page, name, there="/"):
    _go_to_the_house(page, there)
    _sign_in_at_the_house(page, name)
    page.get_by_role("button", name="Authorize").click()


def _go_to_the_house(page, there="/"):
    page.goto(f"/account/login/?next={there}")
    page.get_by_role("button", name="Sign in with the house").click()


def _sign_in_at_the_house(page, name):
    page.wait_for_url(re.compile("/accounts/login/"))
    page.fill("[name=login]", name)
    page.fill("[name=password]", house.PASSWORD)
    page.keyboard.press("Enter")
