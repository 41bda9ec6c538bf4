"""Are keys made, renewed, watched and lent on a real Odoo, and does none of them leak?"""

import logging
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from lockgate.kernel.secret import Secret
from lockgate.odoo import server_code
from lockgate.odoo.acting import Acting
from lockgate.odoo.calls.call import Call
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey, Password
from lockgate.odoo.errors import (
    AccessDenied,
    ConstraintViolated,
    DatabaseNotFound,
    NotAuthenticated,
    NotFound,
    OdooError,
)
from lockgate.odoo.keys import expiring, first_key, longest_days, mint, mint_for, own_keys, revoke, rotate
from lockgate.odoo.server_code import PREFIX, run_code
from lockgate.odoo.session import Session
from lockgate.odoo.ways.http import Http

PASSWORD = Secret("Canary-9d2f.password")
WRONG = Secret("Canary-77b1.wrong")


@dataclass(frozen=True)
class Place:
    """Where the tests work and how they sign in there."""

    url: str
    database: str

    def sign_in(self, key: ApiKey, **options) -> Client:
        return connect(self.url, self.database, key, allow_private=True, **options)

    def first_key(self, login: str, password: Secret = PASSWORD, **options):
        return first_key(self.url, self.database, Password(login, password), allow_private=True, **options)


@pytest.fixture(scope="module")
def place(lab) -> Place:
    return Place(lab.url, lab.database)


@pytest.fixture(scope="module")
def admin(lab, place) -> Iterator[Client]:
    with place.sign_in(ApiKey(Secret(lab.api_key))) as client:
        yield client


@pytest.fixture(scope="module")
def people(admin) -> dict[str, int]:
    """Plain users, an administrator and an archived user, by login."""
    plain, ruler = (
        admin.call("ir.model.data", "check_object_reference", module="base", xml_id=name)[1]
        for name in ("group_user", "group_system")
    )
    groups = {"keys-plain": [plain], "keys-ruler": [plain, ruler], "keys-gone": [plain], "keys-canary": [plain]}
    made = admin.create("res.users", [person(login, ids) for login, ids in groups.items()])
    ids = dict(zip(groups, made, strict=True))
    admin.write("res.users", ids["keys-gone"], {"active": False})
    return ids


def person(login: str, groups: list[int]) -> dict[str, object]:
    return {"name": login.title(), "login": login, "password": PASSWORD.reveal(), "group_ids": [[6, 0, groups]]}


@pytest.fixture
def plain(place, people) -> Iterator[Client]:
    with place.sign_in(ApiKey(place.first_key("keys-plain", name="plain").secret)) as client:
        yield client
        revoke(client, [key.id for key in own_keys(client)], password=PASSWORD)


@pytest.fixture
def ruler(place, people) -> Iterator[Client]:
    with place.sign_in(ApiKey(place.first_key("keys-ruler", name="ruler").secret)) as client:
        yield client
        revoke(client, [key.id for key in own_keys(client)])


def names(client: Client) -> list[str]:
    return [key.name.partition(" #")[0] for key in own_keys(client)]


def works(place: Place, key: Secret) -> bool:
    try:
        place.sign_in(ApiKey(key)).close()
    except NotAuthenticated:
        return False
    return True


def test_the_first_key_is_made_with_a_password_alone(place, plain, people):
    assert (plain.uid, plain.login, plain.server.transport) == (people["keys-plain"], "keys-plain", "json2")
    assert names(plain) == ["plain"]


def test_a_session_that_was_closed_is_of_no_use(place, people):
    session = Session(Http(place.url, allow_private=True), 60)
    session.authenticate(place.database, Password("keys-plain", PASSWORD))
    assert session.send(Call("res.users", "context_get"), timeout=60)["uid"] == people["keys-plain"]
    cookie = session._cookie
    session.close()
    again = Session(Http(place.url, allow_private=True), 60)
    again._cookie = cookie
    with pytest.raises(OdooError):
        again.send(Call("res.users", "context_get"), timeout=60)
    again._http.close()


def test_a_wrong_password_an_archived_user_and_a_missing_database_are_told_apart(place, people):
    with pytest.raises(NotAuthenticated) as wrong:
        place.first_key("keys-plain", WRONG, name="none")
    assert wrong.value.lines() == (
        f"Odoo does not let keys-plain into the database {place.database}.",
        "The login or the password is wrong, or the user is archived.",
        "Check both on Odoo's login page.",
    )
    with pytest.raises(NotAuthenticated):
        place.first_key("keys-gone", name="none")
    with pytest.raises(DatabaseNotFound) as missing:
        Place(place.url, "no-such-database").first_key("keys-plain", name="none")
    assert missing.value.what == "The server has no database 'no-such-database'."


def test_where_odoo_wants_a_second_factor_the_way_by_the_dialogue_is_named(place, admin, people):
    (user,) = admin.create("res.users", [person("keys-careful", [])])
    run_code(admin, "res.users", [user], "record.sudo().write({'totp_secret': 'JBSWY3DPEHPK3PXP'})", {})
    with pytest.raises(NotAuthenticated) as refusal:
        place.first_key("keys-careful", name="none")
    assert refusal.value.why == "Odoo asks for a second factor."


def test_a_user_makes_another_key_with_key_and_password(place, plain):
    minted = mint(plain, "second", days=30, password=PASSWORD)
    assert works(place, minted.secret)
    assert minted.key in own_keys(plain)
    assert 29.9 < (minted.key.days_left(datetime.now(UTC)) or 0) < 30


def test_a_user_without_the_password_is_told_what_is_missing(plain):
    with pytest.raises(AccessDenied) as refusal:
        mint(plain, "none")
    assert refusal.value.do == "Ask with an administrator's key; for keys of your own, the password will do."
    with pytest.raises(NotAuthenticated) as wrong:
        mint(plain, "none", password=WRONG)
    assert wrong.value.what == "Odoo does not accept the password of keys-plain."
    assert names(plain) == ["plain"]


def test_a_user_may_make_a_key_for_ninety_days_and_no_longer(plain):
    assert longest_days(plain) == 90
    minted = mint(plain, "longest", days=90, password=PASSWORD)
    assert 89.9 < (minted.key.days_left(datetime.now(UTC)) or 0) < 90
    with pytest.raises(ConstraintViolated) as refusal:
        mint(plain, "longer", days=91, password=PASSWORD)
    assert refusal.value.why == "You cannot exceed 90.0 days."
    with pytest.raises(ConstraintViolated):
        mint(plain, "for ever", days=None, password=PASSWORD)


def test_an_administrator_needs_no_password_and_knows_no_limit(place, ruler):
    assert longest_days(ruler) is None
    minted = mint(ruler, "for ever", days=None)
    assert minted.key.expires_at is None
    assert minted.key in own_keys(ruler)
    assert works(place, minted.secret)


def test_keys_about_to_expire_are_named(ruler):
    soon = mint(ruler, "soon", days=3)
    mint(ruler, "later", days=60)
    assert expiring(own_keys(ruler), at=datetime.now(UTC), within_days=14) == (soon.key,)


def test_an_expired_key_is_refused(place, admin):
    (user,) = admin.create("res.users", [person("keys-late", [])])
    expired = mint_for(admin, user, "expired", days=-1)
    assert not works(place, expired.secret)


def test_a_revoked_key_is_refused_and_revoking_it_again_does_no_harm(place, plain, ruler):
    by_password, by_right = mint(plain, "a", password=PASSWORD), mint(ruler, "b")
    for _ in range(2):
        revoke(plain, [by_password.key.id], password=PASSWORD)
        revoke(ruler, [by_right.key.id])
    assert not works(place, by_password.secret)
    assert not works(place, by_right.secret)


def test_nobody_revokes_another_users_key(place, plain, ruler):
    others = mint(ruler, "not yours")
    revoke(plain, [others.key.id], password=PASSWORD)
    assert works(place, others.secret)


def test_rotation_proves_and_keeps_the_new_key_before_it_gives_up_the_old(place, plain):
    old = mint(plain, "loader", password=PASSWORD)
    other = mint(plain, "report", password=PASSWORD)
    kept = []

    def keep(minted):
        kept.append(minted)
        assert works(place, old.secret)
        assert works(place, minted.secret)

    with place.sign_in(ApiKey(old.secret)) as client:
        new = rotate(client, "loader", connect=place.sign_in, keep=keep, password=PASSWORD)
    assert kept == [new]
    assert [works(place, one.secret) for one in (old, other, new)] == [False, True, True]


def test_an_administrators_key_of_any_name_can_be_replaced(place, ruler):
    (used,) = own_keys(ruler)
    old = mint(ruler, "made by hand")
    with place.sign_in(ApiKey(old.secret)) as client:
        rotate(client, "loader", connect=place.sign_in, keep=lambda _: None, replaces=[old.key.id])
    assert names(ruler) == [used.name.partition(" #")[0], "loader"]


def test_a_rotation_that_was_interrupted_leaves_the_old_key_and_the_next_one_clears_up(place, ruler):
    old = mint(ruler, "loader")
    with place.sign_in(ApiKey(old.secret)) as client:
        for interrupted in ({"connect": stop, "keep": stop}, {"connect": place.sign_in, "keep": stop}):
            with pytest.raises(KeyboardInterrupt):
                rotate(client, "loader", **interrupted)
        assert names(ruler) == ["ruler", "loader", "loader", "loader"]
        assert works(place, old.secret)
        new = rotate(client, "loader", connect=place.sign_in, keep=lambda _: None)
    assert [key.id for key in own_keys(ruler)][1:] == [new.key.id]


def test_a_rotation_gives_up_nothing_when_the_proof_was_not_made_with_the_new_key(place, plain, ruler, lab):
    old = mint(ruler, "loader")

    def as_somebody_else(_key):
        return place.sign_in(ApiKey(Secret(lab.api_key)))

    with pytest.raises(NotAuthenticated) as refusal, place.sign_in(ApiKey(old.secret)) as client:
        rotate(client, "loader", connect=as_somebody_else, keep=stop)
    assert refusal.value.what == "The new key speaks for another user or to another database."
    assert works(place, old.secret)


def stop(_):
    raise KeyboardInterrupt


def test_who_acts_as_a_plain_user_has_her_rights_and_no_more(place, admin, people):
    mint(admin, "someone else's")
    with Acting(admin, connect=place.sign_in) as acting:
        her = acting.as_user("keys-plain")
        assert (her.uid, her.login) == (people["keys-plain"], "keys-plain")
        assert {key["user_id"][0] for key in her.search_read("res.users.apikeys", [], ["user_id"])} == {her.uid}
        with pytest.raises(AccessDenied):
            her.create("res.config.settings", [{}])
        with pytest.raises(AccessDenied):
            her.write("res.users", admin.uid, {"login": "mine now"})
        with pytest.raises(AccessDenied):
            her.search("ir.config_parameter")
        assert acting.as_user("keys-plain") is her


def test_keys_for_acting_are_given_up_at_the_end(place, admin, people):
    keys = []

    def noting(key):
        keys.append(key)
        return place.sign_in(key)

    with Acting(admin, connect=noting) as acting:
        acting.as_user("keys-plain")
        acting.as_user("keys-ruler")
        assert [works(place, key.key) for key in keys] == [True, True]
    assert [works(place, key.key) for key in keys] == [False, False]
    acting_keys = ["name", "=like", "lockgate, acting%"]
    assert admin.search("res.users.apikeys", [acting_keys]) == []
    assert admin.search("ir.actions.server", [["name", "=like", f"{PREFIX}%"]]) == []


def test_before_its_key_expires_an_acting_client_is_replaced(place, admin, people):
    now = 0.0
    with Acting(admin, connect=place.sign_in, clock=lambda: now) as acting:
        first = acting.as_user("keys-plain")
        now = 6.9 * 3600
        assert acting.as_user("keys-plain") is first
        now = 7.1 * 3600
        second = acting.as_user("keys-plain")
        assert second is not first
        assert first.call("res.users", "context_get")["uid"] == second.uid


@pytest.mark.parametrize(
    ("login", "what"),
    [
        ("keys-nobody", "There is no user with the login keys-nobody."),
        ("keys-gone", "The user keys-gone is archived."),
    ],
)
def test_who_can_not_be_acted_for_is_named(place, admin, people, login, what):
    with Acting(admin, connect=place.sign_in) as acting, pytest.raises(NotFound) as refusal:
        acting.as_user(login)
    assert refusal.value.what == what


def test_a_plain_user_can_not_act_as_another(place, plain, people):
    with pytest.raises(AccessDenied), Acting(plain, connect=place.sign_in) as acting:
        acting.as_user("keys-ruler")


def test_a_server_action_left_behind_can_be_run_by_administrators_alone(place, admin, plain):
    (left,) = admin.call(
        "ir.actions.server", "load", fields=server_code._COLUMNS, data=[server_code._row("left", "res.users", "x = 1")]
    )["ids"]
    with pytest.raises(AccessDenied):
        plain.call("ir.actions.server", "run", left)
    admin.unlink("ir.actions.server", left)


def test_an_action_that_an_interrupted_run_left_behind_is_taken_away_by_the_next(admin):
    users = admin.call("ir.model.data", "check_object_reference", module="base", xml_id="model_res_users")[1]
    fields = {"model_id": users, "state": "code", "code": "pass"}
    old, fresh, other = admin.create(
        "ir.actions.server",
        [{"name": name, **fields} for name in (f"{PREFIX}old", f"{PREFIX}fresh", "somebody else's")],
    )
    age = "env.cr.execute('UPDATE ir_act_server SET create_date = %s WHERE id = %s', [told['at'], told['id']])"
    run_code(admin, "res.users", [2], f"told = env.context['told']\n{age}", {"told": {"at": "2020-01-01", "id": old}})
    run_code(admin, "res.users", [2], "pass", {})
    assert admin.search("ir.actions.server", [["id", "in", [old, fresh, other]]]) == sorted([fresh, other])
    admin.unlink("ir.actions.server", [fresh, other])


def test_no_key_and_no_password_is_written_anywhere(place, admin, people, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    seen, secrets = [], [PASSWORD]

    def sign_in(key):
        secrets.append(key.key)
        return place.sign_in(key)

    first = place.first_key("keys-canary", name="canary")
    with sign_in(ApiKey(first.secret)) as client, Acting(admin, connect=sign_in) as acting:
        second = mint(client, "canary", password=PASSWORD)
        third = rotate(client, "canary", connect=sign_in, keep=seen.append, password=PASSWORD)
        her = acting.as_user("keys-canary")
        seen += [first, second, third, client, her, acting, *own_keys(her), Password("keys-canary", PASSWORD)]
        seen += [failure(lambda: mint(her, "none", password=WRONG))]
        seen += [failure(lambda: place.first_key("keys-canary", WRONG, name="none"))]
        seen += [failure(lambda: mint(client, "none", days=900, password=PASSWORD))]
        seen += [failure(lambda: mint(her, "none"))]
    out, err = capfd.readouterr()
    written = "\n".join([caplog.text, out, err, *map(repr, seen), *map(str, seen)])
    assert "ir.actions.server" in written  # the net was cast where fish swim
    secrets += [second.secret, third.secret]
    caught = [secret for secret in secrets if secret.reveal() in written]
    assert caught == []
    assert "Canary-" not in written


def failure(doing) -> str:
    with pytest.raises((AccessDenied, ConstraintViolated)) as refusal:
        doing()
    return "".join([*traceback.format_exception(refusal.value), *refusal.value.lines()])
