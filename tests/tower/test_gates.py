"""The gates: their pages and their API say what the command line says, and do what it does."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.app.main import run
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import Scope
from lockgate.ledger import Event, open_ledger

GATES = """
gates:
  - key: warehouse-works
    stage: testing
    scope: site
    title: The warehouse <script>can</script> work
    decides: {role: board, quorum: 2}
    guards: [production]
    criteria:
      - key: orders-ship
        title: Orders are <script>shipped</script>
        owner: test-lead
        why: It stands still <script>else</script>
        do: lockgate test run --site {site}
        evidence: {kind: scenario.run}
        require: [failed = 0]
"""
FILES = {
    "lockgate.toml": """
[programme]
name = "Meridian"
playbooks = ["distribution-governance"]
currency = "EUR"
time_zone = "Europe/Brussels"
""",
    "programme/sites.yaml": """
sites:
  - { key: ghent, name: Ghent, kind: warehouse, capabilities: [Sales] }
  - { key: liege, name: Liège, kind: warehouse, capabilities: [Sales] }
""",
    "programme/waves.yaml": """
waves:
  - { key: benelux, name: Benelux, go_live: 2027-05-01, sites: [{ site: ghent }] }
  - { key: south, name: South, go_live: 2027-09-01, sites: [{ site: liege }] }
""",
    "programme/people.yaml": """
roles: [{ key: board, title: Board }]
people:
  - { key: ann, name: "Ann <script>", roles: [{ role: board }] }
  - { key: bob, name: Bob, roles: [{ role: board }] }
  - { key: bart, roles: [{ role: programme-manager }] }
  - { key: noor, roles: [{ role: test-lead }] }
  - { key: ilias, roles: [{ role: analyst }] }
  - { key: daan, roles: [{ role: site-lead, sites: [ghent] }] }
""",
    "programme/gates.yaml": GATES,
}
GHENT = "/gate/warehouse-works/site:ghent/"


@pytest.fixture
def gated(programme):
    """A small programme with one gate of its own beside those of its playbook, which two people of a board decide."""
    shutil.rmtree(programme)
    for path, text in FILES.items():
        (programme / path).parent.mkdir(parents=True, exist_ok=True)
        (programme / path).write_text(text)
    return programme


@pytest.fixture
def record(gated):
    """Record a run of a scenario."""

    def recorded(failed=0, site="ghent", producer="noor", **inputs):
        said = Evidence(
            "scenario.run", Scope.parse(f"site:{site}"), {"scenario": "otc-01"}, Verdict.SEEN,
            {"failed": failed}, inputs, producer, datetime.now(UTC),
        )  # fmt: skip
        with ledger(gated) as kept:
            return kept.record_evidence(said)[0].number

    return recorded


def ledger(programme):
    (programme / ".lockgate").mkdir(exist_ok=True)
    return open_ledger(programme / ".lockgate" / "ledger.db")


def happened(programme, kind):
    with ledger(programme) as kept:
        return [(one.by, one.payload) for one in kept.records(kinds=[kind])]


def told(capsys, programme, *words):
    capsys.readouterr()
    run((*words, "--json", "--workspace", str(programme)))
    return json.loads(capsys.readouterr().out)


def page(browser, address=GHENT):
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def vote(browser, choice="go", reason="", seen=None, **more):
    rows = {"condition-TOTAL_FORMS": "0", "condition-INITIAL_FORMS": "0"}
    seen = re.search(r'name="seen" value="(\d+)"', page(browser))[1] if seen is None else seen
    said = {"seen": seen, "vote-choice": choice, "vote-reason": reason, "vote-behalf": "", **rows, **more}
    return browser.post(f"{GHENT}decide/", said)


def test_page_api_and_command_line_list_the_same_gates(record, browser_of, gated, capsys):
    record()
    browser = browser_of("bart")
    for asks, words in (
        ("", ()),
        ("?stage=testing&verdict=ready", ("--stage", "testing", "--verdict", "ready")),
        ("?scope=site:ghent", ("--scope", "site:ghent")),
    ):
        lines = told(capsys, gated, "gate", "list", *words)
        shown = re.findall(r'<th scope="row"><a href="/gate/([^/]+)/([^/]+)/">', page(browser, f"/gate/{asks}"))
        assert browser.get(f"/api/gate{asks}").json() == lines
        assert shown == [(one["gate"], one["scope"]) for one in lines]


def test_page_api_and_command_line_explain_a_gate_alike_now_and_then(record, browser_of, gated, capsys):
    first = record(failed=2)
    record()
    browser = browser_of("bart")
    for then, words in (("", ()), (f"?as-of={first}", ("--as-of", str(first)))):
        tree = told(capsys, gated, "gate", "explain", "warehouse-works", "--scope", "ghent", *words)
        answer = browser.get(f"/api{GHENT[:-1]}{then}").json()
        assert {**answer, "as_of": ""} == {**tree, "as_of": ""}
        assert f'<span class="state state-{tree["verdict"]}">' in page(browser, GHENT + then)
    assert (answer["as_of"], answer["verdict"]) == (tree["as_of"], "closed")


def test_page_api_and_command_line_plan_the_same_reruns(record, browser_of, gated, capsys):
    record(**{"site:ghent": "0000"})
    record(site="liege", **{"site:liege": "0000"})
    browser = browser_of("bart")

    reruns = told(capsys, gated, "rerun", "--plan", "--scope", "ghent")

    assert browser.get("/api/rerun?scope=ghent").json() == reruns
    assert re.findall(r'data-copy="([^"]+)"', page(browser, "/rerun/?scope=ghent")) == [
        one["command"] for one in reruns if one["command"]
    ]
    assert len(browser.get("/api/rerun").json()) == 2 * len(reruns)


def test_what_somebody_of_one_site_does_not_see_is_nowhere(record, browser_of, gated):
    record(site="liege", **{"site:liege": "0000"})
    browser = browser_of("daan")
    paths = ("/gate/warehouse-works/site:liege/", "/gate/warehouse-works/site:liege/sign-off/")

    assert [browser.get(path).status_code for path in (*paths, f"/api{paths[0][:-1]}")] == [404, 404, 404]
    assert browser.post(f"{paths[0]}waive/", {}).status_code == 404
    assert browser.post(f"/api{paths[0]}fulfil", {"condition": "x"}, "application/json").status_code == 404
    assert {one["scope"] for one in browser.get("/api/gate").json()} == {"programme", "wave:benelux", "site:ghent"}
    assert "site:liege" not in page(browser, "/gate/")
    assert [one for one in browser.get("/api/rerun").json() if "liege" in json.dumps(one["gates"])] == []
    assert "warehouse-works site:liege" not in page(browser, "/rerun/")


@pytest.mark.parametrize(
    "path", ["/gate/nothing/programme/", "/gate/warehouse-works/paris/", "/gate/warehouse-works/ghent/"]
)
def test_a_gate_that_is_not_there_is_not_found(gated, browser_of, path):
    browser = browser_of("bart")

    assert (browser.get(path).status_code, browser.get(f"/api{path[:-1]}").status_code) == (404, 404)


def test_two_votes_decide_and_the_page_tells_what_was_said(record, browser_of, gated):
    record()
    ann, bob = browser_of("ann"), browser_of("bob")
    first = vote(ann)

    assert (first.status_code, first["Location"]) == (302, GHENT)
    assert "it takes one more vote" in page(ann)
    vote(bob, reason="it works")

    assert [said["choice"] for _, said in happened(gated, "gate.decided")] == ["go"]
    assert "it works" in page(bob)
    assert bob.get(f"/api{GHENT[:-1]}").json()["verdict"] == "open"


def test_a_vote_on_what_has_changed_is_refused_with_who_and_what_and_nothing_is_lost(record, browser_of, gated):
    record()
    ann = browser_of("ann")
    seen = record()
    record(producer="quint")

    answer = vote(ann, "no-go", "the fourth dock is blocked", seen=str(seen))
    shown = answer.content.decode()

    assert answer.status_code == 403
    assert f"quint recorded evidence.recorded (#{seen + 1})" in shown
    assert "the fourth dock is blocked</textarea>" in shown
    assert f'name="seen" value="{seen + 1}"' in shown
    assert happened(gated, "gate.voted") == happened(gated, "gate.refused") == []
    assert vote(ann, "no-go", "the fourth dock is blocked").status_code == 302


def test_who_is_told_that_the_ledger_moved_on_hears_nothing_of_other_sites(record, browser_of, gated):
    people = gated / "programme" / "people.yaml"
    people.write_text(people.read_text().replace("role: board }] }", "role: board, sites: [ghent] }] }"))
    seen = record()
    record(site="liege", producer="quint")

    shown = vote(browser_of("ann"), seen=str(seen)).content.decode()

    assert "1 more." in shown
    assert "quint" not in shown


def test_who_may_not_reads_why_before_they_try_and_is_refused_when_they_do(record, browser_of, gated):
    record()
    noor = browser_of("noor")

    assert "noor is not board for site:ghent." in page(noor)
    assert 'name="vote-choice"' not in page(noor)
    refused = vote(noor, seen="2")
    assert refused.status_code == 403
    assert "the refusal is on record" in refused.content.decode()
    assert happened(gated, "gate.refused")[0][1]["rules"] == ["D1"]


def test_a_vote_is_cast_by_who_is_signed_in_whatever_the_form_says(record, browser_of, gated):
    record()
    vote(browser_of("ann"), by="bob", person="bob", **{"vote-by": "bob"})

    assert [by for by, _ in happened(gated, "gate.voted")] == ["ann"]


def test_a_conditional_go_takes_its_conditions_from_the_rows(gated, browser_of, record):
    record(failed=1)
    rows = {
        "condition-TOTAL_FORMS": "2", "condition-INITIAL_FORMS": "1",
        "condition-0-criterion": "orders-ship", "condition-0-text": "run again", "condition-0-owner": "noor",
        "condition-0-due": "2999-01-01", "condition-1-text": "call <script>", "condition-1-owner": "",
    }  # fmt: skip
    ann = browser_of("ann")
    half = vote(ann, "conditional", "the date holds", **rows)
    assert half.status_code == 400
    assert "Say this too, or nothing." in half.content.decode()
    assert 'value="call &lt;script&gt;"' in half.content.decode()

    whole = {**rows, "condition-1-owner": "bob", "condition-1-due": "2999-01-01"}
    assert vote(ann, "conditional", "the date holds", **whole).status_code == 302
    vote(browser_of("bob"), "conditional", "so be it")
    tree = ann.get(f"/api{GHENT[:-1]}").json()

    assert [(one["criterion"], one["text"], one["due"][:10]) for one in tree["decision"]["conditions"]] == [
        ("orders-ship", "run again", "2999-01-01"),
        ("", "call <script>", "2999-01-01"),
    ]
    free = tree["decision"]["conditions"][1]["key"]
    seen = {"seen": re.search(r'name="seen" value="(\d+)"', page(ann))[1], "condition": free}
    assert ann.post(f"{GHENT}fulfil/", seen)["Location"] == GHENT
    assert ann.get(f"/api{GHENT[:-1]}").json()["decision"]["conditions"][1]["fulfilled"] is True


def test_a_waiver_and_a_permit_are_given_on_the_page(gated, browser_of, record):
    record(failed=1)
    ann, bob = browser_of("ann"), browser_of("bob")

    def send(browser, name, **said):
        seen = re.search(r'name="seen" value="(\d+)"', page(browser))[1]
        return browser.post(f"{GHENT}{name}/", {"seen": seen, **{f"{name}-{key}": one for key, one in said.items()}})

    lacking = send(ann, "waive", criterion="orders-ship", owner="", until="2999-01-01", reason="small")
    assert (lacking.status_code, "small</textarea>" in lacking.content.decode()) == (400, True)
    given = send(ann, "waive", criterion="orders-ship", owner="bob", until="2999-01-01", reason="small")
    assert given.status_code == 302
    assert [said["owner"] for _, said in happened(gated, "gate.waived")] == ["bob"]

    until = (datetime.now(UTC) + timedelta(hours=5)).isoformat(timespec="minutes")[:16]
    assert send(ann, "emergency", until="soon", reason="fire").status_code == 400
    for browser in (ann, bob):
        assert send(browser, "emergency", until=until, reason="fire").status_code == 302
    assert "permit writes until" in page(ann)


def test_the_api_votes_waives_fulfils_and_signs_as_the_command_line_does(gated, browser_of, record, capsys):
    seen = record(failed=1)
    ann, bob = browser_of("ann"), browser_of("bob")

    def say(browser, verb, **said):
        return browser.post(f"/api{GHENT}{verb}", said, "application/json")

    waived = say(ann, "waive", criterion="orders-ship", owner="bob", reason="small", until="2999-01-01", seen=seen)
    assert waived.status_code == 200
    late = say(bob, "decide", choice="go", seen=seen)
    assert (late.status_code, late.json()["error"]["why"]) == (403, f"ann recorded gate.waived (#{seen + 1}).")
    condition = {"text": "call the carrier", "owner": "bob", "due": "2999-01-01"}
    for browser in (ann, bob):
        decided = say(browser, "decide", choice="conditional", reason="the date", conditions=[condition])
    tree = decided.json()
    key = tree["decision"]["conditions"][0]["key"]
    assert say(bob, "fulfil", condition=key).json()["error"]["why"] == "Its owner can't say so alone."
    done = say(ann, "fulfil", condition=key).json()
    until = (datetime.now(UTC) + timedelta(hours=5)).isoformat(timespec="minutes")[:16]
    assert say(ann, "emergency", until=until, reason="fire").status_code == 200

    now = told(capsys, gated, "gate", "explain", "warehouse-works", "--scope", "ghent")
    assert {**done, "as_of": ""} == {**now, "as_of": ""}
    assert (done["verdict"], done["decision"]["conditions"][0]["fulfilled"]) == ("open", True)


def test_a_deputy_votes_for_who_named_them(gated, browser_of, record):
    people = gated / "programme" / "people.yaml"
    people.write_text(people.read_text().replace("name: Bob, ", "name: Bob, deputy: ilias, "))
    record()
    ilias = browser_of("ilias")
    assert '<option value="bob">Bob (bob)</option>' in page(ilias)

    vote(ilias, "go", "bob is ill", **{"vote-behalf": "bob"})

    (vote_cast,) = [said["vote"] for _, said in happened(gated, "gate.voted")]
    assert (vote_cast["by"], vote_cast["behalf"]) == ("ilias", "bob")


def test_the_slider_steps_over_what_changed_for_the_gate_and_only_that(gated, browser_of, record):
    numbers = [record(failed=1), record(site="liege"), record(), None]
    with ledger(gated) as kept:
        kept.append([Event("gap.noted", {"about": "x"})], by="bob")
    ann = browser_of("ann")
    vote(ann)
    numbers[3] = numbers[2] + 2

    shown = page(ann)
    steps = re.findall(r'<option value="(\d+)" label="(?:#(\d+) |now)', shown)

    assert steps == [("0", str(numbers[0])), ("1", str(numbers[2])), ("2", str(numbers[3])), ("3", "")]
    assert ann.get(f"{GHENT}?step=0")["Location"] == f"{GHENT}?as-of={numbers[0]}"
    assert ann.get(f"{GHENT}?step=3")["Location"] == GHENT
    then = page(ann, f"{GHENT}?as-of={numbers[0]}")
    assert 'value="0" list="moments"' in then
    assert "You look at the past, where nothing is decided." in then
    assert 'name="vote-choice"' not in then


def test_then_the_workspace_is_read_as_it_was_committed_then(gated, browser_of, record, monkeypatch):
    def commit(day):
        for name in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{name}_NAME", "ann")
            monkeypatch.setenv(f"GIT_{name}_EMAIL", "ann@example.com")
            monkeypatch.setenv(f"GIT_{name}_DATE", f"2020-01-0{day}T00:00:00Z")
        for words in (("add", "programme", "lockgate.toml"), ("commit", "-m", "As of now")):
            subprocess.run(["git", "-C", gated, *words], check=True, capture_output=True)

    subprocess.run(["git", "-C", gated, "init"], check=True, capture_output=True)
    gates = gated / "programme" / "gates.yaml"
    for day, text in ((1, GATES.replace("warehouse-works", "first-of-all")), (5, GATES)):
        gates.write_text(text)
        commit(day)
    gates.write_text(GATES.replace("The warehouse", "The whole warehouse"))
    ann = browser_of("ann")

    assert "<h1>The whole warehouse" in page(ann)
    assert "<h1>The warehouse" in page(ann, f"{GHENT}?as-of=2020-01-06")
    answer = ann.get(f"{GHENT}?as-of=2020-01-02")
    assert answer.status_code == 400
    assert "There was no gate warehouse-works for site:ghent then." in answer.content.decode()
    gone = page(ann, "/gate/first-of-all/site:ghent/?as-of=2020-01-02")
    assert ("<h1>The warehouse" in gone, 'id="step"' in gone) == (True, False)


def test_a_measure_is_drawn_with_its_numbers_beside(gated, browser_of, record):
    numbers = [record(failed=failed) for failed in (7, 3, 0)]

    shown = page(browser_of("ann"))

    assert re.findall(r"<strong>(\d+)</strong>", shown.partition('class="runs"')[2].partition("</ol>")[0]) == [
        "7",
        "3",
        "0",
    ]
    assert re.findall(r'<polyline points="([^"]+)"', shown) == ["4.0,4.0 80.0,20.0 156.0,32.0"]
    assert f'<a class="ref" href="/evidence/{numbers[0]}/"' in shown


def test_the_sheet_has_evidence_numbers_and_a_line_for_each_who_may_sign(gated, browser_of, record):
    number = record()

    shown = page(browser_of("ann"), f"{GHENT}sign-off/")

    assert f'<td data-title="Evidence">#{number} </td>' in shown
    assert re.findall(r'<th scope="row">([^<]+)</th><td></td>', shown) == ["Ann &lt;script&gt;", "Bob"]


def test_nothing_that_people_write_becomes_markup(gated, browser_of, record):
    record()
    ann = browser_of("ann")
    vote(ann, "no-go", "<script>alert(1)</script>")

    for path in ("/gate/", GHENT, f"{GHENT}sign-off/", "/rerun/"):
        assert re.findall(r"<script(?![^>]* src=)[^>]*>", page(ann, path)) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page(ann)


def test_a_list_of_one_gate_asks_as_much_as_one_of_all(gated, browser_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = browser_of("bart")
    page(browser)  # the first visit is noted
    asked = []
    for path in ("/gate/?scope=site:ghent&stage=cutover", "/gate/?scope=site:ghent", "/gate/"):
        with CaptureQueriesContext(connection) as queries:
            page(browser, path)
        asked.append(len(queries))

    assert asked == [asked[0]] * 3


def test_the_address_of_a_form_leads_to_the_gate(gated, browser_of):
    assert browser_of("ann").get(f"{GHENT}decide/")["Location"] == GHENT
