"""What does the tower show of counted stock? Each site, what differs there, and what nobody has accepted."""

import csv
import io
import json

import pytest
from django.test.utils import CaptureQueriesContext

from lockgate.app.main import run
from support.migrated import _rounds, declared_only, migrate
from support.recorded import SCRIPT

__all__ = ["_rounds", "declared_only"]

SITES = ("ghent", "liege", "koeln")
DECLARED = """
sources:
  - {key: erp, title: The old ERP, kind: csv, encoding: utf-8, separator: ";"}
datasets:
  - key: sheets
    title: Sheets
    source: erp
    file: sheets.csv
    id: [NO]
    columns: {BOOK: {type: integer}, SEEN: {type: integer}}
counts:
  - {key: year-end, title: "TITLE", owner: olaf, day: 2026-08-29, blind: true, tolerance: 1,
     sql: 'select SITE as site, BIN as place, NO as key, BOOK as book, SEEN as counted, 2 as cost from "sheets"'}
""".replace("TITLE", SCRIPT)


@pytest.fixture
def counted(declared_only):
    """Return what counts some sites, each with a bin that is right, one that differs and one that nobody counted."""

    def done(*sites):
        (declared_only / "migration" / "all.yaml").write_text(DECLARED, encoding="utf-8")
        rows = [f"{site}-{at};{site};{at};{line}" for site in sites for at, line in zip("ABC", LINES, strict=True)]
        sheet = "\n".join(["NO;SITE;BIN;BOOK;SEEN", *rows, ""])
        (declared_only / "extracts" / "sheets.csv").write_text(sheet, encoding="utf-8")
        assert (migrate(declared_only, "profile"), migrate(declared_only, "counts")) == (0, 1)
        return declared_only

    return done


LINES = ("5;5", "5;3", "5;")


def test_page_api_and_command_tell_the_same_count(counted, browser_of, capsys):
    root = counted("ghent")
    anna = browser_of("anna")
    told = anna.get("/api/migration/counts").json()
    capsys.readouterr()
    run(("migrate", "counts", "--by", "jonas", "--json", "--workspace", str(root)))
    said = json.loads(capsys.readouterr().out)
    [one], [other] = told["sites"], said["sites"]
    assert {**one, "evidence": 0} == {**other, "evidence": 0}
    figures = ("places", "counted", "accuracy", "variance_value", "unapproved", "blind", "state")
    assert [one[name] for name in figures] == [3, 2, 0.5, 4.0, 1, True, "unmet"]
    page = anna.get("/migration/counts/").content.decode()
    assert (SCRIPT in page, "2 of 3" in page, "Ghent warehouse: where it does not agree" in page) == (False, True, True)


def test_what_differs_leaves_as_a_table(counted, browser_of):
    counted("ghent")
    file = browser_of("anna").get("/migration/counts/export.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(file)))[1:] == [
        ["ghent", "B", "yes", "1", "4.0", "1", "ghent-B"],
        ["ghent", "C", "no", "0", "0.0", "0", "ghent-C"],
    ]


def test_nobody_sees_the_count_of_another_site(counted, browser_of):
    counted("ghent", "liege")
    daan = browser_of("daan")
    assert [one["site"] for one in daan.get("/api/migration/counts").json()["sites"]] == ["ghent"]
    assert "Liège" not in daan.get("/migration/counts/").content.decode()
    assert "liege" not in daan.get("/migration/counts/export.csv").content.decode()


def test_a_count_is_stale_once_it_is_declared_in_another_way(counted, browser_of):
    root = counted("ghent")
    (root / "migration" / "all.yaml").write_text(DECLARED.replace("tolerance: 1", "tolerance: 9"), encoding="utf-8")
    [one] = browser_of("anna").get("/api/migration/counts").json()["sites"]
    assert one["state"] == "stale"


def test_counts_without_a_line_are_named_and_nothing_compared_is_no_yes(counted, declared_only, browser_of, capsys):
    none = """  - {key: yard, title: "The yard TITLE", owner: olaf, day: 2026-08-29,
     sql: "select SITE as site, BIN as place, NO as key, 1 as book, 1 as counted, 2 as cost
           from \\"sheets\\" where false"}
"""
    (declared_only / "migration" / "more.yaml").write_text(
        f"counts:\n{none}".replace("TITLE", SCRIPT), encoding="utf-8"
    )
    anna, daan = browser_of("anna"), browser_of("daan")
    before = anna.get("/api/migration/counts").json()
    assert (before["ok"], before["sites"], before["missing"]) == (False, [], ["yard"])
    root = counted("liege")
    capsys.readouterr()
    run(("migrate", "counts", "--by", "jonas", "--workspace", str(root)))
    assert "No line was compared of: yard." in capsys.readouterr().out
    page = anna.get("/migration/counts/").content.decode()
    assert (SCRIPT in page, "No line was compared of: The yard" in page) == (False, True)
    told = daan.get("/api/migration/counts").json()
    assert (told["ok"], told["sites"], told["missing"]) == (False, [], ["yard"])


def test_it_says_what_to_do_where_nothing_is_declared(declared_only, browser_of):
    assert "No count is declared yet." in browser_of("anna").get("/migration/counts/").content.decode()


def test_it_says_what_to_do_where_nothing_was_compared(declared_only, browser_of):
    (declared_only / "migration" / "all.yaml").write_text(DECLARED, encoding="utf-8")
    assert "Nothing was compared yet." in browser_of("anna").get("/migration/counts/").content.decode()


def test_a_page_of_one_and_of_three_sites_asks_the_database_as_often(counted, browser_of):
    from django.db import connection

    anna = browser_of("anna")

    def asked():
        anna.get("/migration/counts/")
        with CaptureQueriesContext(connection) as queries:
            assert anna.get("/migration/counts/").status_code == 200
        return len(queries)

    counted("ghent")
    few = asked()
    counted(*SITES)
    assert asked() == few
