"""What is lost or doubled when a load is stopped, cut off or met by another? Nothing. Through the verbs."""

import os
import subprocess

import pytest

from faults.partners import client_of
from faults.proxy import Fault, FaultProxy
from lockgate.odoo import turns
from lockgate.odoo.calls import connection
from lockgate.odoo.loading import calls
from lockgate.practices.migration.perform.sending.loaded import LOADING
from support.running import PROGRAM

pytestmark = pytest.mark.long

CALLS = {
    "while it saves": (Fault.THEN_WHEN_SENT, "res.partner/load", 1),
    "when it has saved": (Fault.THEN_WHEN_ANSWERED, "res.partner/load", 1),
    "when it has saved orders": (Fault.THEN_WHEN_ANSWERED, "sale.order/load", 1),
    "while it confirms": (Fault.THEN_WHEN_SENT, "sale.order/action_confirm", 1),
    "when it has confirmed": (Fault.THEN_WHEN_ANSWERED, "sale.order/action_confirm", 1),
}


@pytest.fixture
def proxied(programme, lab):
    """Let the programme reach its Odoo through a proxy."""
    for verb in ("profile", "cleanse"):
        assert programme.say(verb)["code"] == 0
    settings = programme.folder / "lockgate.toml"
    with FaultProxy(lab.url) as proxy:
        settings.write_text(settings.read_text().replace(lab.url, proxy.url))
        yield proxy


def loaded_once(programme, odoo):
    """Load the rest, and say of each domain what is there and how often; all of it is in Odoo once."""
    again = programme.say("load")
    ids = odoo.search_read(
        "ir.model.data", [["module", "=", "lockgate"], ["model", "in", ["res.partner", "sale.order"]]], ["name"]
    )
    ours = sorted(row["name"] for row in ids if row["name"].startswith(("customer_", "order_")))
    orders = odoo.search_read("sale.order", [["client_order_ref", "in", ["A", "B", "C", "D"]]], ["state"])
    customers = odoo.search_count("res.partner", [["ref", "in", ["007", "008", "009", "010", "011"]]])
    told = [(one["domain"], one["loaded"], one["rejected"]) for one in again["domains"]]
    assert told == [("partners", 3, 1), ("goods", 2, 0), ("orders", 2, 2)]
    assert ours == ["customer_007", "customer_008", "customer_011", "order_A", "order_D"]
    assert ([row["state"] for row in orders], customers) == (["sale", "sale"], 3)
    assert programme.say("reconcile")["code"] == 0


@pytest.mark.parametrize("case", CALLS)
def test_a_load_that_is_killed_goes_on_without_loss_and_doubles(programme, odoo, proxied, case):
    fault, path, nth = CALLS[case]
    child = subprocess.Popen(
        [*PROGRAM, "migrate", "load", "--by", "example-sponsor"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    proxied.arm(fault, path=path, nth=nth, then=child.kill)
    assert child.wait(timeout=120) == -9
    loaded_once(programme, odoo)


@pytest.fixture
def impatient(monkeypatch):
    """Let calls be given up after seconds, not after a minute and a half."""
    for module in (connection, calls):
        monkeypatch.setattr(module, "PATIENCE_SECONDS", 5.0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("path", "do"),
    [
        ("sale.order/fields_get", None),
        ("sale.order/load", "Do:    Load again with the same journal: it goes on where it stopped."),
    ],
)
def test_odoo_going_away_in_the_middle_is_told_and_costs_nothing(programme, odoo, proxied, path, do):
    proxied.arm(Fault.RESET, path=path, times=1_000)
    ran = programme.lockgate("migrate", "load", "--by", "example-sponsor")
    told = next(line for line in ran.err.splitlines() if line.startswith("Do:"))
    assert (ran.code, do or told) == (4, told)
    proxied.disarm()
    loaded_once(programme, odoo)


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.CUT_ANSWER])
def test_a_confirmation_whose_answer_is_lost_is_looked_up_and_goes_on(programme, odoo, proxied, fault):
    proxied.arm(fault, path="sale.order/action_confirm", nth=1)
    first = programme.say("load")
    assert [one["loaded"] for one in first["domains"]] == [3, 2, 2]
    assert [path.rsplit("/", 1)[1] for path in proxied.spoiled] == ["action_confirm"]
    loaded_once(programme, odoo)


def test_two_who_load_into_one_odoo_from_two_workspaces_take_turns(programme, odoo, proxied, lab):
    with client_of(lab) as other, turns.turn(other, "bart", LOADING):
        ran = programme.lockgate("migrate", "load", "--by", "example-sponsor")
    said = [line for line in ran.err.splitlines() if line.startswith(("Error:", "Why:"))]
    assert (ran.code, said) == (
        5,
        ["Error: Somebody else is loading into this Odoo.", "Why:   It is bart's turn."],
    )
    assert not any("/load" in path for path in proxied.seen)
    loaded_once(programme, odoo)


@pytest.mark.parametrize("verb", ["preflight", "load", "reconcile"])
def test_nothing_goes_on_with_an_extract_that_changed_since_it_was_read(programme, proxied, verb):
    programme.extract("items.csv", "SKU;NAME;PRICE\nMIG-1;Pump;99,00\n")
    ran = programme.lockgate("migrate", verb, "--by", "example-sponsor")
    assert ran.code == 5
    assert "The extract of 'items' has changed since it was read." in ran.err
    assert not any("/load" in path for path in proxied.seen)
