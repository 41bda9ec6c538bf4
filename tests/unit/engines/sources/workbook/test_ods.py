"""Does each cell of an ODS workbook come as what it holds, or as a refusal with its address?"""

from datetime import date, datetime
from decimal import Decimal

import pytest

from lockgate.engines.sources import Column, Extract, Kind
from support.ods import SHOWN, cell, content_of, element, row, sheet, write
from support.staging import told

SHAPE = (
    "<draw:custom-shape><text:p>Look<text:tab/>here</text:p></draw:custom-shape>"
    "<draw:frame><draw:text-box><text:p>and here</text:p></draw:text-box></draw:frame>"
)

NOTE = "<office:annotation><text:p>Look</text:p></office:annotation>"


def workbook(round_, *rows, columns="", sheets=(), **parts) -> None:
    """Write a workbook whose first sheet has the names in its first row."""
    items = sheet("Items", columns, row(cell("code"), cell("value")), *rows)
    write(round_.folder / "items.ods", items, *sheets, **parts)


def stage(round_, *columns, **declared):
    return round_.stage(Extract(Kind.WORKBOOK, path="items.ods", columns=columns, **declared))


RIGHT = {
    "a code with zeros": ("text", cell("00123"), "00123", "00123"),
    "a fraction": ("decimal", cell("1.234,50", "float", value="1234.5"), "1234.5", Decimal("1234.5")),
    "a share": ("decimal", cell("50 %", "percentage", value="0.5"), "0.5", Decimal("0.5")),
    "an amount": ("decimal", cell("5 EUR", "currency", value="5", currency="EUR"), "5", Decimal(5)),
    "a truth value": ("boolean", cell("WAHR", "boolean", boolean_value="true"), "true", True),
    "a day": ("date", cell("15.03.23", "date", date_value="2023-03-15"), "2023-03-15", date(2023, 3, 15)),
    "a moment": (
        "datetime",
        cell("15.03.23", "date", date_value="2023-03-15T06:00:00"),
        "2023-03-15 06:00:00",
        datetime(2023, 3, 15, 6),  # noqa: DTZ001 - a sheet knows no zones
    ),
    "a formula": ("integer", cell("2", "float", value="2", formula="of:=1+1"), "2", 2),
    "a formula that gives no text": ("text", cell("", formula='of:=""'), "", None),
    "a number beside a shape": ("integer", cell("5", "float", value="5", beside=SHAPE), "5", 5),
    "a text beside a note": ("text", cell("a", beside=NOTE), "a", "a"),
    "a text beside a bare picture": ("text", cell("a", beside="<draw:frame><draw:image/></draw:frame>"), "a", "a"),
    "a text that looks like an error": ("text", cell("#N/A"), "#N/A", "#N/A"),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_cell_comes_as_what_it_holds(case, round_):
    kind, given, raw, typed = RIGHT[case]
    workbook(round_, row(cell("k"), given))
    staged = stage(round_, Column("value", kind))
    assert (told(staged), staged.unparsed) == ([], 0)
    assert (round_.raw, round_.typed) == ([(2, "k", raw)], [(2, "k", typed)])


REFUSED = {
    "serial 60": (
        cell("x", "date", date_value="1900-02-28"),
        "B2: The date is before March 1900, on which spreadsheets differ. Write it as text.",
    ),
    "16 digits": (
        cell("x", "float", value="1234567890123456"),
        "B2: The number has more than 15 digits: some are lost. Write it as text.",
    ),
    "an error": (
        cell("#DIV/0!", formula="of:=1/0"),
        "B2: The cell holds the error #DIV/0!. Repair it in the workbook.",
    ),
    "an error beside a shape": (
        cell("#DIV/0!", formula="of:=1/0", beside=SHAPE),
        "B2: The cell holds the error #DIV/0!. Repair it in the workbook.",
    ),
    "a text beside a shape": (
        cell("a", beside=SHAPE),
        "B2: A shape or picture at the cell has a paragraph, which would be mixed into its text. Move it elsewhere.",
    ),
    "an error by its number": (
        cell("Err:502", "float", value="0", formula="of:=A("),
        "B2: The cell holds the error Err:502. Repair it in the workbook.",
    ),
    "a formula without result": (
        cell(None, None, formula="of:=A1"),
        "B2: The result of the formula was not saved. Open the workbook in a spreadsheet, and save it.",
    ),
    "merged cells": (
        cell("x", columns_spanned="2", rows_spanned="3"),
        "B2: The cell is merged with those up to C4. Take the merging off.",
    ),
    "zeros that are only shown": (
        cell("00123", "float", value="123", style_name=SHOWN),
        "B2: The number is shown with zeros in front, which are not in the cell. Write it as text.",
    ),
    "a tab in a text": (
        cell("a", inside="<text:tab/>"),
        "B2: A tab or line end within a paragraph of the text would be lost. Write it as text.",
    ),
    "a line end in a text": (
        cell("a", inside="<text:line-break/>"),
        "B2: A tab or line end within a paragraph of the text would be lost. Write it as text.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_cell_in_doubt_is_refused_with_its_address(case, round_):
    given, refusal = REFUSED[case]
    workbook(round_, row(cell("k"), given))
    assert told(stage(round_)) == [f"items.ods Items!{refusal}"]


def test_zeros_that_the_style_of_a_column_shows_are_refused(round_):
    attributes = {"table:number-columns-repeated": "2", "table:default-cell-style-name": SHOWN}
    columns = element("table:table-column", "", attributes)
    workbook(round_, row(cell("k"), cell("00123", "float", value="123")), columns=columns)
    assert [one.code for one in stage(round_).refusals] == ["shown-zeros"]
    assert told(stage(round_, Column("value", "integer"))) == []


def test_rows_and_columns_that_stand_for_several_are_counted(round_):
    many = row(cell("a", columns_repeated="2"), rows_repeated="3")
    wrong = row(cell("b"), cell("#N/A", formula="of:=NA()"))
    nothing = row(cell(None, None, columns_repeated="16384"), rows_repeated="1048000")
    workbook(round_, many, nothing)
    assert told(stage(round_)) == []
    assert round_.raw == [(2, "a", "a"), (3, "a", "a"), (4, "a", "a")]
    workbook(round_, many, wrong, nothing)
    assert told(stage(round_)) == ["items.ods Items!B5: The cell holds the error #N/A. Repair it in the workbook."]


def test_an_empty_sheet_and_a_name_that_stands_twice_are_told(round_):
    workbook(round_, sheets=[sheet("Empty"), sheet("Twice", row(cell("code"), cell("Code")))])
    assert told(stage(round_, sheet="Empty")) == ["items.ods Empty: The sheet is empty. Declare another `sheet`."]
    assert told(stage(round_, sheet="Twice")) == [
        "items.ods Twice: A name stands twice: 'code' (column 1) and 'Code' (column 2). Rename one of them."
    ]


def test_cells_that_would_take_all_memory_are_refused_before_they_are_parsed(round_):
    workbook(round_, row(cell("1", columns_repeated="16384"), rows_repeated="1048575"))
    assert told(stage(round_)) == [
        (
            "items.ods: The file is not opened: the cells of a sheet reach to XFD1048576, which is room for "
            "17,179,869,184; 50,000,000 is the most. Save it again."
        )
    ]


BROKEN = {
    "a bomb": ("content.xml", "<a>" + " " * 20_000_000 + "</a>", "a part of 20,000,007 bytes packed into"),
    "a document type": ("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "the part 'content.xml' declares"),
    "a path that leads out": ("../evil.xml", "<a/>", "the part '../evil.xml' leads out of the file"),
    "no XML": ("content.xml", "locked", "the part 'content.xml' is broken, or has a password"),
    "a number that is none": (
        "content.xml",
        content_of(sheet("Items", row(rows_repeated="9999999999"))),
        "`9999999999` is no number of rows",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_may_not_be_unpacked_is_refused_before_it_is_parsed(case, round_):
    part, content, why = BROKEN[case]
    workbook(round_, **{part: content})
    (refusal,) = stage(round_).refusals
    assert (refusal.code, refusal.message.removeprefix("The file is not opened: ")[: len(why)]) == ("unpacking", why)


def test_a_packed_file_that_is_no_workbook_is_told(round_):
    workbook(round_, mimetype="application/vnd.oasis.opendocument.text")
    assert told(stage(round_)) == ["items.ods: The file is no XLSX, XLS or ODS workbook. Save it as one of them."]
