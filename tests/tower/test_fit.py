"""What does the tower show of fit? Threads from requirements to evidence, for whoever may see what they are of."""

import csv
import io
import json

import pytest

from lockgate.kernel.evidence import Verdict
from support.recorded import SCRIPT, digests, measured, record, standings
from support.running import lockgate

__all__ = ["lockgate"]

PROBES = """
probes:
  - key: expiry
    capability: Inventory
    title: Lots expire
    why: Customers ask
    supports: [REQ-1, REQ-9]
    check: {model: stock.lot}
"""


@pytest.fixture
def asked(programme, lockgate):
    """A programme with three requirements, one of them of Liège, a gap and a claim."""
    (programme / "fit" / "probes").mkdir(parents=True)
    (programme / "fit" / "probes" / "own.yaml").write_text(PROBES)
    for register, *said in (
        ("requirement", f"title=First expired {SCRIPT}", "capability=Inventory"),
        ("requirement", "title==Rebates", "capability=Accounting"),
        ("requirement", "title=Unheard of", "site=liege", "capability=Inventory"),
        ("gap", "title=Rebates", "requirement=REQ-2", "fit=custom", "artefact=meridian_rebate"),
        ("gap", "title=Nobody asked for it"),
    ):
        ran = lockgate("register", "raise", register, *said, "--by", "bart", "--workspace", str(programme))
        assert ran.code == 0, ran.err
    return programme


def probed(root, site="", *, holds=True):
    inputs = {"probe:expiry": digests(root)["probe:expiry"]}
    verdict = Verdict.PASSED if holds else Verdict.FAILED
    evidence = measured(site, "fit.probed", verdict, subject={"probe": "expiry"}, inputs=inputs, holds=holds)
    return record(root, evidence)[0].number


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_page_api_and_command_tell_the_same_threads(asked, browser_of, lockgate):
    number = probed(asked)
    told = browser_of("anna").get("/api/fit/trace").json()
    ran = lockgate("fit", "trace", "--json", "--workspace", str(asked))

    sites = told.pop("sites")
    assert (ran.code, json.loads(ran.out)) == (1, told)
    assert told["threads"][0]["tests"] == [{"test": "probe:expiry", "proof": "holds", "evidence": [number]}]
    assert {one["site"]: one["proven"] for one in sites if one["capability"] == "Inventory"}["ghent"] == 1


def test_a_page_shows_threads_with_links_and_no_markup_of_somebody(asked, browser_of):
    number = probed(asked)
    page = browser_of("anna").get("/fit/trace/").content.decode()

    links = ("/register/requirement/REQ-1/", "/register/gap/GAP-1/", f"/evidence/{number}/")
    assert [f'href="{one}"' in page for one in links] == [True, True, True]
    assert (SCRIPT in page, "supports REQ-9, which is not there" in page, '<svg class="funnel"' in page) == (
        False,
        True,
        True,
    )


def test_nobody_sees_requirements_and_evidence_of_another_site(asked, browser_of):
    probed(asked, "liege", holds=False)
    browser = browser_of("daan")

    told = browser.get("/api/fit/trace").json()

    assert [one["requirement"] for one in told["threads"]] == ["REQ-1", "REQ-2"]
    assert told["threads"][0]["tests"] == [{"test": "probe:expiry", "proof": "never tried", "evidence": []}]
    assert {one["site"] for one in told["sites"]} == {"ghent"}
    assert ("REQ-3" in json.dumps(told), "Unheard" in browser.get("/fit/trace/").content.decode()) == (False, False)
    assert [row["Requirement"] for row in rows_of(browser.get("/fit/trace/export.csv"))] == ["REQ-1", "REQ-2"]


def test_threads_are_narrowed_by_what_is_wanting_and_leave_as_a_file_without_formulas(asked, browser_of):
    probed(asked)
    browser = browser_of("anna")

    def left(query):
        return [row["Requirement"] for row in rows_of(browser.get(f"/fit/trace/export.csv?{query}"))]

    asked_for = ("lack=undecided", "lack=proven", "capability=Inventory", "q=rebates")
    assert [left(query) for query in asked_for] == [["REQ-2"], ["REQ-1"], ["REQ-1", "REQ-3"], ["REQ-2"]]
    assert rows_of(browser.get("/fit/trace/export.csv?q=rebates"))[0]["Title"] == "'=Rebates"
    assert browser.get("/fit/trace/export.xlsx").content[:2] == b"PK"


def test_evidence_of_how_far_the_programme_is_comes_from_a_run_or_the_command(asked, browser_of, lockgate):
    from lockgate.programme.server import live
    from lockgate.tower.runs.worker import Worker

    probed(asked)
    bart = browser_of("bart")
    bart.post("/run/start/", {"verb": "fit.trace"})
    Worker(live()).work(until_idle=True)
    ran = lockgate("fit", "trace", "--record", "--by", "bart", "--workspace", str(asked))

    assert ran.code == 1
    found = live().place.ledger.current_evidence(("programme.assessed",), last=2)
    shares = {"configured": 0.333, "usable": 0.0, "proven": 0.333}
    assert [(one.evidence.producer, dict(one.evidence.measures)) for one in found] == [("bart", shares)] * 2
    assert bart.get("/api/run").json()[0]["evidence"] == [found[0].number]
    newest = found[-1].evidence.inputs
    now = digests(asked)
    assert {name for name in newest if name not in now} == {"records:gap", "records:requirement"}
    assert {name: newest[name] for name in newest if name in now} == {
        name: now[name] for name in ("programme", "files:template", "files:probes", "probe:expiry")
    }


@pytest.mark.parametrize(
    ("done", "standing"),
    [
        (("edit", "REQ-1", "title=Last expired"), "stale"),
        (("link", "REQ-1", "relates", "probe:expiry"), "stale"),
        (("edit", "GAP-1", "artefact=other"), "stale"),
        (("comment", "REQ-1", "Is it so?"), "current"),
    ],
)
def test_how_far_the_programme_is_goes_stale_when_a_requirement_or_gap_says_something_else(  # A3
    asked, browser_of, lockgate, done, standing
):
    from lockgate.programme.server import live

    here = ("--by", "bart", "--workspace", str(asked))
    lockgate("fit", "trace", "--record", *here)
    before = live().place.ledger.head().number
    browser, stream = browser_of("anna"), "/evidence/?kind=programme.assessed"
    assert standings(browser.get(stream)) == ["current"]

    assert lockgate("register", done[0], *done[1:], *here).code == 0

    assert standings(browser.get(stream)) == [standing]
    assert standings(browser.get(f"{stream}&as-of={before}")) == ["current"]


def test_without_requirements_it_is_told_what_would_fill_the_page_and_nothing_is_recorded(
    programme, browser_of, lockgate
):
    page = browser_of("anna").get("/fit/trace/").content.decode()
    ran = lockgate("fit", "trace", "--record", "--by", "bart", "--workspace", str(programme))

    assert "No requirement is raised yet." in page
    assert (ran.code, ran.err.splitlines()[0]) == (2, "Error: There is nothing to assess.")


def test_the_threads_of_one_and_of_three_requirements_ask_the_database_as_often(programme, browser_of, lockgate):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = browser_of("bart")
    counts = []
    for titles in (("One",), ("Two", "Three")):
        for title in titles:
            said = (f"title={title}", "capability=Inventory", "--by", "bart", "--workspace", str(programme))
            assert lockgate("register", "raise", "requirement", *said).code == 0
        browser.get("/fit/trace/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/fit/trace/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
