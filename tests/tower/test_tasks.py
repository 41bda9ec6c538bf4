"""What waits for whom, on its page, in the API and beside the navigation; and the four lists on one page."""

import re
from datetime import UTC, datetime

import pytest

from lockgate.app.main import run


@pytest.fixture
def shell(programme):
    def do(*words, by="bart"):
        assert run(("register", *words, "--by", by, "--workspace", str(programme))) == 0

    return do


def waits(browser, *kinds):
    found = browser.get("/api/task").json()
    return [(one["kind"], one["about"], one["do"]) for one in found if one["kind"] in kinds]


def test_an_open_record_waits_for_its_owner_and_what_is_due_first_comes_first(shell, browser_of):  # W1, W5
    shell("raise", "action", "title=Later", "owner=noor", "due=2027-05-01")
    shell("raise", "action", "title=Sooner", "owner=noor", "due=2026-05-01")
    shell("raise", "action", "title=Done", "owner=noor", "due=2026-01-01")
    shell("do", "ACT-3", "finish", "result=It is", by="noor")
    shell("raise", "action", "title=Another's", "owner=rosa", "due=2026-01-01")

    assert waits(browser_of("noor"), "own") == [
        ("own", "ACT-2", "You own it: open"),
        ("own", "ACT-1", "You own it: open"),
    ]


def test_a_step_waits_for_who_may_take_it_once_the_record_is_ready(shell, browser_of):  # W2
    shell("raise", "gap", "title=Catch weight", "owner=ilias", by="ilias")
    lars = browser_of("lars")
    assert waits(lars, "step", "vote") == []

    shell("do", "GAP-1", "assess", "fit=standard", "cause=product", "priority=high", "option=None", "value=low",
          by="ilias")  # fmt: skip

    assert waits(lars, "step", "vote") == [("step", "GAP-1", "Decide")]
    assert waits(browser_of("ilias"), "step", "vote") == []
    assert waits(browser_of("noor"), "step", "vote") == []


def test_a_vote_waits_for_who_has_not_cast_it(shell, browser_of):  # W3
    shell("raise", "decision", "title=One chart", "body=steering", "options=A or B", "facts=Both", "decided=A")
    shell("do", "DEC-1", "decide", "--reason", "Simpler", by="anna")

    assert waits(browser_of("clara"), "vote") == [("vote", "DEC-1", "Vote on “Decide”")]
    assert waits(browser_of("anna"), "vote") == []


def test_criteria_wait_for_the_role_that_is_to_act_where_the_gate_is_asked(programme, browser_of):  # W4
    from lockgate.tower.server import live

    states, room = live().states()
    expected = {
        (f"{state.gate.key} {state.scope}", f"{one.criterion.title}: {one.status}")
        for state in states
        for one in state.unsettled
        if "elise" in room.workspace.holders(one.criterion.owner or state.gate.decides.role, state.scope)
    }

    found = {(about, do) for _, about, do in waits(browser_of("elise"), "criterion")}

    assert found == expected
    assert {about.split()[1] for about, _ in found} >= {"site:liege"}
    assert browser_of("stranger").get("/api/task").status_code == 403


def test_what_was_found_before_is_found_anew_with_a_record_and_late_when_its_day_is_over(  # C1
    shell, programme, browser_of, monkeypatch
):
    from lockgate.tower.server import live

    shell("raise", "action", "title=First", "owner=noor", "due=2031-01-30")
    noor = browser_of("noor")

    def shown():
        return [(one["about"], one["late"]) for one in noor.get("/api/task").json() if one["kind"] == "own"]

    before = shown()
    shell("raise", "action", "title=Second", "owner=noor", "due=2031-01-31")
    after = shown()
    monkeypatch.setattr(live(), "_clock", lambda: datetime(2031, 1, 31, 12, tzinfo=UTC))

    assert (before, after) == ([("ACT-1", False)], [("ACT-1", False), ("ACT-2", False)])
    assert shown() == [("ACT-1", True), ("ACT-2", False)]


def test_a_record_of_another_site_waits_for_nobody_who_does_not_see_it(shell, browser_of):
    shell("raise", "issue", "title=Secret of Liège", "site=liege", "owner=daan", by="elise")

    assert waits(browser_of("daan"), "own", "step") == []


def test_page_and_navigation_count_what_the_api_lists(shell, browser_of):
    shell("raise", "action", "title=<script>alert(1)</script>", "owner=noor", "due=2026-05-01")
    noor = browser_of("noor")

    page, listed = noor.get("/task/").content.decode(), noor.get("/api/task").json()

    assert re.findall(r'<span class="count">(\d+)</span>', page) == [str(len(listed))]
    assert page.count('<th scope="row">') == len(listed)
    assert "<script>alert" not in page


def test_what_is_due_on_a_day_is_shown_on_that_day(shell, browser_of):
    shell("raise", "action", "title=Ask", "owner=noor", "due=2026-12-01")

    assert ">1 Dec 2026</time>" in browser_of("noor").get("/task/").content.decode()
    assert ">1 Dec 2026</time>" in browser_of("anna").get("/register/action/").content.decode()


def test_a_criterion_that_waits_leads_to_its_place_on_the_page_of_the_gate(programme, browser_of):
    elise = browser_of("elise")
    urls = {one["url"] for one in elise.get("/api/task").json() if one["kind"] == "criterion"}

    led = {url: f'id="{url.partition("#")[2]}"' in elise.get(url).content.decode() for url in sorted(urls)[:5]}

    assert (len(led), set(led.values())) == (5, {True})


def test_risks_stand_in_the_matrix_where_they_belong_and_none_is_lost(shell, browser_of):  # R1, R2
    shell("raise", "risk", "title=One", "probability=high", "severity=critical")
    shell("raise", "risk", "title=Two", "probability=low", "severity=low")
    shell("raise", "risk", "title=Three", "severity=low")
    shell("raise", "risk", "title=Four", "probability=high", "severity=critical")
    shell("do", "RISK-4", "close", "--reason", "Gone")

    page = browser_of("bart").get("/raid/").content.decode()

    cells = re.findall(r'<td class="weight-(\w+)">(.*?)</td>', page, re.DOTALL)
    assert [(weight, re.findall(r"/risk/(RISK-\d)/", cell)) for weight, cell in cells if "RISK" in cell] == [
        ("grave", ["RISK-1"]),
        ("calm", ["RISK-2"]),
    ]
    assert len(cells) == 12
    assert "Three" in page[page.index("Without probability or severity") :].split("</p>")[0]
    assert "RISK-4" not in page


def test_of_many_risks_in_one_place_the_first_are_named_and_the_others_counted(shell, browser_of):  # R3
    from html import unescape

    for day in range(1, 15):
        shell("raise", "risk", f"title=One {day}", "probability=high", "severity=high", f"due=2027-01-{15 - day:02}")
        shell("raise", "risk", f"title=Two {day}", "severity=low")
    bart = browser_of("bart")

    page = bart.get("/raid/").content.decode()

    [cell] = [one for one in re.findall(r'<td class="weight-\w+">(.*?)</td>', page, re.DOTALL) if "RISK" in one]
    assert re.findall(r"/risk/RISK-(\d+)/", cell) == [str(number) for number in range(27, 3, -2)]
    [(url, more)] = re.findall(r'href="(/register/risk/\?[^"]*)">([^<]*)</a>', cell)
    assert more == "and 2 more"
    beside = page[page.index("Without probability or severity") :].split("</p>")[0]
    assert (beside.count("/risk/RISK-"), "and 2 more among all open risks" in beside) == (12, True)
    assert len(set(re.findall(r'id="row-(RISK-\d+)"', bart.get(unescape(url)).content.decode()))) == 14


def test_the_four_lists_keep_from_somebody_of_one_site_what_is_of_another(shell, browser_of):
    shell("raise", "risk", "title=Secret of Liège", "site=liege", "probability=high", "severity=high", by="elise")
    shell("raise", "issue", "title=Secret too", "site=liege", by="elise")

    page = browser_of("daan").get("/raid/")

    assert page.status_code == 200
    assert "Secret" not in page.content.decode()
