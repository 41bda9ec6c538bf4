"""A workbook that is written row by row is read back as the table that it was, whatever stands in it."""

import io
import tracemalloc
from datetime import date

import pytest
import python_calamine

from lockgate.kernel.errors import UsageError
from lockgate.ledger.registers.files.workbook import letters
from lockgate.ledger.registers.files.xlsx_file import write_xlsx

HEADINGS = ["id", "said"]


def _read(content):
    with python_calamine.load_workbook(io.BytesIO(content)) as book:
        return book.sheet_names, book.get_sheet_by_name(book.sheet_names[0]).to_python(skip_empty_area=False)


def test_texts_numbers_days_and_truths_stand_as_what_they_are():
    rows = [["A-1", 'a < b & "c"'], ["A-2", 0.1], ["A-3", date(2026, 3, 1)], ["A-4", True], ["A-5", 12_345_678_901]]

    assert _read(write_xlsx("gap", HEADINGS, rows)) == (["gap"], [HEADINGS, *rows])


@pytest.mark.parametrize(
    "text", [" two spaces  ", "two\nlines", "a\ttab", "a bell \x07", "_x0041_ is no A", "=1+1", "😀", "]]>"]
)
def test_whatever_somebody_wrote_is_read_back(text):  # B1
    assert _read(write_xlsx("gap", HEADINGS, [["A-1", text]]))[1][1] == ["A-1", text]


def test_what_is_not_there_leaves_its_cell_empty():
    assert _read(write_xlsx("gap", [*HEADINGS, "due"], [[None, "", "x"]]))[1][1] == ["", "", "x"]


def test_the_same_table_is_the_same_file_at_any_time():  # B2
    assert write_xlsx("gap", HEADINGS, [["A-1", 1]]) == write_xlsx("gap", HEADINGS, iter([iter(["A-1", 1])]))


def test_a_name_that_no_sheet_can_have_is_made_one():
    names = [_read(write_xlsx(name, HEADINGS, []))[0] for name in ("gate: site/ghent", "it's [all] & more", "x" * 40)]

    assert names == [["gate  site ghent"], ["it's  all  & more"], ["x" * 31]]


def test_a_text_that_no_cell_holds_is_told_and_never_cut():  # Z2
    with pytest.raises(UsageError) as refused:
        write_xlsx("gap", HEADINGS, [["A-1", "x" * 32_768]])

    assert refused.value.what == "The said of row 2 are too long for XLSX."


def test_columns_are_called_as_spreadsheets_call_them():
    assert [letters(column) for column in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_ten_times_as_many_rows_take_no_more_memory_than_their_file():
    def needed(rows):
        tracemalloc.start()
        try:
            content = write_xlsx("gap", HEADINGS, ([f"A-{number}", "the same"] for number in range(rows)))
            return tracemalloc.get_traced_memory()[1] - 2 * len(content)
        finally:
            tracemalloc.stop()

    assert needed(20_000) < 1.5 * needed(2_000)
