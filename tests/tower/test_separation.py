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
def test_a_role_that_was_given_decides_as_a_declared_one_and_the_vote_says_so(gated, browser_of, face):  # T26, O1
    eve, ida = browser_of("eve"), browser_of("ida", administrator=True)
    recorded(gated, measured("ghent", verdict=Verdict.SEEN))
    _give(ida, "eve")
    [(_, given)] = _said(gated, "role.given")

    answer = _vote(eve, face, seen=_head(gated))

    [(by, said)] = _said(gated, "gate.decided")
    assert (answer.status_code < 400, by, given["person"]) == (True, "eve", "eve")
    assert [(vote["by"], vote["role"], _kind(gated, vote["given"]), vote["lent"]) for vote in said["votes"]] == [
        ("eve", "board", "role.given", 0)
    ]
    assert "role given by" in ida.get(f"/{GATE}/").content.decode()


@pytest.mark.parametrize("face", ["page", "api"])
def test_a_role_that_is_over_to_come_taken_or_of_another_site_decides_nothing(gated, browser_of, face):  # T26, O1
    from lockgate.tower.people.models import Grant

    sites = gated / "programme" / "sites.yaml"
    sites.write_text(sites.read_text().replace("sites: [", "sites: [{ key: liege, name: L, kind: warehouse }, "))
    ida, eve, day = browser_of("ida", administrator=True), browser_of("eve"), timedelta(days=1)
    recorded(gated, measured("ghent", verdict=Verdict.SEEN))
    _give(ida, "eve", begins=(datetime.now(UTC) + 3 * day).date().isoformat())
    _give(ida, "eve", site="liege")
    _give(ida, "eve")
    ida.post(f"/people/eve/role/{Grant.objects.order_by('-pk')[0].pk}/take/")
    Grant.objects.create(account=Grant.objects.all()[0].account, role="analyst", given_by="ida")  # to see the gate by

    answer = _vote(eve, face, seen=_head(gated))

    assert (answer.status_code, _said(gated, "gate.decided")) == (403, [])
    assert [said["rules"] for _, said in _said(gated, "gate.refused")] == [["D1"]]


@pytest.mark.parametrize("face", ["page", "api"])
def test_nobody_decides_by_a_role_that_they_gave_themselves_nor_by_looking_after_accounts(
    gated, browser_of, face
):  # O2
    ida = browser_of("ida", administrator=True)
    recorded(gated, measured("ghent", verdict=Verdict.SEEN))

    answers = [_vote(ida, face, seen=_head(gated))]
    _give(ida, "ida")
    answers.append(_vote(ida, face, seen=_head(gated)))

    assert [answer.status_code for answer in answers] == [403, 403]
    assert _said(gated, "gate.decided") == []


@pytest.mark.parametrize("face", ["page", "api"])
def test_who_was_lent_a_role_votes_for_whoever_lent_it_and_not_beside_them(gated, browser_of, face):  # T26, O3
    from lockgate.tower.people.models import Grant
    from lockgate.tower.roster import managing

    gates = gated / "programme" / "gates.yaml"
    gates.write_text(gates.read_text().replace("quorum: 1", "quorum: 2"))
    bob, eve = browser_of("bob"), browser_of("eve")
    recorded(gated, measured("ghent", verdict=Verdict.SEEN))
    now = datetime.now(UTC)
    managing.lend("eve", Grant(role="board", begins=now, ends=now + timedelta(days=1)), by="bob", moment=now)

    told = [one["do"] for one in eve.get("/api/task").json() if one["kind"] == "decide"]
    alone = _vote(eve, face, seen=_head(gated))
    for_bob = _vote(eve, face, behalf="bob", seen=_head(gated))
    _vote(bob, face, seen=_head(gated))
    undecided = _said(gated, "gate.decided")
    _vote(browser_of("ann"), face, seen=_head(gated))

    assert told == ["Vote for bob, who lent you the role: all of it is settled"]
    assert (alone.status_code, for_bob.status_code < 400, undecided) == (403, True, [])
    assert [by for by, _ in _said(gated, "gate.decided")] == ["ann"]
    assert [(by, bool(said["vote"]["lent"])) for by, said in _said(gated, "gate.voted")] == [
        ("eve", True),
        ("bob", False),
        ("ann", False),
    ]


@pytest.mark.parametrize("face", ["page", "api"])
def test_an_account_that_is_shut_decides_nothing_by_a_role_that_was_given(gated, browser_of, account, face):  # O1
    gates = gated / "programme" / "gates.yaml"
    gates.write_text(gates.read_text().replace("quorum: 1", "quorum: 2"))
    ida, eve = browser_of("ida", administrator=True), browser_of("eve")
    recorded(gated, measured("ghent", verdict=Verdict.SEEN))
    _give(ida, "eve")
    _vote(eve, face, seen=_head(gated))

    ida.post("/people/eve/disable/")
    _vote(browser_of("ann"), face, seen=_head(gated))
    undecided = _said(gated, "gate.decided")
    _vote(browser_of("bob"), face, seen=_head(gated))

    assert (undecided, [by for by, _ in _said(gated, "gate.decided")]) == ([], ["bob"])


def test_a_criterion_is_waived_by_a_role_that_was_given_and_not_by_who_owns_it_by_one(gated, browser_of):  # W3, W5
    ida, eve, zoe = browser_of("ida", administrator=True), browser_of("eve"), browser_of("zoe")
    recorded(gated, measured("ghent", failed=2))
    for person in ("eve", "zoe"):
        _give(ida, person)
    _give(ida, "zoe", role="test-lead")  # who owns the criterion
    said = {"criterion": "orders-ship", "owner": "ann", "reason": "later", "until": "2099-01-01"}

    answers = [one.post(f"/api/{GATE}/waive", said, content_type="application/json").status_code for one in (zoe, eve)]

    assert (answers, [said["rules"] for _, said in _said(gated, "gate.refused")]) == ([403, 200], [["W3"]])
    [(by, waived)] = _said(gated, "gate.waived")
    assert (by, waived["role"], _kind(gated, waived["given"])) == ("eve", "board", "role.given")


def test_a_given_role_counts_on_the_command_line_and_as_of_the_past_as_it_did_then(gated, browser_of):
    from lockgate.kernel.scope import Scope
    from lockgate.programme.room import room

    ida = browser_of("ida", administrator=True)
    browser_of("eve")
    recorded(gated, measured("ghent", verdict=Verdict.SEEN))
    before = _head(gated)
    _give(ida, "eve")

    holders = []
    for when in (None, before):
        with room(gated, when) as here:
            holders.append(set(here.people.holders("board", Scope.parse("site:ghent"))))

    assert holders == [{"ann", "bob", "noor", "eve"}, {"ann", "bob", "noor"}]


def _give(keeper, person, *, role="board", site="", begins=""):
    """Give a role as an administrator does."""
    answer = keeper.post(f"/people/{person}/role/", {"role": role, "site": site, "begins": begins})
    assert answer.status_code == 302


def _kind(root, number):
    with place_of(root) as place:
        return place.ledger.record(number).kind


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
