"""Search everything: what is found, in which order, and what is never found."""

import re

from lockgate.faces.web.viewer import Held, Viewer
from lockgate.tower.search.finding import Item, Query, find, query_of
from support.recorded import SCRIPT, happen, measured, record

ANN = Viewer("ann", "Ann", (Held("sponsor"),))


def item(title, *, mark="", text="", seen=True):
    return Item(
        mark, "Things", title, "", f"/{title}/", "dot", f"{title} {text}".casefold(), lambda _: seen, title.casefold()
    )


def test_a_mark_in_front_narrows():  # F1
    assert [query_of(said) for said in ("Stock Ghent", "#GAP-1", "@ anna", "/", "?how to", "")] == [
        Query("", ("stock", "ghent")),
        Query("record", ("gap-1",)),
        Query("person", ("anna",)),
        Query("place", ()),
        Query("help", ("how", "to")),
        Query("", ()),
    ]
    things = [item("anna", mark="person"), item("anna's gap", mark="record")]
    assert [hit.title for hit in find(things, query_of("@anna"), ANN, 9)] == ["anna"]


def test_all_words_have_to_be_there_in_any_order_and_case():  # F2
    things = [item("Stock in Ghent"), item("Stock in Liège"), item("Moved", text="GHENT has no stock")]

    assert [hit.title for hit in find(things, query_of("ghent STOCK"), ANN, 9)] == ["Stock in Ghent", "Moved"]


def test_the_nearest_comes_first():  # F3
    things = [
        item("other", text="gate"),
        item("a gate"),
        item("the gate"),
        item("gateway"),
        item("gate"),
    ]

    found = [hit.title for hit in find(things, query_of("gate"), ANN, 9)]

    assert found == ["gate", "gateway", "a gate", "the gate", "other"]


def test_what_one_may_not_see_takes_no_place_among_the_found():  # F4
    things = [item(f"thing {n}", seen=n > 3) for n in range(6)]

    assert [hit.title for hit in find(things, query_of("thing"), ANN, 2)] == ["thing 4", "thing 5"]


def test_everything_of_the_programme_is_found(programme, browser_of):
    record(programme, measured(subject={"scenario": "catch-weight"}))
    _raise(programme, "GAP-1", "Pallets by height", "ghent")
    bart = browser_of("bart")
    asked = {
        "/evidence": "/evidence/",
        "@elise": "/person/#elise",
        "#pallets": "/register/gap/GAP-1/",
        "#GAP-1": "/register/gap/GAP-1/",
        "catch-weight": "/evidence/2/",
        "2": "/evidence/2/",
        "site:ghent": "/workspace/programme/sites.yaml",
        "?decide a gate": "/help/how-to/decide-a-gate/",
    }

    first = {said: bart.get("/api/search", {"q": said}).json()[0]["url"].partition("#L")[0] for said in asked}

    assert first == asked


def test_a_gate_and_its_criteria_are_found_for_each_scope_that_one_sees(programme, browser_of):
    daan = browser_of("daan").get("/api/search", {"q": "uat-exit"}).json()
    bart = browser_of("bart").get("/api/search", {"q": "uat-exit"}).json()

    gates = [{hit["url"] for hit in found if hit["group"] == "Gates"} for found in (daan, bart)]

    assert gates[0] == {"/gate/uat-exit/site:ghent/"}
    assert gates[0] < gates[1]


def test_what_concerns_another_site_is_never_found(programme, browser_of):
    record(programme, measured("liege", subject={"scenario": "verborgen"}))
    _raise(programme, "GAP-1", "Verborgen gap", "liege")
    daan = browser_of("daan")

    assert daan.get("/api/search", {"q": "verborgen"}).json() == []
    assert len(browser_of("elise").get("/api/search", {"q": "verborgen"}).json()) == 2
    assert [hit for hit in daan.get("/api/search", {"q": "2"}).json() if hit["url"] == "/evidence/2/"] == []


def test_what_is_recorded_later_is_found_at_once_and_the_newest_speaks_for_its_series(programme, browser_of):
    record(programme, measured())
    bart = browser_of("bart")
    before = bart.get("/api/search", {"q": "#otc-01"}).json()
    record(programme, measured())

    after = bart.get("/api/search", {"q": "#otc-01"}).json()

    assert [[hit["url"] for hit in found] for found in (before, after)] == [["/evidence/2/"], ["/evidence/3/"]]


def test_the_palette_and_the_page_show_what_the_api_finds(programme, browser_of):
    _raise(programme, "GAP-1", "Totes by height", "ghent")
    bart = browser_of("bart")
    told = [hit["url"] for hit in bart.get("/api/search", {"q": "totes"}).json()]

    pages = [bart.get(f"/search/{part}?q=totes").content.decode() for part in ("results/", "")]

    assert told == ["/register/gap/GAP-1/"]
    assert [re.findall(r'href="(/register/gap/[^"]*)"', page) for page in pages] == [told, told]
    assert "<html" not in pages[0]


def test_search_works_while_the_workspace_has_findings(programme, browser_of):
    record(programme, measured())
    (programme / "programme" / "waves.yaml").write_text("waves: 1\n")

    found = browser_of("bart").get("/api/search", {"q": "#otc-01"}).json()

    assert [hit["url"] for hit in found] == ["/evidence/2/"]


def test_what_is_found_and_what_was_asked_is_shown_as_text(programme, browser_of):
    _raise(programme, "GAP-1", SCRIPT, "ghent")
    bart = browser_of("bart")

    pages = [bart.get(f"/search/{part}", {"q": SCRIPT}).content.decode() for part in ("results/", "")]

    assert [SCRIPT in page for page in pages] == [False, False]
    assert ["&lt;script&gt;" in page for page in pages] == [True, True]


def test_without_a_role_nothing_is_searched(programme, browser_of):
    assert browser_of("stranger").get("/search/results/").status_code == 403


def _raise(programme, number, title, site):
    happen(programme, "gap.raised", register="gap", id=number, values={"title": title, "site": site}, state="open")
