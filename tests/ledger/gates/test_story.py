"""From an empty folder to a decided gate, a question about the past and a forgery that is found: one story."""

import json
from datetime import timedelta

import pytest

from lockgate.ledger import open_ledger
from support.ledgers import standalone
from support.meridian import GATE, HERE, MONDAY
from support.planted import MISTAKES

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def asked(lockgate):
    """Ask with --json: the exit code and the answer."""

    def ask(*words):
        ran = lockgate(*words, "--json")
        return ran.code, json.loads(ran.out)

    return ask


@pytest.fixture
def stands(asked):
    """How the gate and its only criterion stand."""

    def stand(*words):
        code, told = asked("gate", "show", *HERE, *words)
        (criterion,) = told["criteria"]
        return code, told["verdict"], criterion["status"], criterion["because"]

    return stand


def test_a_gate_is_followed_from_missing_to_decided_and_a_forgery_is_found(meridian, asked, stands, clock):
    every_mistake_is_found(meridian, asked)

    assert stands() == (1, "closed", "missing", "no scenario.run on record")
    failed = meridian.measure(failed=2)
    assert stands() == (1, "closed", "unmet", f"#{failed} failed: failed is 2, required is failed = 0")
    met = meridian.measure()
    assert stands() == (0, "ready", "met", f"so says #{met}")

    clock.move_to(TUESDAY)
    changed_site(meridian, stands, met)
    explained(asked, met)

    waived(asked, met)
    decided(meridian, asked, met)

    clock.move_to(WEDNESDAY)
    what_was_seen_then(asked, stands, failed, met)

    a_forgery_is_found(meridian, asked)


def every_mistake_is_found(meridian, asked):
    for mistake in MISTAKES:
        mistake.plant(meridian.folder)
    code, told = asked("check")
    assert told["findings"] == [mistake.found(meridian.folder) for mistake in MISTAKES]
    assert (code, {**told, "findings": []}) == (2, {"ok": False, "findings": [], "remarks": [], "files": 6})
    for mistake in MISTAKES:
        mistake.repair(meridian.folder)
    code, told = asked("check")
    assert (code, {**told, "remarks": []}) == (0, {"ok": True, "findings": [], "remarks": [], "files": 6})


def changed_site(meridian, stands, met):
    """One word of one file changes, and with it what the evidence is worth."""
    meridian.edit("programme/sites.yaml", "capabilities: [Inventory]", "capabilities: [Inventory, Sales]")
    meridian.commit()
    code, verdict, status, because = stands()
    assert (code, verdict, status) == (1, "closed", "stale")
    assert because.startswith(f"#{met} was measured on site:main-warehouse ")


def explained(asked, met):
    """The explanation names what has changed, who is to act and what to run."""
    code, told = asked("gate", "explain", *HERE)
    assert (code, told) == (
        1,
        {
            "gate": GATE,
            "title": "The warehouse can work",
            "stage": "testing",
            "scope": "site:main-warehouse",
            "verdict": "closed",
            "because": "1 of 1 criteria are lacking: orders-ship (stale).",
            "as_of": told["as_of"],
            "decides": {"role": "process-owner", "quorum": 1, "people": ["bob"], "given": {}},
            "decision": None,
            "votes": [],
            "changed": [],
            "overdue": [],
            "criteria": [
                {
                    "id": "orders-ship",
                    "title": "Orders are picked and shipped",
                    "status": "stale",
                    "because": told["criteria"][0]["because"],
                    "evidence": [met],
                    "do": "lockgate test run shipping --site main-warehouse",
                    "commands": ["lockgate test run shipping --site main-warehouse"],
                    "owner": "site-lead",
                    "act": ["eve"],
                    "why": "A warehouse that can't ship stands still",
                    "serves": [],
                    "waiver": None,
                    "conditions": [],
                    "parts": [],
                }
            ],
        },
    )
    assert told["as_of"][:16] == "2026-03-10T09:00"
    code, (rerun,) = asked("rerun", "--plan", "--scope", "main-warehouse")
    assert (code, rerun) == (
        1,
        {
            "kind": "scenario.run",
            "scope": "site:main-warehouse",
            "about": "",
            "because": told["criteria"][0]["because"],
            "command": "lockgate test run shipping --site main-warehouse",
            "evidence": [met],
            "gates": [f"{GATE} site:main-warehouse"],
        },
    )


def waived(asked, met):
    words = ("--scope", "main-warehouse", "--by", "bob", "--owner", "ann", "--reason", "Sales starts in May")
    code, told = asked("gate", "waive", GATE, "orders-ship", *words, "--until", "2026-05-31")
    (criterion,) = told["criteria"]
    assert (code, told["verdict"], criterion["status"], criterion["evidence"]) == (0, "ready", "waived", [met])
    assert criterion["waiver"] == {
        "number": met + 1,
        "by": "bob",
        "owner": "ann",
        "reason": "Sales starts in May",
        "until": "2026-05-31T22:00:00.000000Z",  # midnight in Brussels
        "waived_when": "stale",
        "without": "stale",
    }


def decided(meridian, asked, met):
    """One person decides; the decision names what it rests on, and what was seen is kept whole."""
    _, shown = asked("gate", "show", *HERE)
    _, ledger = asked("ledger", "verify")
    code, told = asked("gate", "decide", GATE, "go", "--scope", "main-warehouse", "--by", "bob")
    assert (code, told["verdict"], told["votes"], told["changed"]) == (0, "open", [], [])
    basis = told["decision"]["basis"]
    assert told["decision"] == {
        "number": met + 3,
        "choice": "go",
        "votes": [
            {"by": "bob", "choice": "go", "reason": "", "for": "", "role": "process-owner", "given": 0, "lent": 0}
        ],
        "dissent": [],
        "conditions": [],
        "basis": {"commit": meridian.commit_now(), "head": ledger["head"], "artifact": basis["artifact"]},
    }
    kept = meridian.folder / ".lockgate" / "artifacts" / basis["artifact"][:2] / basis["artifact"][2:]
    seen = json.loads(kept.read_text())
    assert {**seen, "as_of": ""} == {**shown, "as_of": ""}


def what_was_seen_then(asked, stands, failed, met):
    """On Wednesday the gate is open; as of any moment before it says what was to be seen then."""
    assert stands()[:3] == (0, "open", "waived")
    assert stands("--as-of", "yesterday")[:3] == (0, "open", "waived")
    assert stands("--as-of", str(met + 1))[:3] == (0, "ready", "waived")
    assert stands("--as-of", "2026-03-10T08:59:59")[1:] == ("ready", "met", f"so says #{met}")
    assert stands("--as-of", "2026-03-09")[1:] == ("ready", "met", f"so says #{met}")
    assert stands("--as-of", str(failed))[1:3] == ("closed", "unmet")
    assert stands("--as-of", "2026-03-08")[1:3] == ("closed", "missing")
    code, lines = asked("gate", "list", "--stage", "testing", "--scope", "main-warehouse", "--as-of", "2026-03-09")
    assert code == 1
    assert [line for line in lines if line["gate"] == GATE] == [
        {
            "gate": GATE,
            "stage": "testing",
            "scope": "site:main-warehouse",
            "verdict": "ready",
            "met": 1,
            "unmet": 0,
            "missing": 0,
            "stale": 0,
            "waived": 0,
            "undecidable": 0,
        }
    ]


def a_forgery_is_found(meridian, asked):
    """Somebody with the database makes the failure a success; both verifiers name the record."""
    held, export = meridian.folder.parent / "held.txt", meridian.folder.parent / "export"
    assert asked("ledger", "checkpoint", "--out", str(held))[0] == 0
    code, right = asked("ledger", "verify", "--checkpoint", str(held))
    assert (code, right) == (
        0,
        {
            "ok": True,
            "records": 6,
            "head": right["head"],
            "first_bad": None,
            "why": "",
            "ledger": right["ledger"],
            "artifacts": 1,
            "expunged": 0,
            "behind": [],
            "checkpoints": 1,
        },
    )
    with open_ledger(meridian.url) as ledger:
        forged = ledger.record(2).body.replace(b'"failed":2', b'"failed":0')
        with ledger.store.writing() as turn:
            turn.write("update ledger_record set body = ? where number = ?", [(forged, 2)])
    code, wrong = asked("ledger", "verify")
    assert (code, wrong["ok"], wrong["first_bad"], wrong["why"]) == (
        1,
        False,
        2,
        "it was altered: its hash is not that of its content",
    )
    assert asked("ledger", "export", str(export))[0] == 0
    found = standalone(export, "--checkpoint", held)
    assert (found.code, found.said.partition(": ")[2].partition(":")[0]) == (1, "record 2")
