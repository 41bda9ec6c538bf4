"""`lockgate gate` and `lockgate rerun`, on a workspace and a ledger in files."""

import json
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.gates.deciding.permitting import sign
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import Scope
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.refusals import LedgerMoved
from lockgate.programme.room import room
from lockgate.workspace.playbooks import playbooks

PLAYBOOK = next(iter(playbooks()), "any")
FILES = {
    "lockgate.toml": f"""
[programme]
name = "Meridian"
playbooks = ["{PLAYBOOK}"]
currency = "EUR"
time_zone = "Europe/Brussels"
""",
    "programme/sites.yaml": """
sites:
  - {key: ghent, name: Ghent, kind: warehouse, capabilities: [Sales]}
  - {key: liege, name: Liege, kind: warehouse, capabilities: [Sales]}
""",
    "programme/people.yaml": """
roles: [{key: board, title: Board}, {key: tester, title: Tester}]
people:
  - {key: ann, roles: [{role: board}]}
  - {key: bob, roles: [{role: board}]}
  - {key: tom, roles: [{role: tester}]}
""",
    "programme/gates.yaml": """
gates:
  - key: our-exit
    stage: testing
    scope: site
    title: We may leave
    decides: {role: board, quorum: 2}
    criteria:
      - key: runs
        title: The scenario passes
        owner: tester
        why: People work with it
        do: lockgate test run --site {site}
        evidence: {kind: scenario.run}
        require: [failed = 0]
""",
}
GHENT = ("our-exit", "--scope", "ghent")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a workspace, and stand in it."""
    folder = tmp_path / "meridian"
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.delenv("LOCKGATE_PERSON", raising=False)
    monkeypatch.setattr("lockgate.programme.room.gate_files", lambda *_: [])  # playbooks grow; these gates don't
    return folder


@pytest.fixture
def record(place):
    def recorded(failed=0, **inputs):
        said = Evidence(
            "scenario.run", Scope.parse("site:ghent"), {"scenario": "otc-01"}, Verdict.SEEN, {"failed": failed},
            inputs, "tom", datetime.now(UTC),
        )  # fmt: skip
        (place / ".lockgate").mkdir(exist_ok=True)
        with open_ledger(place / ".lockgate" / "ledger.db") as ledger:
            return ledger.record_evidence(said)[0].number

    return recorded


def shown(lockgate, *words):
    ran = lockgate("gate", "show", *GHENT, "--json", *words)
    answer = json.loads(ran.out)
    (criterion,) = answer["criteria"]
    return ran.code, answer["verdict"], criterion["status"], criterion["because"]


def test_a_gate_goes_from_missing_to_open_and_is_asked_as_of_then(lockgate, place, record):
    assert shown(lockgate) == (1, "closed", "missing", "no scenario.run on record")
    first = record(failed=2)
    assert shown(lockgate) == (1, "closed", "unmet", f"#{first} says: failed is 2, required is failed = 0")
    second = record()
    assert shown(lockgate) == (0, "ready", "met", f"so says #{second}")
    third = record(**{"site:ghent": "00000000"})
    code, verdict, status, because = shown(lockgate)
    assert (code, verdict, status) == (1, "closed", "stale")
    assert because.startswith(f"#{third} was measured on site:ghent 0000, which is now ")
    waive = ("gate", "waive", "our-exit", "runs", "--scope", "ghent", "--by", "ann", "--owner", "bob")
    assert lockgate(*waive, "--reason", "small", "--until", "2999-01-01").code == 0
    assert shown(lockgate)[1:3] == ("ready", "waived")
    told = lockgate("gate", "decide", "our-exit", "go", "--scope", "ghent", "--by", "ann").out
    assert "Votes so far  ann go" in told
    assert "it takes one more vote" in told
    decided = lockgate("gate", "decide", "our-exit", "go", "--scope", "ghent", "--by", "bob", "--json")
    answer = json.loads(decided.out)
    assert (decided.code, answer["verdict"], answer["decision"]["choice"]) == (0, "open", "go")
    artifact = answer["decision"]["basis"]["artifact"]
    kept = json.loads((place / ".lockgate" / "artifacts" / artifact[:2] / artifact[2:]).read_text())
    assert kept["criteria"][0]["status"] == "waived"
    assert shown(lockgate, "--as-of", str(first))[2] == "unmet"
    assert shown(lockgate, "--as-of", str(second))[1] == "ready"
    assert shown(lockgate, "--as-of", "2020-01-01")[2] == "missing"


def test_the_keys_of_the_answers_are_those_that_are_promised(lockgate, place, record):
    record()
    lines = json.loads(lockgate("gate", "list", "--json", "--stage", "testing").out)
    assert [(one["gate"], one["scope"], one["verdict"], one["met"], one["missing"]) for one in lines] == [
        ("our-exit", "site:ghent", "ready", 1, 0),
        ("our-exit", "site:liege", "closed", 0, 1),
    ]
    assert {"gate", "stage", "scope", "verdict", "met", "unmet", "missing", "stale", "waived"} <= set(lines[0])
    told = json.loads(lockgate("gate", "explain", *GHENT, "--json").out)
    assert {"gate", "scope", "verdict", "as_of", "criteria"} <= set(told)
    assert {"id", "status", "because", "evidence", "do"} <= set(told["criteria"][0])


def test_a_list_is_yes_only_when_every_gate_of_it_is(lockgate, place, record):
    record()
    assert lockgate("gate", "list", "--stage", "testing", "--scope", "site:ghent").code == 0
    assert lockgate("gate", "list", "--stage", "testing").code == 1
    none = lockgate("gate", "list", "--stage", "another")
    assert (none.code, none.out) == (
        1,
        "No gates: name a playbook in lockgate.toml, or write programme/gates.yaml.\n",
    )


def test_the_explanation_is_a_tree_with_who_is_to_act_and_what_to_run(lockgate, place):
    assert lockgate("gate", "explain", *GHENT).out.partition("\n\n")[2].splitlines() == [
        "missing     runs: The scenario passes",
        "├─ because no scenario.run on record",
        "├─ why: People work with it",
        "├─ to act: tom (tester)",
        "└─ do: lockgate test run --site ghent",
    ]


def test_the_explanation_tells_what_changed_since_the_decision(lockgate, place, record):
    record()
    for person in ("ann", "bob"):
        lockgate("gate", "decide", "our-exit", "go", "--scope", "ghent", "--by", person)
    assert lockgate("gate", "explain", *GHENT).out.splitlines()[-1] == "└─ nothing has changed since then"
    record(failed=1)
    assert lockgate("gate", "explain", *GHENT).out.splitlines()[-1] == "└─ since then runs was met, is unmet"


def test_a_conditional_go_with_what_follows_from_it(lockgate, place):
    vote = ("gate", "decide", "our-exit", "conditional", "--scope", "ghent", "--reason", "the date")
    said = ("--condition", "runs; run it; tom; 2999-01-01", "--condition", "; call the carrier; bob; 2999-01-01")
    assert lockgate(*vote, *said, "--by", "ann").code == 0
    decided = json.loads(lockgate(*vote, "--by", "bob", "--json").out)
    assert decided["verdict"] == "open"
    named, free = decided["decision"]["conditions"]
    assert (named["criterion"], named["due"][:10], free["fulfilled"]) == ("runs", "2999-01-01", False)
    refused = lockgate("gate", "fulfil", "our-exit", free["key"], "--scope", "ghent", "--by", "bob")
    assert (refused.code, refused.out) == (5, "")
    done = json.loads(lockgate("gate", "fulfil", *GHENT[:1], free["key"], *GHENT[1:], "--by", "ann", "--json").out)
    assert done["decision"]["conditions"][1]["fulfilled"] is True


def test_a_refusal_says_all_and_is_on_record(lockgate, place):
    ran = lockgate("gate", "decide", "our-exit", "go", "--scope", "ghent", "--by", "tom")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.splitlines() == [
        "Error: Refused; the refusal is on record.",
        "Why:   tom is not board for site:ghent. runs is missing: no scenario.run on record.",
        "Do:    Those who are: ann, bob. Meet it, have it waived, or vote `conditional` with a condition for it.",
    ]
    with open_ledger(place / ".lockgate" / "ledger.db") as ledger:
        assert [(one.by, one.payload["rules"]) for one in ledger.records(kinds=["gate.refused"])] == [
            ("tom", ["D1", "D2"])
        ]


def test_an_emergency_takes_two(lockgate, place, record):
    record()
    number = lockgate("gate", "emergency", *GHENT, "--by", "ann", "--until", "2999-01-01", "--reason", "fire")
    assert (number.code, "3 days at most" in number.err) == (5, True)
    soon = datetime.now(UTC).isoformat(timespec="minutes").replace("+00:00", "")
    refused = lockgate("gate", "emergency", *GHENT, "--by", "ann", "--until", soon[:11] + "00:00", "--reason", "fire")
    assert refused.code == 5


def test_two_people_sign_an_emergency(lockgate, place, monkeypatch):
    monkeypatch.setattr("lockgate.gates.deciding.permitting.LONGEST", timedelta(days=1000 * 366))
    words = ("gate", "emergency", *GHENT, "--until", "2999-01-01", "--reason", "fire")
    assert lockgate(*words, "--by", "ann").out.splitlines()[-1] == "A second person has to sign."
    said = lockgate(*words, "--by", "bob").out.splitlines()[-1]
    assert said == "Production may be written to until 2999-01-01."


def test_what_is_stale_is_planned(lockgate, place, record):
    number = record(**{"site:ghent": "0000"})
    ran = lockgate("rerun", "--plan", "--scope", "ghent", "--json")
    (one,) = json.loads(ran.out)
    assert (ran.code, one["kind"], one["command"], one["evidence"]) == (
        1,
        "scenario.run",
        "lockgate test run --site ghent",
        [number],
    )
    record()
    fresh = lockgate("rerun", "--plan", "--scope", "ghent")
    assert (fresh.code, fresh.out) == (0, "Nothing is stale.\n")
    assert lockgate("rerun").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nothing"), "There is no gate 'nothing'."),
        (("show", "our-exit"), "For which site is our-exit meant?"),
        (("show", "our-exit", "--scope", "paris"), "our-exit is not asked for paris."),
        (("show", "our-exit", "--scope", "ghent", "--as-of", "soon"), "'soon' is no record and no moment."),
        (("decide", *GHENT[:1], "go", "--scope", "ghent"), "The ledger records who acts."),
        (
            ("decide", *GHENT[:1], "conditional", "--scope", "ghent", "--by", "ann", "--condition", "runs: later"),
            "'runs: later' is no condition.",
        ),
        (("waive", *GHENT[:1], "runs", "--scope", "ghent", "--by", "ann", "--until", "soon"), "'soon' is no moment."),
    ],
)
def test_what_can_t_be_carried_out_is_said(lockgate, place, words, said):
    ran = lockgate("gate", *words)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"Error: {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("failed = 0", "failed is zero", "programme/gates.yaml:15:19 'failed is zero' is not a comparison."),
        ("    stage: testing\n", "", "programme/gates.yaml:3:5 the gate our-exit lacks `stage`."),
        ("scope: site", "scope: sites", "programme/gates.yaml:5:12 `sites` is none of the choices."),
    ],
)
def test_a_workspace_with_findings_is_not_asked(lockgate, place, old, new, said):
    file = place / "programme" / "gates.yaml"
    file.write_text(file.read_text().replace(old, new))
    ran = lockgate("gate", "show", *GHENT)
    assert (ran.code, ran.err.splitlines()[0]) == (2, "Error: The workspace has 1 findings.")
    assert ran.err.splitlines()[1].startswith(f"Why:   The first: {said}")


def test_faults_of_gates_are_among_the_findings_of_a_check(lockgate, place, record):
    assert lockgate("check").code == 0
    file = place / "programme" / "gates.yaml"
    file.write_text(file.read_text().replace("    stage: testing\n", ""))
    (finding,) = json.loads(lockgate("check", "--json").out)["findings"]
    assert (finding["code"], finding["path"], finding["line"]) == ("lacking-key", "programme/gates.yaml", 3)
    assert not (place / ".lockgate").exists()
    file.write_text("gates: [{key: uat-exit, drop: true, by_decision: DEC-1}]\n")
    assert lockgate("check", "--json").code == 2
    record()
    assert lockgate("check").code == 2


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("scenario.run", "scenario.runs", "no kind of evidence `scenario.runs` is declared", "`scenario.run`"),
        ("[failed = 0]", "[fails = 0]", "no name `fails` is declared", "`failed`"),
        ("role: board", "role: bord", "no role `bord` is declared", "`board`"),
        ("stage: testing", "stage: tests", "no stage `tests` is declared", "`testing`"),
    ],
)
def test_a_name_that_leads_nowhere_is_a_finding(lockgate, place, *, old, new, message, hint):
    file = place / "programme" / "gates.yaml"
    file.write_text(file.read_text().replace(old, new))
    (finding,) = json.loads(lockgate("check", "--json").out)["findings"]
    assert (finding["path"], finding["message"]) == ("programme/gates.yaml", message)
    assert hint in finding["hint"]


def test_the_past_is_asked_of_the_workspace_as_it_was_committed(lockgate, place, record, monkeypatch):
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "ann")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ann@example.com")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2020-01-01T00:00:00Z")

    def git(*words):
        subprocess.run(["git", "-C", place, *words], check=True, capture_output=True)

    git("init")
    git("add", "programme", "lockgate.toml")
    git("commit", "-m", "Begin")
    file = place / "programme" / "gates.yaml"
    file.write_text(file.read_text().replace("The scenario passes", "Another title"))
    now = json.loads(lockgate("gate", "show", *GHENT, "--json").out)["criteria"][0]["title"]
    then = json.loads(lockgate("gate", "show", *GHENT, "--json", "--as-of", "2020-02-01").out)["criteria"][0]["title"]
    assert (now, then) == ("Another title", "The scenario passes")
    record()
    lockgate("gate", "decide", "our-exit", "go", "--scope", "ghent", "--by", "ann")
    told = json.loads(lockgate("gate", "decide", "our-exit", "go", "--scope", "ghent", "--by", "bob", "--json").out)
    commit = subprocess.run(["git", "-C", place, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    assert told["decision"]["basis"]["commit"] == f"{commit.stdout.strip()}+changes"
    without = lockgate("gate", "show", *GHENT, "--as-of", "2019-01-01")
    assert without.err == "git does not tell how the workspace was then: it is read as it is today.\n"


def test_of_two_who_write_at_once_the_later_one_looks_again(place):  # R3
    with room(place) as here:
        state = here.state("our-exit", Scope.parse("site:ghent"))
        answer = sign(state, "ann", "fire", state.moment + timedelta(hours=1), here.people)
        with open_ledger(place / ".lockgate" / "ledger.db") as other:
            other.append([Event("gap.noted", {"about": "x"})], by="bob")
        with pytest.raises(LedgerMoved, match="moved on"):
            here.write(answer, by="ann")
    with open_ledger(place / ".lockgate" / "ledger.db") as ledger:
        assert list(ledger.records(kinds=["gate.emergency-signed"])) == []
