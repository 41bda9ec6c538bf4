"""Can people tell on a page whether two records are one, alone or in two, without seeing what another said?"""

import json

import pytest

from lockgate.app.main import run
from support.migrated import _rounds, declared_only, migrate
from support.recorded import SCRIPT

__all__ = ["_rounds", "declared_only"]

DECLARED = """
sources:
  - {key: erp, title: The old ERP, kind: csv, encoding: utf-8, separator: ";"}
datasets:
  - {key: customers, title: Customers, source: erp, file: customers.csv, id: [NO]}
entities:
  - {key: customer, title: Customers, kind: organisation, owner: jonas, reviewers: REVIEWERS, SURVIVOR
     parts: [{dataset: customers, columns: {name: NAME, town: TOWN}}]}
"""
EXTRACT = f"NO;NAME;TOWN\n1;Kemper Waterbouw;{SCRIPT}\n2;Kempen Waterbau;Turnhout\n3;Nordic Pumps;Kiel\n"


@pytest.fixture
def matched(declared_only):
    """Return what matches three customers, two of which may be one."""

    def done(reviewers=1, survivor="", more=""):
        said = DECLARED.replace("REVIEWERS", str(reviewers)).replace("SURVIVOR", survivor)
        (declared_only / "migration" / "all.yaml").write_text(said + more)
        (declared_only / "extracts" / "customers.csv").write_text(EXTRACT)
        assert (migrate(declared_only, "profile"), migrate(declared_only, "match")) == (0, 1)

    return done


def say(browser, said, reason=""):
    return browser.post("/migration/reviews/PAIR-1/decide/", {"said": said, "reason": reason})


def state(browser):
    return browser.get("/api/migration/reviews/PAIR-1").json()["review"]["state"]


def test_two_records_stand_side_by_side_with_what_speaks_for_and_against(matched, browser_of):
    matched()
    jonas = browser_of("jonas")
    told = jonas.get("/api/migration/reviews/PAIR-1").json()
    assert told["columns"] == [
        {"column": "name", "left": "Kemper Waterbouw", "right": "Kempen Waterbau", "differs": True},
        {"column": "town", "left": SCRIPT, "right": "Turnhout", "differs": True},
    ]
    assert [(one["about"], one["bits"] > 0) for one in told["weights"]] == [("name", True)]
    page = jonas.get("/migration/reviews/PAIR-1/").content.decode()
    assert (SCRIPT in page, page.count("≠ differs"), page.count('<svg class="bars"')) == (False, 2, 1)


def test_what_is_said_on_the_page_counts_and_can_be_taken_back(matched, browser_of):
    matched()
    jonas = browser_of("jonas")
    assert (say(jonas, "same").status_code, state(jonas)) == (302, "same")
    refused = say(jonas, "take-back")
    assert (refused.status_code, state(jonas)) == (409, "same")
    assert "needs a reason" in refused.content.decode()
    assert (say(jonas, "take-back", "I looked at another one").status_code, state(jonas)) == (302, "open")


def test_a_second_reviewer_does_not_see_what_the_first_said(matched, browser_of):
    matched(2)
    jonas, clara = browser_of("jonas"), browser_of("clara")
    before = clara.get("/api/migration/reviews/PAIR-1").json()
    assert say(jonas, "different", "Two owners").status_code == 302
    assert clara.get("/api/migration/reviews/PAIR-1").json() == before
    assert "Two owners" not in clara.get("/migration/reviews/PAIR-1/").content.decode()
    assert (state(jonas), say(jonas, "different").status_code) == ("waits", 409)
    assert (say(clara, "different").status_code, state(clara), state(jonas)) == (302, "different", "different")
    assert jonas.get("/api/migration/reviews/PAIR-1").json()["review"]["decided_by"] == ["jonas", "clara"]


def test_what_the_first_said_stands_in_no_list_search_or_record_of_the_register(matched, browser_of):
    matched(2)
    jonas, clara = browser_of("jonas"), browser_of("clara")
    pages = ("/register/match-review/PAIR-1/", "/api/record/PAIR-1", "/api/record/PAIR-1/history")
    lists = ("/register/match-review/", "/api/register/match-review", "/register/match-review/export.csv")
    lists += ("/evidence/?all=on", "/api/search?q=pair-1")

    def seen(browser):
        codes = [browser.get(page).status_code == 200 for page in pages]
        return codes + ["PAIR-1" in browser.get(page).content.decode() for page in lists]

    assert seen(clara) == [True] * 8
    say(jonas, "different", "Two owners of two houses")
    assert (seen(jonas), seen(clara)) == ([False] * 8, [False] * 8)
    say(clara, "different")
    assert seen(clara) == [True] * 8
    assert "Two owners of two houses" in clara.get(pages[0]).content.decode()


LONGEST = "survivor: {name: longest}, "


def test_what_one_record_would_come_of_a_pair_is_told_before_anybody_decides(matched, browser_of, declared_only):
    matched(survivor=LONGEST)
    jonas = browser_of("jonas")
    before = jonas.get("/api/ledger/head").json()

    told = jonas.get("/api/migration/reviews/PAIR-1/golden").json()
    page = jonas.get("/migration/reviews/PAIR-1/golden/").content.decode()

    assert (told["golden"], told["records"], told["silent"]) == ("customers:1", ["customers:1", "customers:2"], [])
    name = {"column": "name", "value": "Kemper Waterbouw", "record": "customers:1", "by": "longest", "differs": True}
    town = {"column": "town", "value": SCRIPT, "record": "customers:1", "by": "first", "differs": True}
    assert told["survivors"] == [name, town]
    assert (SCRIPT in page, "the longest" in page, "the first that is known" in page) == (False, True, True)
    assert 'href="/migration/reviews/PAIR-1/golden/"' in jonas.get("/migration/reviews/PAIR-1/").content.decode()
    assert (jonas.get("/api/ledger/head").json(), state(jonas)) == (before, "open")


def test_what_came_of_it_is_what_was_shown_before(matched, browser_of, declared_only, capsys):
    matched(survivor=LONGEST)
    jonas = browser_of("jonas")
    shown = jonas.get("/api/migration/reviews/PAIR-1/golden").json()
    say(jonas, "same")
    capsys.readouterr()
    assert run(("migrate", "match", "--preview", "--json", "--by", "jonas", "--workspace", str(declared_only))) == 0
    [made] = json.loads(capsys.readouterr().out)["entities"][0]["preview"]
    assert made["records"] == shown["records"]
    assert made["survivors"] == [{name: one[name] for name in one if name != "by"} for one in shown["survivors"]]


def test_of_records_that_stay_behind_nothing_would_be_left(matched, browser_of, declared_only):
    gone = "left_out: [{key: gone, dataset: customers, when: s.NO < '3', why: They are closed}]\n"
    matched(more=gone)
    assert [migrate(declared_only, verb) for verb in ("cleanse", "match")] == [0, 1]
    jonas = browser_of("jonas")
    told = jonas.get("/api/migration/reviews/PAIR-1/golden").json()
    assert (told["golden"], told["silent"], told["survivors"]) == ("", ["customers:1", "customers:2"], [])
    page = jonas.get("/migration/reviews/PAIR-1/golden/").content.decode()
    assert "No record would be left" in page


def test_an_entity_that_got_a_part_since_is_to_be_matched_again(matched, browser_of, declared_only):
    matched()
    declared = declared_only / "migration" / "all.yaml"
    more = "[{dataset: customers, where: s.NO > '9', columns: {name: NAME}}, {dataset: customers"
    declared.write_text(declared.read_text().replace("[{dataset: customers", more), encoding="utf-8")
    jonas = browser_of("jonas")
    page = jonas.get("/migration/reviews/PAIR-1/golden/")
    assert (page.status_code, "Match again" in page.content.decode()) == (200, True)
    told = jonas.get("/api/migration/reviews/PAIR-1/golden").json()
    assert (told["golden"], told["records"], told["survivors"]) == ("", [], [])


def test_who_may_not_review_sees_no_record_either(matched, browser_of):
    matched()
    pages = ("/migration/reviews/PAIR-1/golden/", "/api/migration/reviews/PAIR-1/golden")
    anna = browser_of("anna")
    assert [anna.get(page).status_code for page in pages] == [403, 403]
    assert browser_of("jonas").get("/migration/reviews/PAIR-9/golden/").status_code == 404


def test_page_api_and_command_line_tell_the_same(matched, browser_of, capsys, declared_only):
    matched()
    jonas = browser_of("jonas")
    for words, address in (((), ""), (("PAIR-1",), "/PAIR-1")):
        capsys.readouterr()
        assert run(("migrate", "reviews", *words, "--json", "--workspace", str(declared_only))) == 0
        assert json.loads(capsys.readouterr().out) == jonas.get(f"/api/migration/reviews{address}").json()


def test_the_queue_tells_what_is_next_and_how_far_it_is(matched, browser_of):
    matched()
    jonas = browser_of("jonas")
    told = jonas.get("/api/migration/reviews").json()
    assert (told["next"], told["entities"]) == (
        "PAIR-1",
        [{"entity": "customer", "title": "Customers", "open": 1, "decided": 0}],
    )
    assert '<a href="/migration/reviews/PAIR-1/">PAIR-1</a>' in jonas.get("/migration/reviews/").content.decode()
    say(jonas, "different")
    told = jonas.get("/api/migration/reviews").json()
    assert (told["next"], told["entities"][0]["decided"]) == (None, 1)


def test_what_programs_say_is_said_as_on_the_page(matched, browser_of):
    matched()
    jonas = browser_of("jonas")
    answer = jonas.post("/api/migration/reviews/PAIR-1", {"said": "same"}, content_type="application/json")
    assert answer.json()["review"]["state"] == "same"
    wrong = jonas.post("/api/migration/reviews/PAIR-1", {"said": "perhaps"}, content_type="application/json")
    assert (wrong.status_code, state(jonas)) == (400, "same")


def test_records_are_shown_to_who_answers_for_data(matched, browser_of):
    matched()
    pages = ("/migration/reviews/", "/migration/reviews/PAIR-1/", "/api/migration/reviews/PAIR-1")
    anna, jonas = browser_of("anna"), browser_of("jonas")
    assert [anna.get(page).status_code for page in pages] == [403, 403, 403]
    assert say(anna, "same").status_code == 403
    assert [jonas.get(page).status_code for page in pages] == [200, 200, 200]
    assert jonas.get("/migration/reviews/PAIR-9/").status_code == 404


def test_nobody_was_asked_yet(declared_only, browser_of):
    assert "No pair was ever in doubt." in browser_of("jonas").get("/migration/reviews/").content.decode()
