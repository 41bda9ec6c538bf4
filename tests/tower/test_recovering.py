"""Who lost a second factor, a computer or a key is helped by another, on record, and told."""

from datetime import UTC, datetime, timedelta

import pytest

from support.recorded import SCRIPT

REASON = "The telephone fell into the canal; I called her back."


@pytest.fixture
def keeper(browser_of, programme):
    return browser_of("ida", administrator=True)


@pytest.fixture
def anna(browser_of, programme):
    """Anna, signed in, with codes and recovery codes."""
    from allauth.mfa.models import Authenticator

    from lockgate.tower.people.models import Account

    browser = browser_of("anna")
    browser.get("/")
    hers = Account.objects.get(person="anna")
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=hers, type=kind, data={})
    return browser


def test_a_lost_second_factor_is_removed_with_its_codes_and_sessions(keeper, anna, client):  # C1, C2
    before = (anna.get("/").status_code, _factors())

    answer = keeper.post("/people/anna/second-factor/", {"reason": f" {REASON} "})
    client.post("/account/login/", {"login": "anna", "password": "a long enough password"})

    assert (before, answer.status_code) == ((200, 2), 302)
    assert (anna.get("/").status_code, _factors(), client.get("/account/").status_code) == (302, 0, 200)
    assert _said("second-factor.removed") == [("ida", {"person": "anna", "reason": REASON})]


def test_it_takes_a_reason_and_what_was_typed_stays(keeper, anna):  # C2
    answer = keeper.post("/people/anna/second-factor/", {"reason": "  "})

    assert (answer.status_code, _factors(), _said("second-factor.removed")) == (422, 2, [])
    assert "This field is required." in answer.content.decode()


def test_nobody_removes_their_own_and_none_is_removed_where_there_is_none(keeper, account):  # C2
    from allauth.mfa.models import Authenticator

    from lockgate.tower.people.models import Account

    account("daan")
    ida = Account.objects.get(person="ida")
    Authenticator.objects.create(user=ida, type=Authenticator.Type.TOTP, data={})

    own = keeper.post("/people/ida/second-factor/", {"reason": REASON}, follow=True).content.decode()
    none = keeper.post("/people/daan/second-factor/", {"reason": REASON}, follow=True).content.decode()

    assert ("Nobody removes their own" in own, "has no second factor" in none) == (True, True)
    assert (_factors(), _said("second-factor.removed")) == (1, [])
    assert "/people/ida/second-factor/" not in keeper.get("/people/ida/").content.decode()


@pytest.mark.parametrize("path", ["second-factor", "sign-out", "revoke-keys"])
def test_only_who_looks_after_accounts_may(anna, browser_of, path):
    bart = browser_of("bart")  # of the whole programme

    answer = bart.post(f"/people/anna/{path}/", {"reason": REASON})

    assert (answer.status_code, _factors(), anna.get("/").status_code) == (403, 2, 200)


def test_sessions_of_somebody_are_ended_on_record(keeper, anna):
    keeper.post("/people/anna/sign-out/")

    assert anna.get("/").status_code == 302
    assert _said("sessions.ended") == [("ida", {"person": "anna", "sessions": 1})]


def test_all_keys_of_somebody_are_revoked_on_record(keeper, anna, client):
    keys = [_key("anna", name) for name in ("one", "two")]
    before = [_asks(client, key) for key in keys]

    keeper.post("/people/anna/revoke-keys/")

    assert (before, [_asks(client, key) for key in keys]) == ([200, 200], [401, 401])
    assert [(by, said["person"]) for by, said in _said("key.revoked")] == [("ida", "anna")] * 2


def test_who_lost_something_is_told_who_took_it_and_others_are_not(keeper, anna, browser_of):  # C3, N8
    _key("anna", "one")
    for path in ("revoke-keys", "sign-out", "second-factor"):
        keeper.post(f"/people/anna/{path}/", {"reason": REASON + SCRIPT})
    again = _browser("anna")

    told = again.get("/api/notice").json()
    page = again.get("/notice/").content.decode()

    mine = [one for one in told if one["kind"] == "account"]
    assert sorted(one["title"].partition(":")[0] for one in mine) == [
        "You were signed out everywhere", "Your key 1 for a program was revoked", "Your second factor was removed",
    ]  # fmt: skip
    assert {one["why"] for one in mine} == {"ida did it. If you don't know why, ask."}
    assert ("&lt;script&gt;" in page, SCRIPT in page) == (True, False)
    assert "account" not in {one["kind"] for one in browser_of("bart").get("/api/notice").json()}


def test_what_one_does_to_one_s_own_account_and_what_is_long_ago_is_no_notice(programme):  # N8
    from lockgate.tower.notices.accounts import KINDS, of_accounts
    from lockgate.tower.server import live
    from support.recorded import happen

    happen(programme, "key.revoked", by="anna", person="anna", key=7)
    happen(programme, "key.revoked", by="ida", person="anna", key=8)
    records = list(live().place.ledger.records(kinds=KINDS))
    now = datetime.now(UTC)

    found = [[one.title for one in of_accounts(records, now + timedelta(days=days))] for days in (0, 15)]

    assert found == [["Your key 8 for a program was revoked"], []]


def _factors():
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.count()


def _said(kind):
    from lockgate.tower.server import live

    return [(record.by, record.payload) for record in live().place.ledger.records(kinds=(kind,))]


def _key(person, name):
    from lockgate.tower.people import keys
    from lockgate.tower.people.models import Account

    found = Account.objects.get(person=person)
    return keys.make(found, name, writes=False, days=9, moment=datetime.now(UTC))


def _asks(client, key):
    return client.get("/api/gate", headers={"Authorization": f"Bearer {key}"}).status_code


def _browser(person):
    from django.test import Client

    from lockgate.tower.people.models import Account

    client = Client(SERVER_NAME="127.0.0.1")
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(Account.objects.get(person=person), backend=backend)
    return client
