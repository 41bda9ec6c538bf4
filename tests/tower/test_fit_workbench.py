"""What does the workbench of fit show? The catalogue that was read last, and what of it carries which requirement."""

import pytest

from lockgate.practices.fit.decide.catalogue import Entry
from lockgate.practices.fit.perform.catalogue import catalogue
from support.recorded import SCRIPT
from support.running import lockgate

__all__ = ["lockgate"]

ENTRIES = (
    Entry("setting", "group_lot", "Lots and serial numbers", SCRIPT, "", "Inventory"),
    Entry("module", "product_expiry", "Expiry dates of lots", "", "can be installed", "Inventory"),
    Entry("model", "res.partner", "Contact", "", "", ""),
)


@pytest.fixture
def bench(programme, lockgate):
    """A catalogue that was read, and two requirements, one of Liège."""
    catalogue(programme, "build")._fill("a make", ENTRIES)
    for said in (("title=Lots and serial numbers", "capability=Inventory"), ("title=Unheard of", "site=liege")):
        ran = lockgate("register", "raise", "requirement", *said, "--by", "bart", "--workspace", str(programme))
        assert ran.code == 0, ran.err
    return programme


def test_plain_words_find_what_is_meant_and_no_odoo_is_asked(bench, browser_of):
    browser = browser_of("anna")

    told = browser.get("/api/fit/search?q=expiry+of+lots&instance=build").json()
    page = browser.get("/fit/?q=lots&instance=build").content.decode()

    assert [one["choice"] for one in told["found"]] == ["module:product_expiry", "setting:group_lot"]
    assert (told["entries"], told["words"]) == (3, ["expiry", "lots"])
    assert ("setting:group_lot" in page, SCRIPT in page) == (True, False)


def test_a_suggestion_is_confirmed_by_who_looks_and_it_is_told_who_and_when(bench, browser_of):
    browser = browser_of("bart")
    page = browser.get("/fit/?requirement=REQ-1&instance=build").content.decode()
    assert 'value="setting:group_lot"' in page

    said = {"instance": "build", "requirement": "REQ-1", "choice": "setting:group_lot"}
    answer = browser.post("/fit/confirm/", said)

    assert (answer.status_code, answer["Location"]) == (302, "/fit/?instance=build&requirement=REQ-1")
    [told, _] = browser.get("/api/fit").json()
    assert (told["requirement"], told["standard"], told["confirmed_by"]) == ("REQ-1", ["setting:group_lot"], "bart")
    assert told["confirmed_at"] != ""


def test_what_the_catalogue_does_not_have_or_nobody_may_change_is_refused(bench, browser_of):
    unknown = browser_of("bart").post("/fit/confirm/", {"instance": "build", "requirement": "REQ-1", "choice": "x:y"})
    said = {"instance": "build", "requirement": "REQ-1", "choice": "setting:group_lot"}
    stranger = browser_of("daan").post("/fit/confirm/", said)

    assert "Nothing of the standard is called that." in unknown.content.decode()
    assert [unknown.status_code >= 400, stranger.status_code >= 400] == [True, True]
    assert [one["standard"] for one in browser_of("anna").get("/api/fit").json()] == [[], []]


def test_nobody_sees_requirements_of_another_site_nor_confirms_them(bench, browser_of):
    browser = browser_of("daan")
    said = {"instance": "build", "requirement": "REQ-2", "choice": "setting:group_lot"}

    assert [one["requirement"] for one in browser.get("/api/fit").json()] == ["REQ-1"]
    assert browser.get("/fit/?requirement=REQ-2").status_code == 404
    assert browser.post("/fit/confirm/", said).status_code == 404


def test_a_catalogue_that_was_never_read_is_said_to_be_so(programme, browser_of):
    page = browser_of("anna").get("/fit/").content.decode()

    assert ("was never read" in page, "No requirement is raised yet." in page) == (True, True)


def test_one_and_three_requirements_ask_the_database_as_often(bench, browser_of, lockgate):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = browser_of("bart")
    counts = []
    for titles in ((), ("Two", "Three")):
        for title in titles:
            said = (f"title={title}", "--by", "bart", "--workspace", str(bench))
            assert lockgate("register", "raise", "requirement", *said).code == 0
        browser.get("/fit/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/fit/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
