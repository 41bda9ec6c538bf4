"""Nobody decides alone what they had a hand in, whatever they send, and who is refused stays on record."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel.evidence import Verdict
from support.recorded import measured, place_of
from support.recorded import record as recorded

ANN, BOB = "  - { key: ann, roles: [{ role: board }] }\n", "  - { key: bob, roles: [{ role: board }], deputy: ilias }\n"
FILES = {
    "lockgate.toml": """
[programme]
name = "Meridian"
playbooks = ["distribution-governance"]
currency = "EUR"
time_zone = "Europe/Brussels"
""",
    "programme/sites.yaml": "sites: [{ key: ghent, name: Ghent, kind: warehouse, capabilities: [Sales] }]\n",
    "programme/people.yaml": f"""
roles: [{{ key: board, title: Board }}]
people:
{ANN}{BOB}  - {{ key: noor, roles: [{{ role: test-lead }}, {{ role: board }}] }}
  - {{ key: ilias, roles: [{{ role: analyst }}] }}
""",
    "programme/gates.yaml": """
gates:
  - key: warehouse-works
    stage: testing
    scope: site
    title: The warehouse works
    decides: {role: board, quorum: 1}
    criteria:
      - key: orders-ship
        title: Orders are shipped
        owner: test-lead
        why: It stands still else
        do: lockgate test run --site {site}
        evidence: {kind: scenario.run}
        require: [failed = 0]
""",
}
GATE = "gate/warehouse-works/site:ghent"


@pytest.fixture
def gated(programme):
    """A programme with one gate of its own, which one of a board decides."""
    shutil.rmtree(programme)
    for path, text in FILES.items():
        (programme / path).parent.mkdir(parents=True, exist_ok=True)
        (programme / path).write_text(text)
    return programme


@pytest.mark.parametrize(
    ("producer", "voter", "decides"),
    [
        ("test.run", ("bob", ""), True),
        ("bob", ("bob", ""), False),  # own evidence
        ("test.run", ("noor", ""), False),  # own criterion
        ("test.run", ("ilias", "bob"), True),
        ("ilias", ("ilias", "bob"), False),  # the delegate's own evidence
        ("bob", ("ilias", "bob"), False),  # the evidence of who is stood in for
    ],
)
def test_who_had_a_hand_in_it_does_not_decide_alone(gated, browser_of, producer, voter, decides):  # T26
    recorded(gated, replace(measured("ghent", verdict=Verdict.SEEN), producer=producer))
    browser = browser_of(voter[0])
    for face, accepted in (("page", 302), ("api", 200)):
        assert _vote(browser, face, behalf=voter[1]).status_code == accepted

    assert {by for by, _ in _said(gated, "gate.decided")} == ({voter[0]} if decides else set())


@pytest.mark.parametrize("face", ["page", "api"])
def test_who_alone_could_decide_and_had_a_hand_in_it_is_refused_on_record(gated, browser_of, face):  # T26
    people = gated / "programme" / "people.yaml"
    people.write_text(people.read_text().replace(BOB, "").replace("}, { role: board }] }", "}] }"))
    recorded(gated, replace(measured("ghent", verdict=Verdict.SEEN), producer="ann"))

    answer = _vote(browser_of("ann"), face)

    assert (answer.status_code, _said(gated, "gate.decided")) == (403, [])
    assert [(by, said["rules"]) for by, said in _said(gated, "gate.refused")] == [("ann", ["D5"])]


@pytest.mark.parametrize("face", ["page", "api"])
def test_a_role_that_went_after_the_page_was_opened_decides_nothing(gated, browser_of, face):  # T26
    recorded(gated, measured("ghent", verdict=Verdict.SEEN))
    ann = browser_of("ann")
    seen = _seen(ann)
    people = gated / "programme" / "people.yaml"
    people.write_text(people.read_text().replace(ANN, "  - { key: ann, roles: [{ role: analyst }] }\n"))

    answer = _vote(ann, face, seen=seen)

    assert (answer.status_code, _said(gated, "gate.decided"), _said(gated, "gate.voted")) == (403, [], [])
    assert [(by, said["rules"]) for by, said in _said(gated, "gate.refused")] == [("ann", ["D1"])]


@pytest.mark.parametrize("face", ["page", "api"])
def test_a_lent_role_and_the_keys_of_accounts_do_not_decide_a_gate(gated, browser_of, account, face):  # T26
    from lockgate.tower.people.models import Grant
    from lockgate.tower.roster import managing

    account("bob")
    eve, ida = browser_of("eve"), browser_of("ida", administrator=True)
    recorded(gated, measured("ghent", verdict=Verdict.SEEN))
    now = datetime.now(UTC)
    managing.lend("eve", Grant(role="board", begins=now, ends=now + timedelta(days=1)), by="bob", moment=now)

    answers = [_vote(one, face, seen=_head(gated)) for one in (eve, ida)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert _said(gated, "gate.decided") == []


def _seen(browser):
    """Return the record that the page's form was made from."""
    return re.findall(r'name="seen" value="(\d+)"', browser.get(f"/{GATE}/").content.decode())[0]


def _head(root):
    with place_of(root) as place:
        return str(place.ledger.head().number)


def _vote(browser, face, *, behalf="", seen=None):
    reason = "they are ill" if behalf else ""
    if face == "api":
        said = {"choice": "go", "reason": reason, "for": behalf}
        return browser.post(f"/api/{GATE}/decide", said, content_type="application/json")
    rows = {"condition-TOTAL_FORMS": "0", "condition-INITIAL_FORMS": "0"}
    typed = {"vote-choice": "go", "vote-reason": reason, "vote-behalf": behalf}
    return browser.post(f"/{GATE}/decide/", {"seen": seen or _seen(browser), **typed, **rows})


def _said(root, kind):
    with place_of(root) as place:
        return [(one.by, one.payload) for one in place.ledger.records(kinds=(kind,))]
