"""Who comes in by which door: the house's own sign-in, and the pages of the library that we draw."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest


@pytest.mark.parametrize(
    ("vouched", "comes_in_as"),
    [
        ("elise@meridian.example", "elise"),  # declared in programme/people.yaml
        ("ELISE@meridian.example", "elise"),
        ("daan@meridian.example", None),  # eve says it is hers, but it is declared to be daan's, who has no account
        ("eve@elsewhere.example", None),
        ("rita@house.example", "rita"),  # nobody declares it, and rita says that it is hers
        ("", None),
    ],
)
def test_the_house_s_sign_in_leads_to_the_account_of_its_address(programme, account, vouched, comes_in_as):  # A2, A3
    from allauth.core.exceptions import ImmediateHttpResponse
    from django.test import RequestFactory

    from lockgate.tower.people.adapters import HouseDoor

    account("elise", email="")
    account("eve", email="daan@meridian.example")
    account("rita", email="rita@house.example")
    entered: list[str] = []
    said = SimpleNamespace(
        is_existing=False,
        email_addresses=[SimpleNamespace(email=vouched, verified=True)],
        connect=lambda _, found: entered.append(found.person),
    )
    request = RequestFactory().get("/account/oidc/house/login/callback/")
    turned_away = pytest.raises(ImmediateHttpResponse) if comes_in_as is None else nullcontext()

    with turned_away:
        HouseDoor().pre_social_login(request, said)

    assert entered == ([comes_in_as] if comes_in_as else [])


def test_the_library_s_pages_are_drawn_by_ours(programme, browser_of):
    from django.template.loader import get_template

    daan = browser_of("daan")

    own = {name: get_template(name).origin.name for name in ("account/login.html", "allauth/layouts/base.html")}
    pages = [daan.get(f"/account/{page}/").content for page in ("2fa", "sessions", "password/change", "reauthenticate")]

    assert [name for name, place in own.items() if "/lockgate/tower/templates/" not in place] == []
    assert [b"web/lockgate.css" in page for page in pages] == [True] * 4


def test_nobody_makes_an_account_or_finds_a_lost_password_alone(programme, client):  # A1
    assert b"account_signup" not in client.get("/account/signup/").content
    sent = {"username": "eve", "password1": "a long enough password"}
    client.post("/account/signup/", sent)
    from lockgate.tower.people.models import Account

    assert not Account.objects.filter(person="eve").exists()
    assert client.get("/account/password/reset/").status_code == 404
