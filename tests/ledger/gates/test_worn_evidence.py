"""T36: evidence that expired, is of another database, was edited or is gone is never green; the reason names it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel.evidence import Evidence, InstanceRef, Verdict
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import PROGRAMME
from lockgate.ledger import open_ledger
from support.meridian import GATE, HERE, MONDAY


@pytest.fixture
def stands(lockgate):
    """How the gate and its criterion stand."""

    def stand():
        ran = lockgate("gate", "show", *HERE, "--json")
        told = json.loads(ran.out)
        (criterion,) = told["criteria"]
        return ran.code, told["verdict"], criterion["status"], criterion["because"]

    return stand


@pytest.fixture
def opened(meridian, lockgate, stands):
    """The gate was decided, and is open as long as the evidence is good."""
    meridian.edit("programme/gates.yaml", "[failed = 0]", "[failed = 0]\n        fresh: 14d")
    meridian.measure(failed=2)
    number = meridian.measure(instance=seen("u-1"))
    assert lockgate("gate", "decide", GATE, "go", "--scope", "main-warehouse", "--by", "bob").code == 0
    assert stands() == (0, "open", "met", f"so says #{number}")
    return meridian, number


def seen(uuid):
    return InstanceRef(uuid, "19.0", Role.REHEARSAL, "rehearsal")


def test_expired_evidence_closes_the_gate(opened, stands, clock):
    _, number = opened
    clock.move_to(MONDAY + timedelta(days=13))
    assert stands()[:3] == (0, "open", "met")
    clock.move_to(MONDAY + timedelta(days=15))
    assert stands() == (1, "closed", "stale", f"#{number} is 14 days 23 hours old, and 14 days are allowed")


def test_evidence_of_another_database_closes_the_gate(opened, stands):
    meridian, number = opened
    looked = Evidence("instance.seen", PROGRAMME, {"instance": "rehearsal"}, Verdict.SEEN, {"reachable": True}, {},
                      "eve", datetime.now(UTC), seen("u-2"))  # fmt: skip
    with open_ledger(meridian.url) as ledger:
        ledger.record_evidence(looked)
    because = f"#{number} was measured on database:rehearsal u-1, which is now u-2"
    assert stands() == (1, "closed", "stale", because)


def test_an_input_that_is_gone_closes_the_gate(opened, stands):
    meridian, _ = opened
    number = meridian.measure(**{"wave:first": "0000"})
    assert stands()[2] == "stale"
    assert stands()[3].startswith(f"#{number} was measured on wave:first 0000, which is now ")
    number = meridian.measure(**{"wave:second": "0000"})
    assert stands() == (1, "closed", "stale", f"#{number} was measured on wave:second 0000, which is gone")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("update ledger_record set body = replace(body, '1', '2') where number = 3", "it was altered"),
        ("delete from ledger_record where number = 3", "it is missing"),
    ],
)
def test_edited_or_absent_evidence_gives_no_answer(opened, lockgate, statement, why):
    meridian, number = opened
    assert number == 3
    with open_ledger(meridian.url) as ledger:
        body = ledger.record(3).body.replace(b'"minutes":9', b'"minutes":8')
        with ledger.store.writing() as turn:
            if statement.startswith("update"):
                turn.write("update ledger_record set body = ? where number = ?", [(body, 3)])
            else:
                turn.write(statement, [()])
    for words in (("show", *HERE), ("explain", *HERE), ("list",), ("decide", GATE, "go", *HERE[1:], "--by", "bob")):
        ran = lockgate("gate", *words)
        assert (words, ran.code, ran.out) == (words, 4, "")
        assert ran.err.splitlines()[:2] == [
            "Error: Record 3 of the ledger is damaged.",
            ran.err.splitlines()[1],
        ]
        assert ran.err.splitlines()[1].startswith(f"Why:   {why}")


def test_evidence_on_nothing_is_missing(meridian, stands):
    assert stands() == (1, "closed", "missing", "no scenario.run on record")
