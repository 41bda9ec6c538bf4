"""Who tries too often is stopped for a while, and nobody else is."""

from datetime import UTC, datetime

import pytest

HERE = {"REMOTE_ADDR": "192.0.2.7"}
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.9"}
RIGHT, WRONG = "a long enough password", "not the password"


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch):
    """Have the clock of the limits stand: a test that runs over the end of a minute would begin to count anew."""
    from lockgate.tower import limits

    monkeypatch.setattr(limits, "time", Stopped)


class Stopped:
    """A clock that stands twenty seconds after the minute."""

    @staticmethod
    def time() -> float:
        return 1_780_000_820.0


def test_passwords_are_guessed_five_times_and_others_go_on_signing_in(programme, client, account):  # A4, T29
    account("anna")
    account("bart")

    answers = [_sign_in(client, "anna", WRONG, HERE) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1]["Retry-After"] == "300"
    assert _sign_in(client, "anna", RIGHT, HERE).status_code == 429
    assert _sign_in(client, "bart", RIGHT, HERE).status_code == 302


def test_one_address_tries_many_names_and_others_go_on_signing_in(programme, client, account):  # T29
    account("bart")

    answers = [_sign_in(client, f"nobody{number}", WRONG, HERE) for number in range(12)]

    assert {answer.status_code for answer in answers[:10]} == {200}
    assert [(answer.status_code, answer["Retry-After"]) for answer in answers[10:]] == [(429, "300")] * 2
    assert "Wait 5 minutes, then try again." in answers[-1].content.decode()
    assert _sign_in(client, "bart", RIGHT, ELSEWHERE).status_code == 302


def test_codes_of_a_second_factor_are_guessed_five_times(programme, client, account):  # A4, T29
    from allauth.mfa.totp.internal import auth

    auth.TOTP.activate(account("anna"), auth.generate_totp_secret())
    at_the_code = _sign_in(client, "anna", RIGHT, HERE)
    assert at_the_code["Location"] == "/account/2fa/authenticate/"

    answers = [client.post("/account/2fa/authenticate/", {"code": "000000"}, **HERE) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1]["Retry-After"] == "300"


def test_links_are_tried_thirty_times_a_minute_from_one_address(programme, client):  # L1, L2, T29
    answers = [client.get(f"/join/{number}/", **HERE) for number in range(31)]

    assert [answer.status_code for answer in answers] == [410] * 30 + [429]
    assert answers[-1]["Retry-After"] == "40"
    assert client.get("/join/31/", **ELSEWHERE).status_code == 410


def test_bad_keys_stop_bad_keys_and_a_busy_key_stops_itself(programme, client, account, monkeypatch):  # L1, L2, T29
    from lockgate.tower import interface
    from lockgate.tower.people import keys

    monkeypatch.setattr(interface, "REQUESTS", 3)  # instead of 600 requests
    now = datetime.now(UTC)
    anna, bart = [keys.make(account(who), "k", writes=False, days=1, moment=now) for who in ("anna", "bart")]

    bad = [_ask(client, f"lgk_{number}") for number in range(31)]
    busy = [_ask(client, anna) for _ in range(4)]

    assert [answer.status_code for answer in bad] == [401] * 30 + [429]
    assert [answer.status_code for answer in busy] == [200] * 3 + [429]
    assert [(answer["Retry-After"], answer.json()["error"]["what"]) for answer in (bad[-1], busy[-1])] == [
        ("40", "Too many attempts.")
    ] * 2
    assert _ask(client, bart).status_code == 200


def _sign_in(client, person, password, where):
    client.cookies.clear()
    return client.post("/account/login/", {"login": person, "password": password}, **where)


def _ask(client, key):
    return client.get("/api/ledger/head", headers={"Authorization": f"Bearer {key}"}, **HERE)
