"""How does one get an API key, keep it fresh and give it back?

R1  A key is shown once: it comes back as a `Secret`, and nothing here reveals it to anyone but Odoo.
R2  Rotation gives up old keys only after the new one worked and was kept; interrupted anywhere, a working key is left.
R3  Rotation gives up keys of the same name alone, and only those that were there when it began.
R4  A user makes and revokes keys with the password; an administrator needs none.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from lockgate.kernel.secret import Secret
from lockgate.odoo.client import Client
from lockgate.odoo.credentials import ApiKey, Password
from lockgate.odoo.errors import NotAuthenticated, Refused, WrongVersion
from lockgate.odoo.server_code import run_code
from lockgate.odoo.session import sign_in

FIRST_VERSION = (19, 0)
DAYS = 90
"""What Odoo 19 allows its internal users, unless a group of theirs says otherwise."""
_CLOCKS_DIFFER = timedelta(minutes=5)
"""Odoo refuses a key that lasts a second too long by its own clock."""
_MARK = re.compile(r" #[0-9a-f]{6}$")

_MINT = """
name = env.context['key_name']
keys = env['res.users.apikeys'].with_user(record).sudo()
value = keys._generate(None, name, env.context['key_expires'])
made = keys.search([('user_id', '=', record.id), ('name', '=', name)])
action = {'type': 'ir.actions.act_window_close', 'key': value, 'key_id': made.id}
"""
_REVOKE = "records.exists()._remove()"


@dataclass(frozen=True)
class Key:
    """What Odoo tells of a key; its value it tells nobody."""

    id: int
    name: str
    expires_at: datetime | None
    """None: it never expires."""

    def days_left(self, at: datetime) -> float | None:
        """Return the days until it expires, negative when it has; None when it never does."""
        return None if self.expires_at is None else (self.expires_at - at) / timedelta(days=1)


@dataclass(frozen=True)
class MintedKey:
    """A new key, with the one chance to see its value (R1)."""

    key: Key
    secret: Secret


def first_key(
    url: str,
    database: str,
    who: Password,
    *,
    name: str,
    days: float | None = DAYS,
    allow_private: bool = False,
    timeout_seconds: float = 60,
) -> MintedKey:
    """Return a new key of the user who signs in with this password; `days=None` is for administrators alone."""
    with sign_in(url, database, who, allow_private=allow_private, timeout_seconds=timeout_seconds) as client:
        return mint(client, name, days=days, password=who.password)


def mint(client: Client, name: str, *, days: float | None = DAYS, password: Secret | None = None) -> MintedKey:
    """Return a new key of the client's own user (R4)."""
    need_odoo_19(client.server.version)
    if password is not None:
        _need_a_session_or_json2(client)
        return _minted_with_password(client, name, days, password)
    return mint_for(client, client.uid, name, days=days)


def mint_for(administrator: Client, user: int, name: str, *, days: float | None) -> MintedKey:
    """Return a new key of any user, made by an administrator."""
    marked, expires_at = _marked(name), _expiry(days)
    answer = run_code(administrator, "res.users", [user], _MINT, {"key_name": marked, "key_expires": expires_at})
    return MintedKey(Key(answer["key_id"], marked, expires_at), Secret(answer["key"]))


def own_keys(client: Client) -> tuple[Key, ...]:
    """Return the keys of the user who asks, the oldest first."""
    mine = [["user_id", "=", client.uid], ["scope", "=", False]]
    rows = client.search_read("res.users.apikeys", mine, ["name", "expiration_date"])
    keys = (Key(row["id"], row["name"], _moment(row["expiration_date"])) for row in rows)
    return tuple(sorted(keys, key=lambda key: key.id))


def expiring(keys: Iterable[Key], *, at: datetime, within_days: float) -> tuple[Key, ...]:
    """Return the keys that have expired or will so within these days, the most urgent first."""
    ending = ((left, key) for key in keys if (left := key.days_left(at)) is not None and left <= within_days)
    return tuple(key for _, key in sorted(ending, key=lambda pair: (pair[0], pair[1].id)))


def longest_days(client: Client) -> float | None:
    """Return for how many days the user who asks may make a key; None when Odoo sets no limit."""
    if client.call("res.users", "has_group", client.uid, group_ext_id="base.group_system"):
        return None
    (user,) = client.read("res.users", client.uid, ["all_group_ids"])
    groups = client.read("res.groups", user["all_group_ids"], ["api_key_duration"])
    return max(float(group["api_key_duration"]) for group in groups) or 1.0  # as Odoo does where no group has one


def revoke(client: Client, ids: Sequence[int], *, password: Secret | None = None) -> None:
    """Give up these keys; those that are gone already are no fault (R4)."""
    if not ids:
        return
    if password is None:
        run_code(client, "res.users.apikeys", ids, _REVOKE, {})
        return
    _need_a_session_or_json2(client)
    there = client.search("res.users.apikeys", [["id", "in", list(ids)]])
    if there:
        _confirmed(client, client.call("res.users.apikeys", "remove", there), password)


def rotate(
    client: Client,
    name: str,
    *,
    connect: Callable[[ApiKey], Client],
    keep: Callable[[MintedKey], None],
    replaces: Iterable[int] = (),
    days: float | None = DAYS,
    password: Secret | None = None,
) -> MintedKey:
    """Return a new key that took the place of the user's keys of this name, and of those in `replaces` (R2, R3).

    `connect` connects with a key; `keep` stores it where the next run finds it and raises when it could not.
    One name belongs to one holder: two that rotate it give up each other's keys.
    """
    given_up = {*replaces, *(key.id for key in own_keys(client) if _unmarked(key.name) == name)}
    new = mint(client, name, days=days, password=password)
    with connect(ApiKey(new.secret, client.login)) as renewed:
        _prove(renewed, client)
        keep(new)
        revoke(renewed, sorted(given_up), password=password)
    return new


def _prove(renewed: Client, client: Client) -> None:
    """Ask with the new key; a connection that was made with another one is told by its user or its database."""
    found = renewed.call("res.users", "context_get")["uid"]
    if (found, renewed.server.database) != (client.uid, client.server.database):
        raise NotAuthenticated(
            "The new key speaks for another user or to another database.",
            why="The connection to prove it with was not made with the key that was given.",
            do="Nothing was given up; the old key goes on working.",
        )


def _minted_with_password(client: Client, name: str, days: float | None, password: Secret) -> MintedKey:
    """Three calls, as the dialogue in Odoo's preferences makes them."""
    marked, expires_at = _marked(name), _expiry(days)
    wish = {"name": marked, "duration": "0" if expires_at is None else "-1", "expiration_date": expires_at or False}
    wishes = client.call("res.users.apikeys.description", "create", vals_list=[wish])
    answer = client.call("res.users.apikeys.description", "make_key", wishes)
    secret = Secret(_confirmed(client, answer, password)["context"]["default_key"])
    (found,) = (key for key in own_keys(client) if key.name == marked)
    return MintedKey(found, secret)


def _confirmed(client: Client, answer: Any, password: Secret) -> Any:
    """Odoo asks for the password before the deed, unless it did so within the last minutes of a session."""
    if answer.get("res_model") != "res.users.identitycheck":
        return answer
    try:
        asked, context = answer["res_id"], {"password": password}
        return client.call("res.users.identitycheck", "run_check", asked, context=context)
    except Refused as error:
        raise NotAuthenticated(
            f"Odoo does not accept the password of {client.login}.", why=error.why, do="Check the password."
        ) from None


def need_odoo_19(version: tuple[int, int]) -> None:
    """Raise `WrongVersion` where Lockgate can't make keys."""
    if version < FIRST_VERSION:
        raise WrongVersion(
            f"Lockgate makes no keys on Odoo {version[0]}.{version[1]}.",
            why="It makes, rotates and lends keys on Odoo 19 and later.",
            do="Make the key in Odoo (Preferences, Account Security) and use it with your login, or use the password.",
        )


def _need_a_session_or_json2(client: Client) -> None:
    if client.server.transport in {"jsonrpc", "xmlrpc"}:
        raise WrongVersion(
            f"Keys can't be made or revoked with a password over {client.server.transport}.",
            why="Odoo asks for the password again in a dialogue, which this transport does not have.",
            do="Connect with an API key, or make the first one with `first_key`.",
        )


def _marked(name: str) -> str:
    """Return the name with a mark of its own, by which the new key's id is found and not guessed."""
    return f"{name} #{token_hex(3)}"


def _unmarked(name: str) -> str:
    return _MARK.sub("", name)


def _expiry(days: float | None) -> datetime | None:
    if days is None:
        return None
    return (datetime.now(UTC) + timedelta(days=days) - _CLOCKS_DIFFER).replace(microsecond=0)


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
