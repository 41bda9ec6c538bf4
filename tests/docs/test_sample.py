"""Does the sample's history hold what pages and readers are to see? Asked as users ask: by the command line."""

import json
import shutil

import pytest

from lockgate.ledger import Ledger, open_ledger
from support import sample
from support.running import lockgate  # noqa: F401 - a fixture


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return sample.filled(tmp_path_factory)


@pytest.fixture
def asked(filled, lockgate):  # noqa: F811 - that fixture
    """Ask a question about the sample; return the answer as data."""

    def ask(*words):
        return json.loads(lockgate(*words, "--workspace", str(filled), "--json").out)

    return ask


@pytest.fixture
def ledger(filled):
    with open_ledger(filled / ".lockgate" / "ledger.db") as opened:
        yield opened


def payloads(ledger: Ledger, kind: str):
    return [record.payload for record in ledger.records(kinds=(kind,))]


def test_every_record_is_as_it_was_made(asked, filled):
    verified = asked("ledger", "verify", "--checkpoint", str(filled / ".lockgate" / "checkpoint.txt"))
    assert (verified["ok"], verified["first_bad"]) == (True, None)


def test_what_is_declared_has_no_findings(asked):
    checked = asked("check")
    assert (checked["ok"], checked["findings"]) == (True, [])


STATES = {
    ("gaps-decided", "programme"): "open",
    ("template-held", "site:liege"): "open",
    ("template-held", "site:webshop"): "open",
    ("template-held", "site:ghent"): "closed",
    ("template-held", "site:koeln"): "ready",
    ("wave-data", "wave:pilot"): "open",
    ("wave-data", "wave:benelux"): "closed",
    ("site-works", "site:liege"): "open",
    ("site-works", "site:ghent"): "closed",
    ("site-works", "site:webshop"): "undecidable",
    ("wave-stays", "wave:pilot"): "open",
    ("discovery-done", "programme"): "closed",
}


def test_there_is_a_gate_in_every_state(asked):
    found = {(one["gate"], one["scope"]): one["verdict"] for one in asked("gate", "list")}
    assert {gate: found[gate] for gate in STATES} == STATES


def test_a_definition_that_changed_made_evidence_stale_below_a_go(asked):
    shown = asked("gate", "show", "site-works", "--scope", "site:ghent")
    stale = [one["id"] for one in shown["criteria"] if one["status"] == "stale"]
    assert stale == ["devices-work"]
    assert shown["decision"]["choice"] == "go"


def test_a_conditional_go_has_one_condition_fulfilled_and_one_to_come(asked):
    decision = asked("gate", "show", "wave-stays", "--scope", "wave:pilot")["decision"]
    assert decision["choice"] == "conditional"
    assert sorted(one["fulfilled"] for one in decision["conditions"]) == [False, True]


def test_a_waiver_holds_and_another_one_has_ended(asked):
    webshop, ghent = (
        asked("gate", "show", "template-held", "--scope", scope)["criteria"][0]["status"]
        for scope in ("site:webshop", "site:ghent")
    )
    assert (webshop, ghent) == ("waived", "unmet")


def test_what_was_refused_is_on_record(ledger):
    refused = [(one["by"], sorted({*one["rules"]})) for one in payloads(ledger, "gate.refused")]
    assert refused == [
        ("clara", ["W3"]),
        ("hanne", ["D1"]),
        ("karin", ["D1", "D2"]),
        ("daan", ["D1", "D2"]),
        ("anna", ["D2"]),
        ("lars", ["D1", "D5"]),
    ]


@pytest.mark.parametrize(
    ("register", "least"),
    [
        ("requirement", 40),
        ("gap", 25),
        ("risk", 20),
        ("issue", 10),
        ("dependency", 5),
        ("assumption", 5),
        ("decision", 8),
        ("deviation", 5),
        ("change-request", 5),
        ("deliverable", 15),
        ("defect", 10),
        ("sign-off", 8),
        ("meeting", 6),
        ("action", 8),
        ("lesson", 5),
        ("benefit", 5),
    ],
)
def test_every_register_has_records_in_several_states(asked, register, least):
    found = asked("register", "list", register)
    assert len(found) >= least
    assert len({one["state"] for one in found}) > 1


def test_signals_raised_risks(asked):
    raised = {one["signal"] for one in asked("register", "list", "risk") if one["signal"]}
    assert {"reconciliation-worsens", "readiness-falls", "custom-code-grows"} <= raised


def test_one_assumption_is_overdue(asked):
    assert [one["state"] for one in asked("register", "list", "assumption", "--where", "overdue = true")] == ["open"]


def test_a_committee_decided_against_the_voice_of_one(asked):
    shown = asked("register", "show", "DEC-1")
    assert [(vote["by"], vote["yes"]) for vote in shown["steps"][0]["votes"]] == [
        ("anna", True),
        ("olaf", False),
        ("clara", True),
    ]


def test_there_is_evidence_of_a_wrong_clock_and_of_another_database(ledger):
    taken = ledger.current_evidence()
    ahead = {one.evidence.producer for one in taken if one.evidence.taken_at > one.at}
    databases = {one.evidence.instance.uuid for one in taken if one.evidence.instance}
    assert (ahead, len(databases)) == ({"femke"}, 4)


def test_it_can_be_asked_how_the_programme_stood(asked, filled):
    first = asked("gate", "list", "--as-of", "30")
    now = asked("gate", "list")
    assert "wave-data" not in {one["gate"] for one in first}
    assert "wave-data" in {one["gate"] for one in now}


def test_a_site_has_something_otherwise_by_an_approved_deviation(asked, filled):
    told = asked("plan", "--site", "koeln", "--explain-merge")
    [one] = [value for value in told["values"] if len(value["layers"]) > 1]
    assert (one["key"], one["field"], one["company"]) == ("chemicals", "property_cost_method", "meridian-deutschland")
    assert [(layer["site"], layer["value"], layer["allowed_by"]) for layer in one["layers"]] == [
        (None, "fifo", ""),
        ("meridian-deutschland", "average", "DEV-1"),
    ]


def test_a_ledger_that_has_records_is_left_alone(filled, tmp_path):
    copy = tmp_path / "meridian"
    shutil.copytree(filled, copy)
    shutil.copytree(sample.ROOT / "examples" / "meridian", copy, dirs_exist_ok=True)
    before = (copy / ".lockgate" / "ledger.db").read_bytes()
    done = sample.fill(copy)
    assert (done.returncode, done.stdout) == (5, "")
    assert "records already: nothing was added." in done.stderr.splitlines()[0]
    assert (copy / ".lockgate" / "ledger.db").read_bytes() == before


def test_a_workspace_that_is_not_the_sample_is_left_alone(tmp_path):
    (tmp_path / "lockgate.toml").write_text("[programme]\nname = 'Ours'\n")
    done = sample.fill(tmp_path)
    assert (done.returncode, done.stdout, (tmp_path / ".lockgate").exists()) == (2, "", False)
    assert done.stderr.splitlines()[0] == f"{tmp_path} is no fresh copy of the sample."
