"""The registers as tables and boards, and the same from the API and the command line."""

import io
import json
import re
from datetime import UTC, datetime

import pytest

from lockgate.app.main import run

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def raised(programme):
    """Return a way to raise records as somebody, by the command line."""

    def do(*words, by="bart"):
        assert run(("register", *words, "--by", by, "--workspace", str(programme))) == 0

    do("raise", "risk", "title=Late counts", "site=ghent", "owner=daan", "due=2026-01-01", "severity=high")
    do("raise", "risk", "title=Secret of Liège", "site=liege", "owner=elise", "severity=critical")
    do("raise", "risk", "title=Tax unclear", "owner=clara", "severity=low")
    do("tag", "RISK-3", "finance")
    return do


def spoken(capsys, *words):
    capsys.readouterr()
    run((*words, "--json"))
    return json.loads(capsys.readouterr().out)


def test_every_register_of_the_playbooks_has_a_table_a_board_and_a_form(programme, browser_of):
    bart = browser_of("bart")
    keys = [one["register"] for one in bart.get("/api/register").json()]

    statuses = {
        (key, part): bart.get(f"/register/{key}/{part}").status_code for key in keys for part in ("", "board/", "new/")
    }

    assert len(keys) == 19
    assert set(statuses.values()) == {200}


def test_the_api_and_the_command_line_list_the_same_records(programme, raised, browser_of, capsys):
    asked = spoken(capsys, "register", "list", "risk", "--where", "severity in (high, critical)", "--sort", "-severity",
                   "--workspace", str(programme))  # fmt: skip

    answer = browser_of("bart").get("/api/register/risk?where=severity in (high, critical)&sort=-severity").json()

    assert answer == asked
    assert [one["id"] for one in answer] == ["RISK-1", "RISK-2"]


def test_the_page_lists_the_records_that_the_api_lists_in_the_same_order(programme, raised, browser_of):
    bart = browser_of("bart")
    for query in ("", "?sort=-title", "?where=severity+%3D+high", "?late=yes", "?tag=finance", "?q=tax", "?owner=daan"):
        listed = [one["id"] for one in bart.get(f"/api/register/risk{query}").json()]

        assert rows(bart.get(f"/register/risk/{query}")) == listed
        assert listed


def test_the_api_hands_out_a_long_register_in_pages_that_lead_to_each_other(programme, raised, browser_of):
    bart = browser_of("bart")
    first = bart.get("/api/register/risk?sort=-title&lines=2")
    second = bart.get(re.fullmatch('<(.*)>; rel="next"', first["Link"])[1])

    assert [one["title"] for one in (*first.json(), *second.json())] == [
        "Tax unclear",
        "Secret of Liège",
        "Late counts",
    ]
    assert (first["X-Count"], second["X-Count"], "Link" in second) == ("3", "3", False)
    assert bart.get("/api/register/risk?page=9").json() == []
    assert browser_of("daan").get("/api/register/risk?lines=1")["X-Count"] == "2"  # one is of a site that daan has not


def test_a_list_that_was_found_before_is_found_anew_when_a_record_changed(programme, raised, browser_of):
    bart, daan = browser_of("bart"), browser_of("daan")
    address = "/register/risk/?q=tax&sort=title"
    before = rows(bart.get(address)), rows(daan.get(address)), rows(bart.get("/register/risk/"))
    raised("raise", "risk", "title=No tax at all", "site=liege", "owner=elise")

    assert before == (["RISK-3"], ["RISK-3"], ["RISK-1", "RISK-2", "RISK-3"])
    assert rows(bart.get(address)) == ["RISK-4", "RISK-3"]
    assert rows(daan.get(address)) == ["RISK-3"]
    assert rows(bart.get("/register/risk/")) == ["RISK-1", "RISK-2", "RISK-3", "RISK-4"]
    assert "Any owner" in bart.get(address).content.decode()


def test_what_is_late_is_asked_of_the_clock_each_time(programme, raised, browser_of, monkeypatch):  # F3
    from lockgate.tower.server import live

    browser = browser_of("bart")
    raised("raise", "risk", "title=Soon", "owner=bart", "due=2031-01-31")
    addresses = ["/register/risk/?late=yes", "/register/risk/?where=overdue+%3D+true", "/register/risk/?q=soon"]

    def shown():
        return [rows(browser.get(address)) for address in addresses]

    before = shown()
    monkeypatch.setattr(live(), "_clock", lambda: datetime(2031, 2, 1, 1, tzinfo=UTC))

    assert before == [["RISK-1"], ["RISK-1"], ["RISK-4"]]
    every = ["RISK-1", "RISK-2", "RISK-3", "RISK-4"]  # the others had so many days
    assert shown() == [every, every, ["RISK-4"]]


def test_a_record_is_seen_by_those_who_see_one_of_its_sites_and_by_nobody_else(programme, raised, browser_of):
    raised("link", "RISK-3", "relates", "RISK-2")
    daan = browser_of("daan")

    pages = [daan.get(path).content.decode() for path in (
        "/register/risk/", "/register/risk/board/", "/register/risk/export.csv", "/api/register/risk",
        "/register/risk/RISK-3/", "/api/record/RISK-3", "/api/record/RISK-3/history", "/record/options/?of=risk",
        "/register/risk/?q=Secret", "/register/",
    )]  # fmt: skip

    assert rows(daan.get("/register/risk/")) == ["RISK-1", "RISK-3"]
    assert not [page for page in pages if "Secret of" in page or "RISK-2" in page]
    assert [daan.get(path).status_code for path in ("/register/risk/RISK-2/", "/api/record/RISK-2")] == [404, 404]
    risks = next(one for one in daan.get("/api/register").json() if one["register"] == "risk")
    assert (risks["records"], risks["open"], risks["late"], risks["mine"]) == (2, 2, 1, 1)


def test_who_does_not_see_a_record_can_t_learn_of_it_by_naming_it(programme, raised, browser_of):
    answer = browser_of("daan").post(
        "/api/record/RISK-1/link", {"relation": "relates", "to": "RISK-2"}, content_type="application/json"
    )

    there_is_none = browser_of("georg").post(
        "/api/record/RISK-3/link", {"relation": "relates", "to": "RISK-99"}, content_type="application/json"
    )
    assert [one["code"] for one in answer.json()["refusals"]] == ["unknown-record"]
    assert [one["code"] for one in there_is_none.json()["refusals"]] == ["unknown-record"]


def test_a_filter_of_three_fields_becomes_an_address_that_can_be_kept(programme, raised, browser_of):
    answer = browser_of("bart").get("/register/risk/?field=title&how=%3D&value=Tax unclear&owner=clara")

    assert (answer.status_code, answer["Location"]) == (
        302,
        "/register/risk/?owner=clara&where=title+%3D+%22Tax+unclear%22",
    )
    assert rows(browser_of("anna").get(answer["Location"])) == ["RISK-3"]


def test_groups_have_their_titles_and_how_many_they_hold(programme, raised, browser_of):
    page = browser_of("bart").get("/register/risk/?group=severity&sort=severity").content.decode()

    titles = re.findall(r'<th scope="rowgroup"[^>]*>(.+?) <span class="dim">(\d+)</span>', page)
    assert titles == [("Critical", "1"), ("High", "1"), ("Low", "1")]


def test_columns_are_those_that_were_chosen_and_say_how_they_sort(programme, raised, browser_of):
    page = browser_of("bart").get("/register/risk/?columns=cost,owner&sort=-owner").content.decode()

    assert re.findall(r'<th scope="col"[^>]*>\s*<a class="sort"[^>]*>(.+?)</a>', page) == [
        "Title",
        "Possible loss",
        "Owner",
    ]
    assert re.findall(r'aria-sort="(\w+)"', page) == ["descending"]


def test_what_is_exported_is_what_is_filtered_and_a_browser_only_saves_it(programme, raised, browser_of, tmp_path):
    answer = browser_of("bart").get("/register/risk/export.csv?owner=clara")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["id", "RISK-3"]
    assert answer["Content-Disposition"] == 'attachment; filename="risk.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_an_import_is_looked_at_first_and_written_when_it_is_wanted(programme, raised, browser_of):
    bart = browser_of("bart")
    page = bart.post(
        "/register/risk/import/", {"file": csv("id,version,title,owner\nRISK-3,1,Tax is clear,clara\n,,New,\n")}
    )

    assert "Tax is clear" in page.content.decode()
    assert titles(bart) == ["Late counts", "Secret of Liège", "Tax unclear"]
    done = bart.post("/register/risk/import/now/", {"token": token(page)})
    assert (done.status_code, titles(bart)) == (302, ["Late counts", "Secret of Liège", "Tax is clear", "New"])


def test_nothing_is_imported_when_a_row_is_wrong_unless_it_is_asked_for_in_part(programme, raised, browser_of):
    bart = browser_of("bart")
    page = bart.post("/register/risk/import/", {"file": csv("id,title,owner\n,Good,clara\n,Bad,nobody-known\n")})

    assert "C3" in page.content.decode()
    refused = bart.post("/register/risk/import/now/", {"token": token(page)})
    assert (refused.status_code, len(titles(bart))) == (200, 3)
    bart.post("/register/risk/import/now/", {"token": token(refused), "partial": "yes"})
    assert titles(bart)[3:] == ["Good"]


def test_the_file_that_somebody_looked_at_is_nobody_else_s(programme, raised, browser_of):
    page = browser_of("bart").post("/register/risk/import/", {"file": csv("title\nNew\n")})

    answer = browser_of("anna").post("/register/risk/import/now/", {"token": token(page)})

    assert answer.status_code == 400
    assert "not kept any more" in answer.content.decode()


def test_an_import_by_the_api_says_what_the_command_line_says(programme, raised, browser_of, tmp_path, capsys):
    file = tmp_path / "risks.csv"
    file.write_text("title,owner\nGood,clara\nBad,nobody-known\n", encoding="utf-8")
    asked = spoken(capsys, "register", "import", "risk", str(file), "--check", "--by", "bart", "--workspace",
                   str(programme))  # fmt: skip

    answer = browser_of("bart").post("/api/register/risk/import?check=true", {"file": csv(file.read_text(), file.name)})

    assert answer.json() == asked


def test_somebody_of_one_site_edits_no_record_of_another_by_a_file(programme, raised, browser_of):
    answer = (
        browser_of("daan")
        .post("/api/register/risk/import?partial=true", {"file": csv("id,version,title\nRISK-2,1,Taken\n")})
        .json()
    )

    assert (answer["wrong"], [one["code"] for one in answer["findings"]]) == ([2], ["unknown-record"])


def test_the_past_is_listed_as_it_was(programme, raised, browser_of):
    assert rows(browser_of("bart").get("/register/risk/?as-of=2")) == ["RISK-1"]
    assert 'href="/register/risk/new/"' not in browser_of("anna").get("/register/risk/?as-of=2").content.decode()


def test_words_of_people_are_shown_and_never_obeyed(programme, raised, browser_of):
    raised("raise", "gap", f"title={EVIL}", f"story={EVIL}", f"option={EVIL}", f"artefact={EVIL}")
    raised("comment", "GAP-1", EVIL)
    bart = browser_of("bart")

    for path in (
        "",
        "board/",
        "GAP-1/",
        f"?q={EVIL}",
        f"?columns=story,artefact&where=title+%3D+'{EVIL}'",
        "?group=artefact",
    ):
        page = bart.get(f"/register/gap/{path}").content.decode()
        assert EVIL not in page
        assert "&lt;script&gt;" in page


def test_a_list_of_one_and_of_three_takes_the_same_number_of_queries(programme, raised, browser_of):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bart, counted = browser_of("bart"), []
    bart.get("/register/risk/")  # the first page of a session notes where it was opened
    for query in ("?owner=clara", ""):
        with CaptureQueriesContext(connection) as queries:
            bart.get(f"/register/risk/{query}")
        counted.append(len(queries))

    assert counted[0] == counted[1]


@pytest.mark.parametrize("query", ["?where=nonsense", "?where=colour+%3D+red", "?sort=colour"])
def test_what_can_t_be_asked_is_refused_with_what_would_be_right(programme, raised, browser_of, query):
    answer = browser_of("bart").get(f"/register/risk/{query}")

    assert answer.status_code == 400
    assert 'class="do"' in answer.content.decode()


def rows(answer):
    return re.findall(r'<tr id="row-([A-Z]+-\d+)"', answer.content.decode())


def titles(browser):
    return [one["title"] for one in browser.get("/api/register/risk").json()]


def csv(text, name="risks.csv"):
    file = io.BytesIO(text.encode())
    file.name = name
    return file


def token(answer):
    return re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]
