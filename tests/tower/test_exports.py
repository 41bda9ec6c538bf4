"""Lists leave as files that a spreadsheet opens and runs nothing of; who is refused is in the log."""

import csv
import io
import logging

import pytest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def _sheet(answer):
    import python_calamine

    with python_calamine.load_workbook(io.BytesIO(answer.content)) as book:
        return book.get_sheet_by_name(book.sheet_names[0]).to_python()


def test_the_list_of_gates_leaves_as_it_is_narrowed_and_seen(programme, browser_of):
    bart, daan = browser_of("bart"), browser_of("daan")

    told = bart.get("/api/gate?scope=site:ghent").json()
    narrowed = bart.get("/gate/export.csv?scope=site:ghent&sort=gate")
    seen = {row["scope"] for row in _rows(daan.get("/gate/export.csv"))}

    rows = _rows(narrowed)
    assert sorted((row["gate"], row["scope"], row["verdict"], int(row["missing"])) for row in rows) == sorted(
        (one["gate"], one["scope"], one["verdict"], one["missing"]) for one in told
    )
    assert [row["title"].lower() for row in rows] == sorted(row["title"].lower() for row in rows)
    assert ("site:liege" in seen, "site:ghent" in seen) == (False, True)
    headers = [narrowed[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")]
    assert headers == ["text/csv; charset=utf-8", 'attachment; filename="gates.csv"', "nosniff"]


@pytest.mark.parametrize("path", ["/gate/export", "/register/action/export", "/people/export"])
def test_a_file_is_the_same_in_whatever_locale_somebody_reads(programme, browser_of, path):
    plain = browser_of("bart", administrator=True)
    swiss = browser_of("anna", administrator=True, language="de-ch", time_zone="Asia/Tokyo")
    raised = {"title": "1,5 of it", "owner": "bart", "due": "2026-12-09"}
    answer = plain.post("/api/register/action", {"values": raised}, content_type="application/json")
    assert answer.status_code == 200

    assert _sheet(swiss.get(f"{path}.xlsx")) == _sheet(plain.get(f"{path}.xlsx"))
    assert swiss.get(f"{path}.csv").content == plain.get(f"{path}.csv").content
    assert len(_sheet(plain.get(f"{path}.xlsx"))) > 1


def test_the_page_of_gates_leads_to_the_file_of_what_it_shows(programme, browser_of):
    page = browser_of("bart").get("/gate/?scope=site:ghent&as-of=0").content.decode()

    assert 'href="/gate/export.xlsx?scope=site%3Aghent&amp;as-of=0"' in page


def test_no_name_becomes_a_formula(programme, browser_of, account):
    account("zoe", name='=HYPERLINK("http://evil.example")')
    ida = browser_of("ida", administrator=True)

    [row] = _rows(ida.get("/people/export.csv?text=zoe"))
    book = ida.get("/people/export.xlsx?text=zoe")

    assert row["name"] == '\'=HYPERLINK("http://evil.example")'
    assert (book["Content-Type"], _sheet(book)[1][1]) == (XLSX, '=HYPERLINK("http://evil.example")')
    assert b"<f>" not in book.content


def test_people_leave_with_their_roles_and_how_they_stand(programme, browser_of):
    ida = browser_of("ida", administrator=True)
    browser_of("eve")
    ida.post("/people/eve/role/", {"role": "site-lead", "site": "ghent", "ends": "2099-12-31"})

    rows = {row["person"]: row for row in _rows(ida.get("/people/export.csv"))}

    assert (rows["eve"]["account"], rows["eve"]["roles"]) == (
        "active",
        "site-lead at ghent until 2099-12-31T23:00:00.000000Z",
    )
    assert (rows["ida"]["administrator"], rows["elise"]["account"]) == ("yes", "outside")


@pytest.mark.parametrize("path", ["/gate/export.exe", "/people/export.pdf"])
def test_another_kind_of_file_is_not_there(programme, browser_of, path):
    assert browser_of("ida", administrator=True).get(path).status_code == 404


def test_whom_the_policy_refuses_is_in_the_log_on_one_line_and_not_in_the_ledger(programme, browser_of):  # P3
    from lockgate.tower.server import live

    said = io.StringIO()
    heard, logger = logging.StreamHandler(said), logging.getLogger("lockgate.policy")
    anna = browser_of("anna")
    logger.addHandler(heard)
    try:
        answers = [anna.get("/people/"), anna.get("/api/settings"), anna.get("/people/x%0aERROR%20all/")]
    finally:
        logger.removeHandler(heard)

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert said.getvalue().splitlines() == [
        "anna may not people.manage: 'GET /people/'",
        "anna may not settings.see: 'GET /api/settings'",
        "anna may not people.manage: 'GET /people/x\\nERROR all/'",
    ]
    assert live().place.ledger.head().number == 0
