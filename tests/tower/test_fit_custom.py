"""What does the tower show of own code? As it was counted last, with what approves it and how it grows."""

import json

import pytest

from lockgate.kernel.evidence import Verdict
from support.recorded import BUILD, SCRIPT, keep, measured, place_of, record
from support.running import lockgate

__all__ = ["lockgate"]


def piece(name="meridian_rebate", gap="GAP-1", **more):
    said = {"kind": "module", "name": name, "about": SCRIPT, "lines": 120, "overrides": 2, "gap": gap}
    return {**said, "gap_state": "decided" if gap else None, "approved": bool(gap), **more}


def count(root, *pieces, lines=120, kept=True, **more):
    """Record a count, as the verb does."""
    sums = {"modules": len(pieces), "lines": lines, "overrides": 2, "unapproved": 0, "studio": 0}
    about = {"instance": "build", "database": "u-1", **sums, "core_edits": None, "pieces": list(pieces)}
    answer = {**about, "unread": [], "uncounted": [], "not_there": [], "over": [], "evidence": 0, **more}
    artifact = keep(root, json.dumps(answer).encode()) if kept else None
    evidence = measured(
        "", "fit.custom", Verdict.SEEN, subject={"instance": "build"}, artifact=artifact, instance=BUILD, **sums
    )
    return record(root, evidence)[0].number


def test_pieces_are_shown_with_their_gap_and_how_the_sums_went(programme, browser_of):
    first, last = count(programme, piece(), lines=100), count(programme, piece(), piece("x_grade", None))
    browser = browser_of("anna")

    [told] = browser.get("/api/fit/custom").json()
    page = browser.get("/fit/custom/").content.decode()

    assert [(run["evidence"], run["sums"]["lines"]) for run in told["runs"]] == [(first, 100), (last, 120)]
    assert [(one["name"], one["approved"]) for one in told["pieces"]] == [("meridian_rebate", True), ("x_grade", False)]
    assert (told["evidence"], told["kept"], told["modules"]) == (last, True, 2)
    assert ('href="/register/gap/GAP-1/"' in page, SCRIPT in page, "<polyline" in page) == (True, False, True)


def test_of_a_gap_of_another_site_nothing_is_told_but_that_it_approves(programme, browser_of, lockgate):
    said = ("title=Unheard of", "site=liege", "--by", "bart", "--workspace", str(programme))
    assert lockgate("register", "raise", "gap", *said).code == 0
    gone = {"gap": "GAP-1", "title": "Unheard of", "name": "liege_labels"}
    count(programme, piece(), not_there=[gone])

    [here], [everywhere] = (browser_of(who).get("/api/fit/custom").json() for who in ("daan", "anna"))

    assert [(one["gap"], one["gap_state"], one["approved"]) for one in here["pieces"]] == [(None, None, True)]
    assert (here["not_there"], everywhere["not_there"]) == ([], [gone])
    assert everywhere["pieces"][0]["gap"] == "GAP-1"


@pytest.mark.parametrize("kept", [True, False])
def test_a_list_that_is_not_there_never_looks_like_nothing(programme, browser_of, kept):
    number = count(programme, piece(), kept=kept)
    with place_of(programme) as place:
        artifact = place.ledger.record(number).payload.get("artifact")
        if artifact:
            place.artifacts.remove(artifact)
    browser = browser_of("anna")

    [told] = browser.get("/api/fit/custom").json()
    page = browser.get("/fit/custom/").content.decode()

    assert (told["kept"], told["modules"]) == (False, 1)
    assert ("No list was kept" in page, "Nothing was built" in page) == (True, False)


def test_before_anybody_counts_the_page_says_how(programme, browser_of):
    page = browser_of("anna").get("/fit/custom/").content.decode()

    assert ("Nobody has counted it yet." in page, "lockgate fit custom" in page) == (True, True)


def test_one_and_three_counts_ask_the_database_as_often(programme, browser_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = browser_of("bart")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            count(programme, piece())
        browser.get("/fit/custom/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/fit/custom/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
