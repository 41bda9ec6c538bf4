"""Which gates does a workspace have, and what is known to answer them?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.criteria.reading import GATES, gates_of, scopes_of
from lockgate.gates.facts.declared import NO_REGISTERS, Known
from lockgate.gates.facts.loading import MOST, facts_of
from lockgate.gates.facts.rows import row_of
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.register import OF_EVERY_RECORD
from lockgate.kernel.scope import PROGRAMME, Level, Scope
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.registers.engine import Drafted
from lockgate.ledger.registers.entry import Entries
from lockgate.ledger.registers.known import Known as Records
from lockgate.ledger.registers.projection import project
from lockgate.workspace import load, read
from lockgate.workspace.playbooks import playbooks
from lockgate.workspace.registers import compose, shipped
from support.gate_scene import GHENT, NORTH

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DEFECTS = Records({"defect": compose(shipped()).by_key["defect"]})
PLAYBOOK = next(iter(playbooks()), "any")
FILES = {
    "lockgate.toml": f"""
[programme]
name = "Meridian"
playbooks = ["{PLAYBOOK}"]
currency = "EUR"
time_zone = "Europe/Brussels"

[instances.prod]
role = "production"
url = "https://odoo.example.com"
database = "prod"
""",
    "programme/sites.yaml": """
sites:
  - {key: ghent, name: Ghent, kind: warehouse, capabilities: [Sales]}
  - {key: liege, name: Liege, kind: plant, capabilities: [Sales]}
""",
    "programme/people.yaml": """
roles: [{key: owner, title: Owner}]
people:
  - {key: ann, roles: [{role: owner}], deputy: bob}
  - {key: bob}
""",
    "programme/waves.yaml": """
waves:
  - {key: north, name: North, go_live: 2026-05-02, sites: [{site: ghent}, {site: liege}]}
""",
}
GATE = "  - {{key: exit, stage: testing, scope: {scope}, decides: {{role: owner}}, criteria: [{criteria}]}}\n"


@pytest.fixture
def place(tmp_path):
    """Return what makes a workspace with these gates."""

    def made(*criteria, scope="site", more=""):
        own = {"programme/gates.yaml": "gates:\n" + GATE.format(scope=scope, criteria=", ".join(criteria)) + more}
        for path, text in {**FILES, **own}.items():
            file = tmp_path / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        found = load(tmp_path, (GATES,))
        assert found.findings == ()
        return found

    return made


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "ledger.db", lambda: NOW) as opened:
        yield opened


def run(number=0, scenario="otc-01", scope=GHENT, kind="scenario.run", **measures):
    subject = {"scenario": scenario} if scenario else {}
    return Evidence(kind, scope, subject, Verdict.PASSED, measures, {}, "tom", NOW - timedelta(minutes=number))


def asked(workspace, ledger, scope=GHENT, entries=None, records=NO_REGISTERS):
    (gate,), findings = gates_of((), workspace, ())
    assert findings == ()
    known = Known(workspace, records)
    known_then = entries or Entries(number=ledger.head().number)
    return evaluate(gate, scope, facts_of([gate], ledger, known, known_then, NOW), NOW)


def test_gates_are_asked_of_the_ledger(place, ledger):
    ledger.record_evidence(run(1, failed=1), run(failed=0))
    state = asked(place("{key: runs, evidence: {kind: scenario.run}, require: [failed = 0]}"), ledger)
    assert [(one.status, one.found.evidence) for one in state.criteria] == [("met", (3,))]


def test_what_people_decided_is_read_from_the_ledger(place, ledger):
    payload = {"gate": "exit", "scope": "site:ghent", "by": "ann", "reason": "x", "until": "2026-03-11T00:00:00Z"}
    ledger.append([Event("gate.emergency-signed", payload)], by="ann")
    state = asked(place("{key: runs, evidence: {kind: scenario.run}}"), ledger)
    assert [one.by for one in state.history.signatures] == ["ann"]


@pytest.mark.parametrize("others", [3, 30, MOST * 5])
def test_a_filter_finds_its_records_however_far_back(place, ledger, others):  # L3
    ledger.record_evidence(run(critical=True), *(run(critical=False) for _ in range(others)))
    ledger.record_evidence(run(scenario="otc-02", critical=True), run(kind="fit.probed"))
    wanted = "{key: runs, evidence: {kind: scenario.run, where: [critical = true]}}"
    (found,) = asked(place(wanted), ledger).criteria
    assert (found.status, found.found.evidence) == ("met", (2, others + 3))


def test_the_facts_end_where_the_registers_do(place, ledger):  # L2
    ledger.record_evidence(run(failed=0), run(failed=1))
    workspace = place("{key: runs, evidence: {kind: scenario.run}, require: [failed = 0]}")
    assert asked(workspace, ledger, entries=Entries(number=2)).criteria[0].status == "met"
    assert asked(workspace, ledger).criteria[0].status == "unmet"


def test_faults_are_findings_with_their_places(place):  # L1
    loosened = "  - {key: exit, scope: wave}\n"
    playbook = read("gates:\n" + GATE.format(scope="site", criteria="{key: a, evidence: {kind: a.b}}"), path="p.yaml")
    broken = read("gates:\n  - {key: other, decide: 1}\n", path="broken.yaml")
    workspace = place(more=loosened.replace("exit", "second"))
    gates, findings = gates_of((playbook, broken), workspace, ())
    assert [gate.key for gate in gates] == ["exit"]
    assert [(str(finding.at), finding.code) for finding in findings] == [
        ("broken.yaml:2:18", "unknown-key"),
        ("programme/gates.yaml:3:5", "lacking-key"),
        ("programme/gates.yaml:3:5", "lacking-key"),
    ]


def test_a_gate_is_asked_for_what_is_declared(place):
    workspace = place()
    levels = {level: place(scope=level) for level in ("programme", "wave", "site")}
    found = {level: scopes_of(gates_of((), one, ())[0][0], one) for level, one in levels.items()}
    assert found["site"] == [GHENT, Scope(Level.SITE, "liege")]
    assert found["wave"] == [NORTH]
    assert found["programme"] == [PROGRAMME]
    assert workspace.findings == ()


def test_what_the_workspace_declares(place):
    known = Known(place(), dimensions=("scenario",))
    assert [one.key for one in known.keys("site", NORTH)] == ["ghent", "liege"]
    assert known.keys("site", GHENT)[0].values["kind"] == "warehouse"
    assert known.keys("instance", GHENT)[0].values["role"] == "production"
    assert known.keys("scenario", GHENT) == []
    assert known.keys("planet", GHENT) is None
    assert known.around(GHENT, Level.PROGRAMME) == (PROGRAMME,)
    assert known.around(GHENT, Level.WAVE) == (NORTH,)
    assert known.around(PROGRAMME, Level.WAVE) == ()
    assert known.digest("site:ghent", GHENT) == known.workspace.digest_of("site:ghent")
    assert known.digest("site:gone", GHENT) is None
    names = ("site:gone", "scenario:otc-01", "file:lockgate.toml", "programme", "source:customers.csv")
    assert [known.declares(name) for name in names] == [True, True, True, True, False]
    assert (known.holders("owner", GHENT), known.known("bob"), known.known("zoe")) == (("ann",), True, False)
    assert known.delegates == {"ann": "bob"}


def defect(**values):
    """Return a defect that was raised nine days ago."""
    payload = {"register": "defect", "id": "DEF-1", "state": "open", "values": {"title": "One", **values}}
    return project([Drafted(7, NOW - timedelta(days=9), "ann", "defect.raised", payload)])


def test_a_record_of_a_register_answers_to_all_that_it_does_in_its_register():
    entries = defect(severity="high", site="ghent")
    row = row_of(entries.by_id["DEF-1"], DEFECTS, NOW)
    assert {*row} >= OF_EVERY_RECORD
    told = ("severity", "state", "owner", "raised_by", "age_days", "days_in_state", "state_days", "number", "open")
    assert [row[key] for key in told] == ["high", "open", None, "ann", 9, 9, 9, 7, True]


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("age_days > 7", "unmet"),
        ("age_days > 9", "met"),
        ("open = true, overdue = true", "unmet"),
        ("open = false", "met"),
        ("days_in_state <= 3", "met"),
        ("due < today", "unmet"),
    ],
)
def test_gates_ask_for_age_and_lateness(place, ledger, where, status):
    wanted = f"{{key: none, register: defect, where: [{where}], require: [count = 0]}}"
    state = asked(place(wanted), ledger, entries=replace(defect(due="2026-03-05"), number=0), records=DEFECTS)
    assert (state.criteria[0].status, state.criteria[0].found.evidence) == (status, (7,) if status == "unmet" else ())


def test_what_is_known_of_a_gate_does_not_depend_on_the_gates_it_is_asked_with(place, ledger):  # L4
    """The source was measured anew by evidence that this gate does not ask for."""
    old, new = ({"source:items": digest} for digest in ("3f2a", "91c0"))
    ledger.record_evidence(replace(run(failed=0), inputs=old), replace(run(kind="fit.probed"), inputs=new))
    state = asked(place("{key: runs, evidence: {kind: scenario.run}, require: [failed = 0]}"), ledger)
    assert [one.status for one in state.criteria] == ["stale"]
