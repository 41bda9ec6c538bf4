"""What is told of a file of which nothing is declared?"""

import json
import sqlite3
from contextlib import closing

import pytest
import xlsxwriter
import xlwt

from support import ods
from support.running import _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

ROWS = b"NO;NAME;PLZ;SEIT;SUMME;MENGE;FREI\n1;M\xfcller;01067;31.01.2024;1.234,50;3;\n2;Voss;50667;1.2.2025;7,00;12;\n"


@pytest.fixture
def look(tmp_path, lockgate):
    """Return what looks at a file with such bytes in it."""

    def told(content, *words, name="extract"):
        (tmp_path / name).write_bytes(content)
        ran = lockgate("migrate", "look", str(tmp_path / name), *words, "--json")
        return ran.code, json.loads(ran.out) if ran.out else json.loads(ran.err)["error"]

    return told


def seems(answer):
    return {one["name"]: one["seems"] for one in answer["columns"]}


def test_letters_separator_names_and_values_are_told(look):
    code, answer = look(ROWS, "--encoding", "cp1252")
    assert code == 0
    assert {key: answer[key] for key in ("ok", "kind", "rows", "encoding", "because", "separator", "header")} == {
        "ok": True,
        "kind": "csv",
        "rows": 2,
        "encoding": "cp1252",
        "because": "it is declared",
        "separator": ";",
        "header": 1,
    }
    assert seems(answer) == {
        "NO": "integer",
        "NAME": "text",
        "PLZ": "text: digits with zeros in front",
        "SEIT": "day, %d.%m.%Y",
        "SUMME": "decimal with a comma",
        "MENGE": "integer",
        "FREI": "nothing",
    }
    assert answer["columns"][1] == {
        "name": "NAME",
        "seems": "text",
        "filled": 2,
        "distinct": 2,
        "examples": ["Müller", "Voss"],
    }


def test_what_has_to_be_declared_is_the_answer(look):  # L2
    code, answer = look(ROWS)
    assert (code, answer["ok"], answer["columns"]) == (1, False, [])
    assert [(one["at"], one["do"].partition(" that")[0]) for one in answer["refusals"]] == [
        ("extract:2:4", "Declare the `encoding`")
    ]


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        (("3/4/2024", "12/1/2025"), "day, %d/%m/%Y or day, %m/%d/%Y"),
        (("13/4/2024", "2/1/2025"), "day, %d/%m/%Y"),
        (("1,234", "5,678"), "decimal with a point or decimal with a comma"),
        (("1,234.5", "7"), "decimal with a point"),
        (("0815", "4711.5"), "text: digits with zeros in front"),
        (("0815", "A1"), "text"),
        (("2024-02-29", "2025-12-31"), "day, %Y-%m-%d"),
        (("-3", "0"), "integer"),
    ],
    ids=str,
)
def test_what_a_column_seems_to_hold_is_what_all_of_it_fits(look, values, seen):  # L3
    _, answer = look("\n".join(["NO|VALUE", *(f"a{n}|{value}" for n, value in enumerate(values))]).encode())
    assert seems(answer)["VALUE"] == seen


def test_a_workbook_is_known_by_its_bytes_and_not_by_its_name(look, tmp_path):  # L1
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as book:
        book.add_worksheet("Stock").write_row(0, 0, ["SKU", "QTY"])
        book.get_worksheet_by_name("Stock").write_row(1, 0, ["007", 3])
    code, answer = look((tmp_path / "made.xlsx").read_bytes(), name="stock.csv")
    assert (code, answer["kind"], answer["encoding"]) == (0, "xlsx", "")
    assert seems(answer) == {"SKU": "text: digits with zeros in front", "QTY": "integer"}


def test_older_workbooks_and_open_ones_are_looked_at_alike(look, tmp_path):
    book = xlwt.Workbook()
    for number, row in enumerate((("SKU", "QTY"), ("007", 3))):
        for column, value in enumerate(row):
            (book.get_sheet("Stock") if number or column else book.add_sheet("Stock")).write(number, column, value)
    book.save(str(tmp_path / "made.xls"))
    rows = ods.row(ods.cell("SKU"), ods.cell("QTY")), ods.row(ods.cell("007"), ods.cell("3", "float", value="3"))
    ods.write(tmp_path / "made.ods", ods.sheet("Stock", *rows))
    for name in ("made.xls", "made.ods"):
        code, answer = look((tmp_path / name).read_bytes(), name="stock")
        assert (code, answer["kind"], answer["rows"]) == (0, "xlsx", 1)
        assert seems(answer) == {"SKU": "text: digits with zeros in front", "QTY": "integer"}


def test_of_a_database_a_table_is_to_be_named(look, tmp_path):
    with closing(sqlite3.connect(tmp_path / "made.db")) as database:
        database.execute("CREATE TABLE item (sku TEXT, price INTEGER)")
        database.execute("INSERT INTO item VALUES ('A-1', 12)")
        database.execute("CREATE TABLE maker (name TEXT)")
        database.commit()
    content = (tmp_path / "made.db").read_bytes()
    code, error = look(content)
    assert (code, error["do"]) == (2, "Say which with `--table`: item, maker.")
    code, answer = look(content, "--table", "item")
    assert (code, answer["kind"], seems(answer)) == (0, "sqlite", {"sku": "text", "price": "integer"})


def test_a_file_that_is_not_there_is_told(lockgate, tmp_path):
    ran = lockgate("migrate", "look", str(tmp_path / "nothing.csv"))
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"Error: There is no file {tmp_path / 'nothing.csv'}.")
