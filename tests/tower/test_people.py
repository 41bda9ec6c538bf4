"""Looking after accounts: who takes part, who lets them, and what stays on record of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel.errors import RefusedError, UsageError

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def managing(programme):
    from lockgate.tower.roster import managing

    return managing


@pytest.fixture
def keeper(browser_of, programme):
    return browser_of("ida", administrator=True)


def test_the_list_shows_everybody_who_is_declared_or_has_an_account(keeper, browser_of):
    browser_of("daan")

    page = keeper.get("/people/").content.decode()

    people = re.findall(r'href="/people/([a-z]+)/"', page)
    assert (people[:4], "ida" in people, people == sorted(people)) == (["admin", "anna", "bart", "clara"], True, True)
    assert page.count('state state-met"><svg') >= 2  # ida and daan are active


def test_the_list_is_narrowed_by_account_and_by_name_or_role(keeper, browser_of):
    browser_of("daan")

    active = keeper.get("/people/?standing=active").content.decode()
    sponsors = keeper.get("/people/?text=SPONSOR").content.decode()

    assert re.findall(r'href="/people/([a-z]+)/"', active) == ["daan", "ida"]
    assert re.findall(r'href="/people/([a-z]+)/"', sponsors) == ["anna"]


def test_who_does_not_look_after_accounts_does_not_see_them(programme, browser_of):
    anna = browser_of("anna")  # the sponsor, with a role for the whole programme

    answers = [anna.get("/people/"), anna.get("/people/bart/"), anna.post("/people/bart/invite/")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_an_invitation_is_shown_once_and_lets_that_person_in(keeper, client):
    page = keeper.post("/people/elise/invite/").content.decode()
    [link] = re.findall(r'value="http://127.0.0.1:8070(/join/[^"]+)"', page)

    joined = client.post(link, {"name": "Elise", "password": "lots of water here"})

    assert (joined.status_code, client.get("/account/").status_code) == (302, 200)
    assert link not in keeper.get("/people/elise/").content.decode()
    assert client.get(link).status_code == 410
    assert _said("person.invited") == [("ida", {"person": "elise"})]


def test_an_invitation_is_mailed_where_mail_is_set_up(keeper):
    from django.core import mail
    from django.test.utils import override_settings

    with override_settings(EMAIL_HOST="mail.example", EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        page = keeper.post("/people/elise/invite/").content.decode()

    [sent] = mail.outbox
    assert sent.to == ["elise@meridian.example"]
    assert re.findall(r'value="(http://127[^"]+)"', page) == re.findall(r"http://127\S+", sent.body)


def test_nobody_is_invited_whom_the_workspace_does_not_declare(managing):  # M6
    with pytest.raises(UsageError, match="knows nobody called 'eve'"):
        managing.invite("eve", by="ida", moment=NOW)

    assert _said("person.invited") == []


def test_a_link_for_a_new_password_does_not_stand_for_the_second_factor(managing, account, client):  # I3
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=account("elise"), type="totp", data={"secret": "x"})
    secret = managing.invite("elise", by="ida", moment=datetime.now(UTC))

    answer = client.post(f"/join/{secret}/", {"name": "Elise", "password": "lots of water here"})

    assert (answer["Location"], client.get("/account/").status_code) == ("/account/login/", 302)


def test_a_disabled_account_is_out_at_the_next_request_with_its_sessions_links_and_keys(keeper, browser_of):  # M4
    from allauth.usersessions.models import UserSession

    from lockgate.tower.people.models import Account, Invitation, Key

    daan = browser_of("daan")
    assert daan.get("/").status_code == 200
    his = Account.objects.get(person="daan")
    key = Key.objects.create(account=his, name="k", digest="d", begins_with="k", expires_at=datetime.now(UTC) + DAY)
    keeper.post("/people/daan/invite/")

    keeper.post("/people/daan/disable/")

    key.refresh_from_db()
    assert daan.get("/").status_code == 302
    assert UserSession.objects.filter(user=his).count() == 0
    assert (Invitation.objects.filter(person="daan").count(), bool(key.revoked_at)) == (0, True)
    keeper.post("/people/daan/enable/")
    assert daan.get("/").status_code == 302  # the old session stays dead
    assert [_said(kind) for kind in ("account.disabled", "account.enabled")] == [[("ida", {"person": "daan"})]] * 2


def test_nobody_shuts_themselves_out_and_the_last_administrator_stays(keeper, managing, account):  # M3
    from lockgate.tower.people.models import Account

    ida = Account.objects.get(person="ida")
    with pytest.raises(RefusedError, match="own account"):
        managing.disable(ida, by="ida", moment=NOW)
    with pytest.raises(RefusedError, match="only administrator"):
        managing.appoint(ida, by="bart", administrator=False)

    page = keeper.post("/people/ida/dismiss/", follow=True).content.decode()

    assert "ida is the only administrator." in page
    managing.appoint(account("bart"), by="ida", administrator=True)
    managing.appoint(ida, by="bart", administrator=False)
    ida.refresh_from_db()
    assert (ida.administrator, _said("administrator.dismissed")) == (False, [("bart", {"person": "ida"})])


def test_a_role_counts_from_when_it_is_given_until_it_is_taken_or_ends(keeper, browser_of):
    from lockgate.tower.people.models import Grant

    eve = browser_of("eve")
    assert eve.get("/").status_code == 403

    keeper.post("/people/eve/role/", {"role": "site-lead", "site": "ghent", "ends": "2199-01-01"})

    assert eve.get("/").status_code == 200
    [grant] = Grant.objects.all()
    keeper.post(f"/people/eve/role/{grant.pk}/take/")
    assert eve.get("/").status_code == 403
    told = {"person": "eve", "role": "site-lead", "scope": "site:ghent"}
    assert (_said("role.given"), _said("role.taken")) == ([("ida", told)], [("ida", told)])


def test_a_role_whose_days_are_over_or_to_come_does_not_count(programme, account):  # R3
    from lockgate.tower.people.models import Grant
    from lockgate.tower.people.rights import viewer
    from lockgate.tower.server import live

    eve = account("eve")
    Grant.objects.create(account=eve, role="sponsor", begins=NOW, ends=NOW + DAY, given_by="ida")

    held = [len(viewer(eve, live().workspace(), NOW + hours * DAY / 24).held) for hours in (-1, 0, 23, 24)]

    assert held == [0, 1, 1, 0]


def test_days_of_a_role_are_those_of_the_programme(keeper, account):
    from lockgate.tower.people.models import Grant

    account("eve")

    keeper.post("/people/eve/role/", {"role": "sponsor", "begins": "2198-12-31", "ends": "2199-01-01"})

    [grant] = Grant.objects.all()
    assert [str(grant.begins), str(grant.ends)] == ["2198-12-30 23:00:00+00:00", "2199-01-01 23:00:00+00:00"]


def test_a_role_that_ends_before_it_begins_is_refused_beside_the_form(keeper, account):
    account("eve")

    answer = keeper.post("/people/eve/role/", {"role": "sponsor", "begins": "2030-02-01", "ends": "2030-01-01"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("It ends before it begins." in page, 'value="2030-02-01"' in page) == (True, True)


def test_what_the_ledger_does_not_take_is_taken_back(managing, account):  # M1
    from lockgate.tower.people.models import Grant

    eve = account("eve")

    with pytest.raises(ValueError, match="a record says who made it"):
        managing.give(eve, Grant(role="sponsor", begins=NOW), by="")

    assert Grant.objects.count() == 0


def test_names_and_mail_addresses_stay_out_of_the_ledger(keeper, browser_of):  # M2
    from lockgate.tower.server import live

    browser_of("elise", name="Elise Lambert", email="elise@private.example")
    for act in ("invite", "disable", "enable", "appoint", "dismiss"):
        keeper.post(f"/people/elise/{act}/")
    keeper.post("/people/elise/role/", {"role": "sponsor"})

    kept = b"".join(record.body for record in live().place.ledger.records())
    assert (b"Lambert" in kept, b"private.example" in kept, kept.count(b'"person":"elise"')) == (False, False, 6)


def test_somebody_of_another_site_does_not_read_who_got_a_role_there(keeper, browser_of):
    browser_of("eve")
    keeper.post("/people/eve/role/", {"role": "site-lead", "site": "liege"})

    seen = {who: "role.given" in browser_of(who).get("/evidence/?all=on").content.decode() for who in ("daan", "elise")}

    assert seen == {"daan": False, "elise": True}


def test_a_lent_role_counts_while_its_owner_has_it_and_no_further(managing, account):  # R5, M5
    from lockgate.tower.people.models import Account, Grant
    from lockgate.tower.people.rights import viewer
    from lockgate.tower.server import live

    daan, eve = account("daan"), account("eve")
    managing.lend("eve", Grant(role="site-lead", site="ghent", begins=NOW, ends=NOW + DAY), by="daan", moment=NOW)

    def sites(of):
        return [(one.role, sorted(one.sites)) for one in viewer(of, live().workspace(), NOW).held]

    assert sites(eve) == [("site-lead", ["ghent"])]
    again = Grant(role="site-lead", site="ghent", begins=NOW, ends=NOW + DAY)
    with pytest.raises(RefusedError, match="You don't have the role"):  # it was borrowed
        managing.lend("daan", again, by="eve", moment=NOW)
    Account.objects.filter(pk=daan.pk).update(is_active=False)
    assert sites(eve) == []


@pytest.mark.parametrize("wish", [{"role": "sponsor"}, {"role": "site-lead"}, {"role": "site-lead", "site": "liege"}])
def test_nobody_lends_what_they_do_not_have(managing, account, wish):  # M5
    from lockgate.tower.people.models import Grant

    account("daan")
    account("eve")

    with pytest.raises(RefusedError, match="You don't have the role"):
        managing.lend("eve", Grant(**wish, begins=NOW, ends=NOW + DAY), by="daan", moment=NOW)

    assert Grant.objects.count() == 0


def test_a_role_is_lent_and_taken_back_on_a_page(programme, browser_of):
    from lockgate.tower.people.models import Grant

    daan, eve = browser_of("daan"), browser_of("eve")
    wish = {"to": "eve", "role": "site-lead", "site": "ghent", "ends": "2199-01-01"}

    daan.post("/account/lend/", wish)
    seen = eve.get("/").status_code
    [grant] = Grant.objects.all()
    refused = eve.post(f"/account/lend/{grant.pk}/take/")
    daan.post(f"/account/lend/{grant.pk}/take/")

    assert (seen, refused.status_code, eve.get("/").status_code) == (200, 404, 403)
    told = {"person": "eve", "role": "site-lead", "scope": "site:ghent", "lent_by": "daan"}
    assert (_said("role.given"), _said("role.taken")) == ([("daan", told)], [("daan", told)])


def test_a_list_of_one_and_of_three_accounts_asks_the_database_as_often(keeper, account):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    keeper.get("/people/")
    counts = []
    for more in (["x1"], ["x2", "x3"]):
        for person in more:
            account(person)
        with CaptureQueriesContext(connection) as asked:
            keeper.get("/people/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def _said(kind):
    from lockgate.tower.server import live

    days = {"until", "begins", "ends"}
    return [
        (record.by, {name: value for name, value in record.payload.items() if name not in days})
        for record in live().place.ledger.records(kinds=(kind,))
    ]


def test_a_key_is_shown_once_and_may_what_its_owner_may_now(programme, browser_of, client):  # K1
    daan = _recently(browser_of("daan"))

    page = daan.post("/account/key/", {"name": "<b>nightly</b>", "writes": "", "days": "30"}).content.decode()
    [key] = re.findall(r'value="(lgk_[^"]+)"', page)
    seen = client.get("/api/gate", headers={"Authorization": f"Bearer {key}"}).json()

    assert {one["scope"] for one in seen} == {"programme", "wave:benelux", "site:ghent"}
    assert client.get("/api/run", headers={"Authorization": f"Bearer {key}"}).status_code == 403
    listed = daan.get("/account/").content.decode()
    assert (key in listed, key[:12] in listed, "&lt;b&gt;nightly" in listed) == (False, True, True)
    [(by, said)] = _said("key.made")
    assert (by, said["person"], said["writes"]) == ("daan", "daan", False)


def test_a_key_that_only_reads_changes_nothing(programme, browser_of, client):  # K1
    bart = _recently(browser_of("bart"))
    answers = []
    for writes in ("", "yes"):
        page = bart.post("/account/key/", {"name": "k", "writes": writes, "days": "1"}).content.decode()
        [key] = re.findall(r'value="(lgk_[^"]+)"', page)
        head = {"Authorization": f"Bearer {key}"}
        answers.append(client.post("/api/run", {"verb": "gate.sweep"}, "application/json", headers=head).status_code)

    assert answers == [403, 201]


@pytest.mark.parametrize("end", ["day", "owner", "administrator", "disabled"])
def test_a_key_ends(programme, browser_of, client, end):  # K2
    from lockgate.tower.people import keys
    from lockgate.tower.people.models import Account, Key

    anna, ida = browser_of("anna"), browser_of("ida", administrator=True)
    hers = Account.objects.get(person="anna")
    made = datetime.now(UTC) - (2 * DAY if end == "day" else timedelta(0))
    secret = keys.make(hers, "k", writes=False, days=1, moment=made)
    head = {"Authorization": f"Bearer {secret}"}
    before = client.get("/api/gate", headers=head).status_code
    [key] = Key.objects.all()

    if end == "owner":
        anna.post(f"/account/key/{key.pk}/revoke/")
    elif end == "administrator":
        ida.post(f"/people/anna/key/{key.pk}/revoke/")
    elif end == "disabled":
        ida.post("/people/anna/disable/")

    assert (before, client.get("/api/gate", headers=head).status_code) == (401 if end == "day" else 200, 401)


def test_nobody_revokes_a_key_of_somebody_else(programme, browser_of):
    from lockgate.tower.people import keys
    from lockgate.tower.people.models import Account, Key

    browser_of("anna")
    keys.make(Account.objects.get(person="anna"), "k", writes=False, days=1, moment=datetime.now(UTC))
    [key] = Key.objects.all()

    assert browser_of("bart").post(f"/account/key/{key.pk}/revoke/").status_code == 404
    assert Key.objects.filter(revoked_at=None).count() == 1


def test_a_key_is_made_only_by_who_gave_the_password_lately(programme, browser_of):
    from lockgate.tower.people.models import Key

    answer = browser_of("anna").post("/account/key/", {"name": "k", "writes": "", "days": "1"})

    assert answer["Location"].startswith("/account/reauthenticate/")
    assert Key.objects.count() == 0


def _recently(browser):
    """Have a browser whose owner just gave the password again."""
    answer = browser.post("/account/reauthenticate/?next=/account/key/", {"password": "a long enough password"})
    assert answer["Location"] == "/account/key/"
    return browser
