"""Single sign-on without a house that answers; with one it is walked in tests/browser/tower/test_house.py."""

import pytest
from django.test import override_settings

from support.tower import free_port


@pytest.fixture
def silent_house():
    app = {"provider_id": "house", "name": "House", "client_id": "l", "secret": "s"}
    away = {"server_url": f"http://127.0.0.1:{free_port()}"}
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app | {"settings": away}]}}):
        yield


@pytest.mark.usefixtures("programme", "silent_house")
def test_a_house_that_does_not_answer_is_an_expected_stop(client):  # H2
    answer = client.post("/account/oidc/house/login/")

    assert answer.status_code == 503
    assert "does not answer" in answer.text
    assert "sign in with your password" in answer.text


@pytest.mark.usefixtures("programme", "silent_house")
def test_a_way_back_that_nobody_began_leads_nowhere(client):
    answer = client.get("/account/oidc/house/login/callback/?code=c&state=none")

    assert answer.status_code == 403
    assert "The house did not let you in." in answer.text


@pytest.mark.usefixtures("programme")
def test_a_house_that_nobody_declared_is_not_there(client):
    assert client.post("/account/oidc/other/login/").status_code == 404


@pytest.mark.usefixtures("programme")
def test_mail_addresses_are_kept_with_the_account(client):
    answer = client.get("/account/email/")

    assert (answer.status_code, answer["Location"]) == (302, "/account/")
