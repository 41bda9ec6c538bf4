"""A session begins with signing in, and ends at once with all that ends it."""

import json
import os
import subprocess
import sys

import pytest

PASSWORD = "a long enough password"


@pytest.fixture
def signed_in(programme, account, client):
    """Sign daan in by the form, and return his browser."""
    account("daan")
    assert client.post("/account/login/", {"login": "daan", "password": PASSWORD}).status_code == 302
    return client


def test_signing_in_makes_a_new_session(programme, account, client):  # T28
    account("daan")
    client.session.save()
    client.cookies["lockgate"] = "chosen-by-somebody-else-0123456789"
    client.get("/account/login/")

    client.post("/account/login/", {"login": "daan", "password": PASSWORD})

    first = client.cookies["lockgate"].value
    assert first != "chosen-by-somebody-else-0123456789"
    client.post("/account/logout/")
    client.post("/account/login/", {"login": "daan", "password": PASSWORD})
    assert client.cookies["lockgate"].value not in {first, "chosen-by-somebody-else-0123456789"}


def test_a_session_that_was_somebody_else_s_is_not_taken_over(programme, account, client):  # T28
    account("anna")
    account("daan")
    client.post("/account/login/", {"login": "anna", "password": PASSWORD})
    before = client.cookies["lockgate"].value
    client.post("/account/logout/")

    client.post("/account/login/", {"login": "daan", "password": PASSWORD})

    assert client.cookies["lockgate"].value != before
    assert _status(before) == 302


def test_an_old_cookie_is_dead_after_signing_out(signed_in):  # T28
    cookie = signed_in.cookies["lockgate"].value
    before = _status(cookie)

    signed_in.post("/account/logout/")

    assert (before, _status(cookie)) == (200, 302)


def test_a_changed_password_ends_every_other_session(signed_in, browser_of):  # T28
    from django.test import Client

    other = Client(SERVER_NAME="127.0.0.1")
    other.post("/account/login/", {"login": "daan", "password": PASSWORD})
    stolen = other.cookies["lockgate"].value
    before = _status(stolen)

    new = "another long password"
    changed = signed_in.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (changed.status_code, before, _status(stolen), signed_in.get("/").status_code) == (302, 200, 302, 200)


def test_a_disabled_account_is_out_with_its_next_request(signed_in, browser_of):  # T28
    cookie = signed_in.cookies["lockgate"].value
    before = _status(cookie)

    browser_of("ida", administrator=True).post("/people/daan/disable/")

    assert (before, _status(cookie)) == (200, 302)
    signed_in.post("/account/login/", {"login": "daan", "password": PASSWORD})
    assert signed_in.get("/").status_code == 302


def test_a_role_that_is_taken_is_gone_with_the_next_request(programme, browser_of):  # T28
    from lockgate.tower.people.models import Grant

    eve, ida = browser_of("eve"), browser_of("ida", administrator=True)
    ida.post("/people/eve/role/", {"role": "site-lead", "site": "ghent"})
    before = [eve.get(path).status_code for path in ("/", "/api/gate")]

    ida.post(f"/people/eve/role/{Grant.objects.get().pk}/take/")

    assert (before, [eve.get(path).status_code for path in ("/", "/api/gate")]) == ([200, 200], [403, 403])


def test_other_sessions_are_listed_and_ended(signed_in):  # T28
    from django.test import Client

    other = Client(SERVER_NAME="127.0.0.1", HTTP_USER_AGENT="<b>Telephone</b>")
    other.post("/account/login/", {"login": "daan", "password": PASSWORD})
    listed = signed_in.get("/account/sessions/").content.decode()

    signed_in.post("/account/sessions/")

    assert "&lt;b&gt;Telephone" in listed
    assert (other.get("/").status_code, signed_in.get("/").status_code) == (302, 200)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://tower.example.com", ["__Host-lockgate", True, True, "Lax", "__Host-lockgate-csrf", True, 31_536_000]),
        ("http://127.0.0.1:8070", ["lockgate", False, True, "Lax", "lockgate-csrf", False, 0]),
    ],
)
def test_cookies_stay_on_the_encrypted_way_where_there_is_one(url, told):  # T28
    names = (
        "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
        "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
    )  # fmt: skip
    program = f"import json, lockgate.app.settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"

    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "LOCKGATE_URL": url, "LOCKGATE_WORKSPACE": "/nowhere"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(answer.stdout) == told


def test_a_cookie_under_https_is_marked_so(programme, account, client):  # T28
    from django.test.utils import override_settings

    account("daan")
    with override_settings(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-lockgate"):
        answer = client.post("/account/login/", {"login": "daan", "password": PASSWORD}, secure=True)

    cookie = answer.cookies["__Host-lockgate"]
    flags = [cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")]
    assert flags == [True, True, "Lax", "/", ""]


def test_a_session_is_noted_once_a_minute_and_at_once_from_another_browser(signed_in):
    from allauth.usersessions.models import UserSession
    from django.core.cache import cache

    signed_in.get("/account/")
    [noted] = UserSession.objects.all()

    signed_in.get("/account/")
    assert UserSession.objects.get().last_seen_at == noted.last_seen_at
    signed_in.get("/account/", headers={"User-Agent": "Another"})
    [moved] = UserSession.objects.all()
    assert (moved.user_agent, moved.last_seen_at > noted.last_seen_at) == ("Another", True)
    cache.clear()  # as after a minute
    signed_in.get("/account/", headers={"User-Agent": "Another"})
    assert UserSession.objects.get().last_seen_at > moved.last_seen_at


def _status(cookie):
    """Return what the first page answers to a cookie."""
    from django.test import Client

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.cookies["lockgate"] = cookie
    return browser.get("/").status_code
