from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.odoo.acting import Acting
from lockgate.odoo.calls.budget import Budget
from lockgate.odoo.calls.connection import Connection
from lockgate.odoo.client import Client, Server, User
from lockgate.odoo.errors import WriteRefused, WrongVersion
from lockgate.odoo.keys import Key, expiring, mint, revoke

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FOREVER = Key(1, "forever", None)
FRESH = Key(2, "fresh", NOW + timedelta(days=60))
ENDING = Key(3, "ending", NOW + timedelta(days=2))
ENDED = Key(4, "ended", NOW - timedelta(hours=12))


class Deaf:
    """A transport that must not be used."""

    name = "json2"

    def send(self, call, *, timeout):
        raise AssertionError(f"{call} was sent")

    def close(self):
        pass


def deaf_client(*, version=(19, 0), transport="json2", role=Role.BUILD):
    connection = Connection(Deaf(), role, read_only=False, permit=None, timeout_seconds=1, budget=Budget())
    return Client(connection, Server("https://odoo.example.com", "acme", version, transport), User(2, "admin"))


def nobody(_key):
    raise AssertionError("nobody signs in")


def test_a_key_knows_how_many_days_it_has_left():
    assert [key.days_left(NOW) for key in (FOREVER, FRESH, ENDING, ENDED)] == [None, 60, 2, -0.5]


def test_keys_that_end_soon_or_have_ended_are_named_with_the_most_urgent_first():
    assert expiring([FOREVER, FRESH, ENDING, ENDED], at=NOW, within_days=14) == (ENDED, ENDING)


def test_a_key_that_ends_on_the_very_day_is_named():
    assert expiring([ENDING], at=NOW, within_days=2) == (ENDING,)


def test_before_odoo_19_no_key_is_asked_for():
    with pytest.raises(WrongVersion) as refusal:
        mint(deaf_client(version=(18, 0)), "mine")
    assert refusal.value.lines()[0] == "Lockgate makes no keys on Odoo 18.0."


@pytest.mark.parametrize("transport", ["jsonrpc", "xmlrpc"])
def test_a_transport_without_dialogues_makes_and_revokes_no_keys_with_a_password(transport):
    client = deaf_client(transport=transport)
    with pytest.raises(WrongVersion):
        mint(client, "mine", password=Secret("a password"))
    with pytest.raises(WrongVersion):
        revoke(client, [1], password=Secret("a password"))


def test_revoking_no_key_asks_nothing():
    revoke(deaf_client(), [])


def test_on_production_nobody_is_acted_for_and_nothing_is_sent():
    with pytest.raises(WriteRefused) as refusal:
        Acting(deaf_client(role=Role.PRODUCTION), connect=nobody)
    assert refusal.value.lines() == (
        "Lockgate does not act as other users on a production instance.",
        "What a person did and what Lockgate did in her name could not be told apart.",
        "Use a rehearsal or a training instance.",
    )


def test_before_odoo_19_nobody_is_acted_for():
    with pytest.raises(WrongVersion):
        Acting(deaf_client(version=(17, 0)), connect=nobody)
