"""Is production locked? A real Odoo that the workspace calls production, and the gates between it and every write."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel.instance import Role
from lockgate.kernel.secret import Secret
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.errors import WriteRefused
from lockgate.programme.permit import COUNTS_FOR, GatePermit
from support.meridian import GATE, begin
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

HERE = ("--scope", "main-warehouse")
INSTANCE = """
[instances.live]
role = "production"
url = "{url}"
database = "{database}"
sites = ["main-warehouse"]
key_variable = "LIVE_KEY"
"""
TEMPLATE = """
resources:
  - key: calm
    model: product.tag
    values: { name: Calm }
"""


class Clock:
    """The real time, and what a test adds to it."""

    def __init__(self):
        self.added = timedelta()

    def __call__(self):
        return datetime.now(UTC) + self.added

    def go_on(self, time=COUNTS_FOR):
        self.added += time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def meridian(fresh, tmp_path, monkeypatch, lockgate):
    """A programme of which a real Odoo is the production; the test stands in its folder."""
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.delenv("LOCKGATE_PERSON", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIVE_KEY", fresh.api_key)
    programme = begin(lockgate, tmp_path, f"sqlite:///{tmp_path}/meridian/.lockgate/ledger.db")
    monkeypatch.chdir(programme.folder)
    with (programme.folder / "lockgate.toml").open("a") as file:
        file.write(INSTANCE.format(url=fresh.url, database=fresh.database))
    sponsor, more = "roles: [{ role: sponsor }]", "}, { role: process-owner }, { role: site-lead }]"
    programme.edit("programme/people.yaml", sponsor, sponsor.replace("}]", more))
    assert lockgate("check").code == 0
    until = (datetime.now(UTC) + timedelta(days=2)).isoformat(timespec="seconds")
    for person in ("ann", "eve"):  # the playbook's own gate is passed for two days, so that ours is all that stands
        signed = ("--by", person, "--until", until, "--reason", "a rehearsal of the lock")
        assert lockgate("gate", "emergency", "go-live", *HERE, *signed).code == 0
    return programme


@pytest.fixture
def odoo(fresh, meridian, clock):
    """A client of production; the gates are asked before each write."""
    permit = GatePermit("live", meridian.folder, clock)
    key = ApiKey(Secret(fresh.api_key))
    with connect(fresh.url, fresh.database, key, role=Role.PRODUCTION, permit=permit, allow_private=True) as client:
        yield client


@pytest.fixture
def says(lockgate, clock):
    """Say something of the gate; what it changes counts once the last answer is old."""

    def said(verb, *words):
        ran = lockgate("gate", verb, GATE, *words, *HERE)
        clock.go_on()
        return ran.code

    return said


def partners(client):
    return [one["name"] for one in client.search_read("res.partner", [["ref", "=", "lock"]], ["name"])]


def refused(act):
    with pytest.raises(WriteRefused) as told:
        act()
    return told.value


def test_a_write_to_production_passes_through_the_gate_or_not_at_all(meridian, odoo, says, clock):
    def create():
        return odoo.create("res.partner", [{"name": "Northwind", "ref": "lock"}])

    no = refused(create)
    assert no.why == f"The gate {GATE} for site:main-warehouse is closed: orders-ship is missing."
    assert no.do == f"See what is lacking: `lockgate gate explain {GATE} --scope site:main-warehouse`."
    assert partners(odoo) == []

    meridian.measure()
    clock.go_on()
    assert refused(create).why == f"The gate {GATE} for site:main-warehouse is ready: nobody has decided yet."
    assert says("decide", "go", "--by", "bob") == 0
    (made,) = create()
    assert partners(odoo) == ["Northwind"]

    assert says("decide", "no-go", "--by", "bob", "--reason", "the carrier is not ready") == 0
    for act in (
        lambda: odoo.write("res.partner", [made], {"name": "South"}),
        lambda: odoo.unlink("res.partner", [made]),
    ):
        assert refused(act).why == f"The gate {GATE} for site:main-warehouse is closed: the decision #8 is a no-go."
    assert partners(odoo) == ["Northwind"]

    meridian.edit("programme/sites.yaml", "capabilities: [Inventory]", "capabilities: [Inventory, Sales]")
    assert says("decide", "go", "--by", "bob") == 5
    assert "orders-ship is stale" in refused(create).why


def test_a_template_is_applied_to_production_through_the_gate_or_not_at_all(meridian, odoo, says, lockgate):
    (meridian.folder / "template").mkdir(exist_ok=True)
    (meridian.folder / "template" / "tags.yaml").write_text(TEMPLATE)
    live = ("--instance", "live", "--by", "ann")

    def tags():
        return odoo.search_read("product.tag", [["name", "=", "Calm"]], ["name"])

    assert lockgate("plan", "--instance", "live").code == 1  # to look needs no gate
    no = lockgate("apply", "--yes", *live)
    assert no.code == 5
    assert f"Why:   The gate {GATE} for site:main-warehouse is closed: orders-ship is missing." in no.err.splitlines()
    turns = [["key", "=like", "lockgate.template.%"]]
    assert (tags(), odoo.search_count("ir.config_parameter", turns)) == ([], 0)
    ours = [["module", "=", "lockgate"]]
    assert odoo.search_count("ir.model.data", ours) == 0

    meridian.measure()
    assert says("decide", "go", "--by", "bob") == 0
    came = lockgate("apply", "--yes", *live, "--json")
    assert (came.code, json.loads(came.out)["written"], len(tags())) == (0, 1, 1)
    kept = json.loads(came.out)["rollback"]

    assert says("decide", "no-go", "--by", "bob", "--reason", "the carrier is not ready") == 0
    no = lockgate("apply", "--rollback", kept, "--yes", *live)
    assert (no.code, odoo.search_count("product.tag", [["name", "=", "Calm"]])) == (5, 1)
    assert f"Why:   The gate {GATE} for site:main-warehouse is closed" in no.err


def test_an_emergency_permit_of_two_people_opens_production_for_its_time(odoo, says, clock):
    until = (datetime.now(UTC) + timedelta(hours=2)).isoformat(timespec="seconds")
    signed = ("--until", until, "--reason", "no delivery can be posted")

    def create():
        return odoo.create("res.partner", [{"name": "Emergency", "ref": "lock"}])

    assert says("emergency", "--by", "bob", *signed) == 0
    assert says("emergency", "--by", "bob", *signed) == 5
    assert says("emergency", "--by", "eve", *signed) == 5
    refused(create)
    assert partners(odoo) == []
    assert says("emergency", "--by", "ann", *signed) == 0
    create()
    assert partners(odoo) == ["Emergency"]
    clock.go_on(timedelta(hours=2))
    assert refused(create).why == f"The gate {GATE} for site:main-warehouse is closed: orders-ship is missing."
    assert partners(odoo) == ["Emergency"]


def test_a_copy_of_the_ledger_opens_nothing_until_it_is_armed(meridian, odoo, says, lockgate, clock):
    meridian.measure()
    assert says("decide", "go", "--by", "bob") == 0
    export = str(meridian.folder.parent / "export")
    assert lockgate("ledger", "export", export).code == 0
    (meridian.folder / ".lockgate").rename(meridian.folder.parent / "lost")
    assert lockgate("ledger", "import", export).code == 0
    clock.go_on()
    no = refused(lambda: odoo.create("res.partner", [{"name": "Copy", "ref": "lock"}]))
    assert no.why == f"This ledger is a copy that was taken in on {datetime.now(UTC).date()}, and not armed."
    assert lockgate("ledger", "arm", "--by", "ann", "--reason", "the old server is gone").code == 0
    clock.go_on()
    odoo.create("res.partner", [{"name": "Armed", "ref": "lock"}])
    assert partners(odoo) == ["Armed"]
