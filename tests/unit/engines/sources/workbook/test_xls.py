"""Does each cell of an XLS workbook come as what it holds, or as a refusal with its address? Files written by xlwt."""

import struct
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlwt

from lockgate.engines.sources import Column, Extract, Kind
from support.staging import told

DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")
CODE = xlwt.easyxf(num_format_str="00000")
ZEROS = ["shown-zeros"]


def workbook(round_, draw, *, since_1904=False, name="items.xls") -> bytes:
    """Write a workbook whose first sheet has the names in its first row; return its bytes."""
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    page = book.add_sheet("Items")
    page.write(0, 0, "code")
    page.write(0, 1, "value")
    draw(book, page)
    book.save(str(round_.folder / name))
    return (round_.folder / name).read_bytes()


def stage(round_, *columns, name="items.xls", **declared):
    return round_.stage(Extract(Kind.WORKBOOK, path=name, columns=columns, **declared))


RIGHT = {
    "a code with zeros": ("text", lambda page: page.write(1, 1, "00123"), "00123", "00123"),
    "a letter beyond ASCII": ("text", lambda page: page.write(1, 1, "Zoë Łuk"), "Zoë Łuk", "Zoë Łuk"),
    "a fraction": ("decimal", lambda page: page.write(1, 1, 1234.5), "1234.5", Decimal("1234.5")),
    "15 digits": ("integer", lambda page: page.write(1, 1, 999_999_999_999_999), "9" * 15, 999_999_999_999_999),
    "a truth value": ("boolean", lambda page: page.write(1, 1, True), "true", True),  # noqa: FBT003 - theirs
    "serial 61": ("date", lambda page: page.write(1, 1, 61, DAY), "1900-03-01", date(1900, 3, 1)),
    "a moment": (
        "datetime",
        lambda page: page.write(1, 1, 45000.25, DAY),
        "2023-03-15 06:00:00",
        datetime(2023, 3, 15, 6),  # noqa: DTZ001 - a sheet knows no zones
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_cell_comes_as_what_it_holds(case, round_):
    kind, draw, raw, typed = RIGHT[case]
    workbook(round_, lambda _, page: (page.write(1, 0, "k"), draw(page)))
    staged = stage(round_, Column("value", kind))
    assert (told(staged), staged.unparsed) == ([], 0)
    assert (round_.raw, round_.typed) == ([(2, "k", raw)], [(2, "k", typed)])


def test_dates_count_from_1904_where_the_workbook_says_so(round_):
    workbook(round_, lambda _, page: page.write(1, 1, 59, DAY), since_1904=True)
    stage(round_, Column("value", "date"))
    assert round_.typed == [(2, None, date(1904, 2, 29))]


REFUSED = {
    "serial 60": (
        lambda _, page: page.write(1, 1, 60, DAY),
        "B2: The date is before March 1900, on which spreadsheets differ. Write it as text.",
    ),
    "16 digits": (
        lambda _, page: page.write(1, 1, 1_234_567_890_123_456),
        "B2: The number has more than 15 digits: some are lost. Write it as text.",
    ),
    "an error": (
        lambda _, page: page.row(1).set_cell_error(1, "#DIV/0!"),
        "B2: The cell holds the error #DIV/0!. Repair it in the workbook.",
    ),
    "merged cells": (
        lambda _, page: page.write_merge(1, 2, 0, 1, "x"),
        "A2: The cell is merged with those up to B3. Take the merging off.",
    ),
    "zeros that are only shown": (
        lambda _, page: page.write(1, 1, 123, CODE),
        "B2: The number is shown with zeros in front, which are not in the cell. Write it as text.",
    ),
    "a value beside the names": (
        lambda _, page: page.write(1, 3, 1),
        "D2: The cell has a value, and its column has no name. Name the column, or clear the cell.",
    ),
    "a name twice": (
        lambda _, page: page.write(0, 2, "CODE"),
        None,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_cell_in_doubt_is_refused_with_its_address(case, round_):
    draw, refusal = REFUSED[case]
    workbook(round_, draw)
    doubled = "items.xls Items: A name stands twice: 'code' (column 1) and 'CODE' (column 3). Rename one of them."
    assert told(stage(round_)) == [f"items.xls Items!{refusal}" if refusal else doubled]


def test_a_formula_that_is_to_be_worked_out_when_the_workbook_is_opened_is_refused(round_):
    content = bytearray(workbook(round_, lambda _, page: page.write(1, 1, xlwt.Formula("A1"))))
    at = content.index(struct.pack("<HH", 1, 1), content.index(struct.pack("<HH", 0x06, 27)))
    struct.pack_into("<H", content, at + 14, 2)  # the writer has no word for it
    (round_.folder / "items.xls").write_bytes(content)
    assert told(stage(round_)) == [
        "items.xls Items!B2: The result of the formula was not saved. Open the workbook in a spreadsheet, and save it."
    ]


@pytest.mark.parametrize(
    ("result", "codes"),
    [(struct.pack("<B5xH", 0, 0xFFFF), []), (struct.pack("<B5xH", 3, 0xFFFF), []), (struct.pack("<d", 123), ZEROS)],
    ids=["a text", "no text", "a number"],
)
def test_zeros_are_shown_in_front_of_the_number_that_a_formula_gives_not_of_a_text(result, codes, round_):  # X3
    content = bytearray(workbook(round_, lambda _, page: page.write(1, 1, xlwt.Formula('"00123"'), CODE)))
    at = content.index(struct.pack("<HHHH", 0x06, 30, 1, 1))
    content[at + 10 : at + 18] = result
    (round_.folder / "items.xls").write_bytes(content)
    assert [one.code for one in stage(round_).refusals] == codes


def test_several_numbers_in_one_record_are_each_looked_at(round_):
    workbook(round_, lambda _, page: (page.write(1, 0, 7, CODE), page.write(1, 1, 8, CODE)))
    assert [one.place for one in stage(round_).refusals] == ["items.xls Items!A2", "items.xls Items!B2"]


def test_an_empty_sheet_is_told(round_):
    workbook(round_, lambda book, _: book.add_sheet("Empty"))
    assert told(stage(round_, sheet="Empty")) == [
        "items.xls Empty: The sheet is empty. Declare another `sheet`.",
    ]


def test_what_a_workbook_is_follows_from_its_bytes_not_from_its_name(round_):
    workbook(round_, lambda _, page: page.write(1, 0, "a"), name="items.xlsx")
    assert told(stage(round_, name="items.xlsx")) == []
    assert round_.raw == [(2, "a", "")]


def table_of(content: bytearray) -> int:
    """Return where the table stands that says which sector follows which."""
    return 512 * (struct.unpack_from("<I", content, 76)[0] + 1)


def round_in_a_circle(content: bytearray) -> None:
    first = struct.unpack_from("<I", content, 48)[0]
    struct.pack_into("<I", content, table_of(content) + 4 * first, first)


def far_away(content: bytearray) -> None:
    """Have the name of the second column stand in the last place that a record can name."""
    at = content.index(struct.pack("<HHHH", 0xFD, 10, 0, 1))
    struct.pack_into("<HH", content, at + 4, 0xFFFF, 0xFFFF)


def claims_many_rows(content: bytearray) -> None:
    at = content.index(struct.pack("<HHI", 0x200, 14, 0))
    struct.pack_into("<IIHH", content, at + 4, 0, 2**31, 0, 256)


def claims_many_sectors(content: bytearray) -> None:
    struct.pack_into("<I", content, 44, 2**31)


def claims_many_texts(content: bytearray) -> None:
    at = content.index(b"\x04\x00\x00code") - 9
    struct.pack_into("<I", content, at + 4, 2**31)


HARMFUL = {
    round_in_a_circle: "its sectors go round in a circle",
    far_away: "the cells of a sheet reach to CRXP65536, which is room for 4,294,967,296; 50,000,000 is the most",
    claims_many_rows: "the cells of a sheet reach to IV2147483648, which is room for 549,755,813,888; "
    "50,000,000 is the most",
    claims_many_sectors: "its header claims more than the file holds",
    claims_many_texts: "it claims more texts than it holds",
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_what_would_take_all_memory_is_refused_before_it_is_parsed(harm, round_):
    content = bytearray(workbook(round_, lambda _, page: page.write(1, 0, "a")))
    harm(content)
    (round_.folder / "items.xls").write_bytes(content)
    assert told(stage(round_)) == [f"items.xls: The file is not opened: {HARMFUL[harm]}. Save it again."]


def test_a_password_is_told(round_):
    content = bytearray(workbook(round_, lambda _, page: page.write(1, 0, "a")))
    at = content.index(struct.pack("<HH", 0x42, 2))  # the code page: of no use in this version of the records
    struct.pack_into("<H", content, at, 0x2F)
    (round_.folder / "items.xls").write_bytes(content)
    assert told(stage(round_)) == ["items.xls: The file is not opened: it has a password. Save it again."]
