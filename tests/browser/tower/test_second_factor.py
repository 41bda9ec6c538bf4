"""A second factor and a passkey, set up and used, with the browser's own authenticator."""

import re

import pytest
from playwright.sync_api import expect

from support import codes
from support.doors import add_an_app_that_makes_codes, prove_it_again, sign_in

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def stranger(browser, tower):
    """A browser that nobody has used, at the name of the loopback: passkeys know names, not numbers."""
    context = browser.new_context(base_url=tower.url.replace("127.0.0.1", "localhost"))
    yield context.new_page()
    context.close()


def test_somebody_adds_an_app_and_is_asked_for_its_code_or_a_code_kept_on_paper(states, stranger):
    states("femke")
    sign_in(stranger, "femke")
    secret = add_an_app_that_makes_codes(stranger)
    kept = stranger.locator("#recovery_codes").input_value().split()
    _leave(stranger)

    sign_in(stranger, "femke")
    expect(stranger).to_have_url(re.compile("/account/2fa/authenticate/"))
    stranger.fill("[name=code]", codes.code(secret, steps=1))
    stranger.keyboard.press("Enter")
    expect(stranger).to_have_url(re.compile("localhost:[0-9]+/$"))
    _leave(stranger)

    for wanted in ("localhost:[0-9]+/$", "/account/2fa/authenticate/"):  # a code on paper is good once
        sign_in(stranger, "femke")
        stranger.fill("[name=code]", kept[0])
        stranger.keyboard.press("Enter")
        stranger.wait_for_load_state("networkidle")
        expect(stranger).to_have_url(re.compile(wanted))
        if wanted.endswith("$"):
            _leave(stranger)


def test_a_passkey_is_added_and_opens_the_tower_without_a_password(states, stranger):
    states("elise")
    browser_key = stranger.context.new_cdp_session(stranger)
    browser_key.send("WebAuthn.enable")
    browser_key.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sign_in(stranger, "elise")
    stranger.goto("/account/2fa/webauthn/add/")
    prove_it_again(stranger)
    stranger.locator("[name=passwordless]").check()
    stranger.locator("#mfa_webauthn_add").click()
    stranger.wait_for_url(re.compile("/account/2fa/(recovery-codes|webauthn)/$"))
    stranger.goto("/account/2fa/webauthn/")
    prove_it_again(stranger)
    expect(stranger.locator("main tbody tr")).to_have_count(1)
    expect(stranger.locator("main")).to_contain_text("Passkey")
    _leave(stranger)

    stranger.goto("/account/login/?next=/gate/")
    stranger.get_by_role("button", name="Use a passkey").click()
    expect(stranger).to_have_url(re.compile("/gate/$"))
    expect(stranger.locator(".menu > summary")).to_contain_text("Elise")


def _leave(page):
    page.context.clear_cookies()
