"""Does each cell of a workbook come as what it holds, or as a refusal with its address?"""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from lockgate.engines.sources import Column, Extract, Kind, Notation
from support.staging import told


def workbook(round_, draw, name="items.xlsx", **options) -> bytes:
    """Write a workbook whose first sheet has the names in its first row; return its bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        page = book.add_worksheet("Items")
        page.write_row(0, 0, ["code", "value"])
        draw(book, page)
    (round_.folder / name).write_bytes(file.getvalue())
    return file.getvalue()


def stage(round_, *columns, **declared):
    return round_.stage(Extract(Kind.WORKBOOK, path="items.xlsx", columns=columns, **declared))


def day(book):
    return book.add_format({"num_format": "yyyy-mm-dd"})


RIGHT = {
    "a code with zeros": ("text", lambda book, page: page.write_string("B2", "00123"), "00123", "00123"),
    "a long code": (
        "text",
        lambda book, page: page.write_string("B2", "1234567890123456789"),
        "1234567890123456789",
        "1234567890123456789",
    ),
    "blanks around a text": ("text", lambda book, page: page.write_string("B2", " a "), " a ", " a "),
    "a number as a code": ("text", lambda book, page: page.write_number("B2", 123), "123", "123"),
    "15 digits": (
        "integer",
        lambda book, page: page.write_number("B2", 999_999_999_999_999),
        "999999999999999",
        999_999_999_999_999,
    ),
    "a fraction": ("decimal", lambda book, page: page.write_number("B2", 1234.5), "1234.5", Decimal("1234.5")),
    "a small number": ("decimal", lambda book, page: page.write_number("B2", 1e-7), "0.0000001", Decimal("0.0000001")),
    "a number as text": (
        "decimal",
        lambda book, page: page.write_string("B2", "(32000.00)"),
        "(32000.00)",
        Decimal(-32000),
    ),
    "a truth value": ("boolean", lambda book, page: page.write_boolean("B2", True), "true", True),  # noqa: FBT003 - theirs
    "a formula": ("integer", lambda book, page: page.write_formula("B2", "=1+1", None, 2), "2", 2),
    "a formula with a text": ("text", lambda book, page: page.write_formula("B2", '="a"', None, "a"), "a", "a"),
    "serial 61": ("date", lambda book, page: page.write_number("B2", 61, day(book)), "1900-03-01", date(1900, 3, 1)),
    "a date": ("date", lambda book, page: page.write_number("B2", 45000, day(book)), "2023-03-15", date(2023, 3, 15)),
    "a moment": (
        "datetime",
        lambda book, page: page.write_number("B2", 45000.25, day(book)),
        "2023-03-15 06:00:00",
        datetime(2023, 3, 15, 6),  # noqa: DTZ001 - a sheet knows no zones
    ),
    "a date as text": (
        "date",
        lambda book, page: page.write_string("B2", "2023-03-15"),
        "2023-03-15",
        date(2023, 3, 15),
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_cell_comes_as_what_it_holds(case, round_):
    kind, draw, raw, typed = RIGHT[case]
    workbook(round_, lambda book, page: (page.write_string("A2", "k"), draw(book, page)))
    staged = stage(round_, Column("value", kind))
    assert (told(staged), staged.unparsed) == ([], 0)
    assert (round_.raw, round_.typed) == ([(2, "k", raw)], [(2, "k", typed)])


def test_dates_count_from_1904_where_the_workbook_says_so(round_):
    workbook(round_, lambda book, page: page.write_number("B2", 59, day(book)), date_1904=True)
    stage(round_, Column("value", "date"))
    assert round_.typed == [(2, None, date(1904, 2, 29))]


@pytest.mark.parametrize(("serial", "shown"), [(0, "00:00:00"), (0.5, "12:00:00"), (2_958_466, "2958466")])
def test_what_is_no_day_is_a_finding(serial, shown, round_):
    workbook(round_, lambda book, page: page.write_number("B2", serial, day(book)))
    assert stage(round_, Column("value", "date")).unparsed == 1
    assert round_.findings == [(2, "unreadable", "value", shown, "It is not written as YYYY-MM-DD.")]


REFUSED = {
    "serial 59": (
        lambda book, page: page.write_number("B2", 59, day(book)),
        "B2: The date is before March 1900, on which spreadsheets differ. Write it as text.",
    ),
    "serial 60": (
        lambda book, page: page.write_number("B2", 60, day(book)),
        "B2: The date is before March 1900, on which spreadsheets differ. Write it as text.",
    ),
    "16 digits": (
        lambda book, page: page.write_number("B2", 1_234_567_890_123_456),
        "B2: The number has more than 15 digits: some are lost. Write it as text.",
    ),
    "an error": (
        lambda book, page: page.write_formula("B2", "=1/0", None, "#DIV/0!"),
        "B2: The cell holds the error #DIV/0!. Repair it in the workbook.",
    ),
    "a formula without result": (
        lambda book, page: page.write_formula("B2", "=A1", None, ""),
        "B2: The result of the formula was not saved. Open the workbook in a spreadsheet, and save it.",
    ),
    "merged cells": (
        lambda book, page: page.merge_range("A2:B3", "x"),
        "A2: The cell is merged with those up to B3. Take the merging off.",
    ),
    "zeros that are only shown": (
        lambda book, page: page.write_number("B2", 123, book.add_format({"num_format": "00000"})),
        "B2: The number is shown with zeros in front, which are not in the cell. Write it as text.",
    ),
    "a value beside the names": (
        lambda book, page: page.write_number("D2", 1),
        "D2: The cell has a value, and its column has no name. Name the column, or clear the cell.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_cell_in_doubt_is_refused_with_its_address(case, round_):
    draw, refusal = REFUSED[case]
    workbook(round_, draw)
    assert told(stage(round_)) == [f"items.xlsx Items!{refusal}"]


def test_numbers_and_texts_of_a_column_are_read_by_one_notation(round_):
    def draw(book, page):
        page.write_column("B2", [1234.5, "1.234,5", 1.5])
        page.write_datetime("A2", datetime(2024, 1, 5), day(book))  # noqa: DTZ001 - a sheet knows no zones
        page.write_string("A3", "06.01.2024")

    workbook(round_, draw)
    comma = Notation(decimal=",", thousands=".", date="%d.%m.%Y")
    stage(round_, Column("code", "date"), Column("value", "decimal"), notation=comma)
    assert round_.raw == [(2, "05.01.2024", "1234,5"), (3, "06.01.2024", "1.234,5"), (4, "", "1,5")]
    assert round_.typed == [
        (2, date(2024, 1, 5), Decimal("1234.5")),
        (3, date(2024, 1, 6), Decimal("1234.5")),
        (4, None, Decimal("1.5")),
    ]


def test_empty_rows_are_left_out_and_titles_may_stand_above_the_names(round_):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Items")
        page.merge_range("C2:D2", "Items of 2024")
        page.write_row("C4", ["code", "value"])
        page.write_row("C6", ["a", 1])
    (round_.folder / "items.xlsx").write_bytes(file.getvalue())
    for declared in ({"header": 4}, {"columns": (Column("code"),)}):
        assert told(round_.stage(Extract(Kind.WORKBOOK, path="items.xlsx", **declared))) == []
        assert round_.raw == [(6, "a", "1")]


def test_only_one_sheet_that_can_be_seen_needs_no_declaration(round_):
    workbook(round_, lambda book, page: (page.write_row("A2", ["a", 1]), book.add_worksheet("Old").hide()))
    assert told(stage(round_)) == []
    workbook(round_, lambda book, page: (page.write_row("A2", ["a", 1]), book.add_worksheet("Old")))
    assert told(stage(round_)) == ["items.xlsx: 2 sheets can be seen: 'Items', 'Old'. Declare the `sheet`."]
    assert told(stage(round_, sheet="Items")) == []
    assert told(stage(round_, sheet="items")) == ["items.xlsx: There is no sheet 'items'. There are: 'Items', 'Old'."]


def changed(content: bytes, name: str, text: str) -> bytes:
    """Return a workbook with one of its parts replaced, or one more."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return file.getvalue()


BOMBS = {
    "xl/worksheets/sheet1.xml": "<worksheet>" + " " * 20_000_000 + "</worksheet>",
    "../evil.xml": "<a/>",
    "xl/sharedStrings.xml": '<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]><sst>&d;</sst>',
}


@pytest.mark.parametrize("part", BOMBS)
def test_what_may_not_be_unpacked_is_refused_before_it_is_parsed(part, round_):
    content = workbook(round_, lambda book, page: page.write_row("A2", ["a", 1]))
    (round_.folder / "items.xlsx").write_bytes(changed(content, part, BOMBS[part]))
    (refusal,) = stage(round_).refusals
    assert (refusal.place, refusal.code) == ("items.xlsx", "unpacking")


def test_two_cells_so_far_apart_that_they_would_take_all_memory_are_refused(round_):
    workbook(round_, lambda book, page: page.write("XFD1048576", "far"))
    assert told(stage(round_)) == [
        (
            "items.xlsx: The file is not opened: the cells of a sheet reach to XFD1048576, which is room for "
            "17,179,869,184; 50,000,000 is the most. Save it again."
        )
    ]


def test_cells_that_do_not_say_where_they_are_follow_the_one_before(round_):
    content = workbook(round_, lambda book, page: page.write_formula("B2", "=1/0", None, "#DIV/0!"))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    bare = sheet.replace(' r="A1"', "").replace(' r="B1"', "").replace('<c r="B2"', "<c/><c")
    (round_.folder / "items.xlsx").write_bytes(changed(content, "xl/worksheets/sheet1.xml", bare))
    assert told(stage(round_)) == ["items.xlsx Items!B2: The cell holds the error #DIV/0!. Repair it in the workbook."]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unpacking"), (b"id\n", "unpacking"), (b"", "unpacking")],
)
def test_what_is_no_workbook_is_told(content, code, round_):
    (round_.folder / "items.xlsx").write_bytes(content)
    (refusal,) = stage(round_).refusals
    assert (refusal.place, refusal.code) == ("items.xlsx", code)
