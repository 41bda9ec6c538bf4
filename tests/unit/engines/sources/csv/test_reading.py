"""Is a CSV file staged value by value as it stands, with its lines, or refused with the place of the fault?"""

import csv
import hashlib
import io

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from lockgate.engines.sources import Column
from support.staging import Round, told

QUOTE = "A quote inside of a quoted value is written twice; nothing stands between a quote and its separator."
ONE_KIND = "Ask for the file with line ends of one kind."
UNCLOSED = (
    "A quote opens a value here, and nothing closes it up to the end of the file. "
    "The file may be cut off: ask for it again, or double the quote."
)
HEADER = "Declare the `header`: the line that has the names, or 0 when none has."
NARROW = "Leave out what is not needed, or turn columns into rows."
LONGER = "Declare `longest_cell` if values may be that long."
FEW = "A line end may stand in a value that is not quoted."
MANY = "A separator may stand in a value that is not quoted."
CUT = "It is the last one: the file may be cut off. Ask for it again."
LONE = "A line end of another kind than in the lines before: it could end the record or be part of a value."

RIGHT = {
    "plain": (b"id,name\n1,Ann\n2,Bo\n", [(2, "1", "Ann"), (3, "2", "Bo")]),
    "no line end at the end": (b"id,name\n1,Ann", [(2, "1", "Ann")]),
    "a mark of UTF-8": (b"\xef\xbb\xbfid,name\n1,Ann\n", [(2, "1", "Ann")]),
    "CRLF": (b"id,name\r\n1,Ann\r\n2,Bo", [(2, "1", "Ann"), (3, "2", "Bo")]),
    "CR": (b"id,name\r1,Ann\r2,Bo\r", [(2, "1", "Ann"), (3, "2", "Bo")]),
    "CRLF and LF": (b"id,name\r\n1,Ann\n2,Bo\r\n", [(2, "1", "Ann"), (3, "2", "Bo")]),
    "CRLF, LF and CRLF in quotes": (
        b'id,name\r\n1,"A\r\nn"\n\r\n2,Bo\r\n',
        [(2, "1", "A\r\nn"), (5, "2", "Bo")],
    ),
    "line ends in quotes count": (b'id,name\n1,"A\nn\n"\n2,Bo\n', [(2, "1", "A\nn\n"), (5, "2", "Bo")]),
    "CR in quotes is kept": (b'id,name\n1,"A\rn"\n2,Bo\n', [(2, "1", "A\rn"), (3, "2", "Bo")]),
    "doubled quotes": (b'id,name\n1,"5"" pipe"\n', [(2, "1", '5" pipe')]),
    "a quote inside of a value": (
        b'id,name\n1,5" pipe\n2,"x\ny"\n3,z\n',
        [(2, "1", '5" pipe'), (3, "2", "x\ny"), (5, "3", "z")],
    ),
    "blanks are kept": (b"id,name\n 1 ,  \n", [(2, " 1 ", "  ")]),
    "empty and empty in quotes": (b'id,name\n,""\n"",\n', [(2, "", ""), (3, "", "")]),
    "zeros in front are kept": (b"id,name\n00123,1e5\n", [(2, "00123", "1e5")]),
    "words for nothing are kept": (b"id,name\nNULL,\\N\nnan,#\n", [(2, "NULL", "\\N"), (3, "nan", "#")]),
    "lines without anything": (b"id,name\n\n1,Ann\n\n\n2,Bo\n\n", [(3, "1", "Ann"), (6, "2", "Bo")]),
    "blank lines before the names": (b"\n\nid,name\n1,Ann\n", [(4, "1", "Ann")]),
    "names of two lines": (b'"id\nno",name\n1,Ann\n', [(3, "1", "Ann")]),
    "no rows": (b"id,name\n", []),
    "the names alone": (b"id,name", []),
    "semicolon": (b"id;name\n1;1,5\n", [(2, "1", "1,5")]),
    "tab": (b"id\tname\n1\tA,n\n", [(2, "1", "A,n")]),
    "bar": (b"id|name\n1|Ann\n", [(2, "1", "Ann")]),
    "a column without name and values": (b"id;name;\n1;Ann;\n", [(2, "1", "Ann")]),
    "a byte order mark of UTF-16": ("id,name\n1,Zoë\n".encode("utf-16"), [(2, "1", "Zoë")]),
}


@pytest.mark.parametrize("case", RIGHT)
def test_every_value_comes_as_it_stands_with_its_line(case, round_):
    content, rows = RIGHT[case]
    assert told(round_.csv(content)) == []
    assert round_.raw == rows


def test_one_column_needs_no_separator(round_):
    assert round_.csv(b"id\n1\n\n2\n").columns == ("id",)
    assert round_.raw == [(2, "1"), (4, "2")]


REFUSED = {
    "empty": (b"", ["items.csv:1:1: The file is empty. Ask for it again."]),
    "only line ends": (
        b"\n\n",
        ["items.csv:1:1: The file is empty. Ask for it again; a table without rows has names."],
    ),
    "gzip": (b"\x1f\x8b\x08\x00rest", ["items.csv: The file is packed, or no CSV. Unpack it first."]),
    "a zip": (b"PK\x03\x04rest", ["items.csv: The file is packed, or no CSV. Unpack it first."]),
    "a value too few": (
        b"id,name\n1,Ann\n2\n3,Cy\n",
        [f"items.csv:3: The line has 1 values, and there are 2 columns. {FEW}"],
    ),
    "another separator later": (
        b"id;name\n1;Ann\n2,Bo\n",
        [f"items.csv:3: The line has 1 values, and there are 2 columns. {CUT}"],
    ),
    "a stray quote": (
        b'id,name\n1,"5" pipe"\n',
        [f"items.csv:2:6: A quote neither opens nor closes a value here. {QUOTE}"],
    ),
    "a blank before a quote": (
        b'id,name\n1, "Ann"\n',
        [f"items.csv:2:3: A quote neither opens nor closes a value here. {QUOTE}"],
    ),
    "a quote never closed": (
        b'id,name\n1,"Ann\n2,Bo\n',
        [
            f"items.csv:2:3: {UNCLOSED}",
        ],
    ),
    "a lone CR": (b"id,name\n1,A\rn\n", [f"items.csv:2:4: {LONE} {ONE_KIND}"]),
    "a name twice": (
        b"id,name,Id\n1,2,3\n",
        ["items.csv:1: A name stands twice: 'id' (column 1) and 'Id' (column 3). Rename one of them."],
    ),
    "a name that is ours": (
        b"id,_ROW\n1,2\n",
        ["items.csv:1: A column is called _row. Rename it in the file, or name columns in a query."],
    ),
    "a value under no name": (
        b"id;name;\n1;Ann;\n2;Bo;x\n",
        ["items.csv:3: Column 3 has no name, and here the value 'x'. Name the column in the file."],
    ),
    "two separators": (
        b"a;b,c;d,e\n1;2,3;4,5\n",
        ["items.csv:1:1: The separator may be comma and semicolon. Declare `separator`."],
    ),
    "no names": (
        b"1,Ann\n2,Bo\n",
        [
            f"items.csv:1:1: The first line has '1', which is no name of a column. {HEADER}",
        ],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_in_doubt_is_refused_with_its_place(case, round_):
    content, refusals = REFUSED[case]
    assert told(round_.csv(content)) == refusals


def test_lines_with_other_numbers_of_values_are_all_told(round_):
    staged = round_.csv(b"id,name\n1,Ann\n2\n3,Cy,x\n4,D,\n5", separator=",")
    assert told(staged) == [
        f"items.csv:3: The line has 1 values, and there are 2 columns. {FEW}",
        f"items.csv:4: The line has 3 values, and there are 2 columns. {MANY}",
        f"items.csv:5: The line has 3 values, and there are 2 columns. {MANY}",
        f"items.csv:6: The line has 1 values, and there are 2 columns. {CUT}",
    ]


def test_a_declared_column_that_is_gone_is_told_with_one_that_is_like_it(round_):
    meant = "Did you mean 'Customer name'? Declare it under that name."
    staged = round_.csv(b"id,Customer name,x\n1,Ann,2\n", Column("id"), Column("customer_name"), Column("zip"))
    assert told(staged) == [
        f"items.csv:1: The declared column 'customer_name' is not there. {meant}",
        "items.csv:1: The declared column 'zip' is not there. Not declared are: 'Customer name', 'x'.",
    ]


def test_the_names_are_found_below_other_lines_by_the_declared_columns(round_):
    content = b"Export of 2024;\nCustomers;\n\nid;name\n1;Ann\n"
    assert told(round_.csv(content, Column("id"), Column("name"), separator=";")) == []
    assert round_.raw == [(5, "1", "Ann")]


def test_a_declared_header_is_a_line_of_the_file(round_):
    assert told(round_.csv(b"Export of 2024\nid;name\n1;Ann\n", header=2)) == []
    assert round_.raw == [(3, "1", "Ann")]


def test_a_file_without_names_has_the_declared_columns_in_their_order(round_):
    assert told(round_.csv(b"1,Ann\n2,Bo\n", Column("id", "integer"), Column("name"), header=0)) == []
    assert round_.typed == [(1, 1, "Ann"), (2, 2, "Bo")]


def test_a_star_in_the_name_of_a_file_is_no_pattern(round_):
    (round_.folder / "it1.csv").write_bytes(b"id,name\n9,No\n")
    assert told(round_.csv(b"id,name\n1,Ann\n", name="it*.csv")) == []
    assert round_.raw == [(2, "1", "Ann")]


def test_a_copy_leaves_nothing_behind(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    here = Round(folder)
    here.csv("id,name\n1,Zoë\n".encode("cp1252"), encoding="cp1252")
    assert here.raw == [(2, "1", "Zoë")]
    assert [path.name for path in folder.iterdir()] == ["items.csv"]


def test_a_value_that_is_too_long_is_told_with_its_row(round_):
    content = b"id,name\n1,Ann\n2," + b"x" * 32_768 + b"\n3," + b"y" * 32_767 + b"\n"
    long = (
        "The value of 'name' has 32,768 letters; 32,767 is the most. Declare `longest_cell` if values may be that long."
    )
    assert told(round_.csv(content)) == [f"items.csv:3: {long}"]
    assert told(round_.csv(content, longest_cell=40_000)) == []


def test_a_value_of_millions_of_letters_is_refused_or_read_as_declared(round_):
    content = b'id,name\n1,"' + b"x" * 3_000_000 + b'"\n2,Bo\n'
    told_long = f"The value of 'name' has 3,000,000 letters; 32,767 is the most. {LONGER}"
    assert told(round_.csv(content)) == [f"items.csv:2: {told_long}"]
    assert told(round_.csv(content, longest_cell=3_000_000)) == []
    assert round_.rows("SELECT _row, length(name) FROM raw.items ORDER BY _row") == [(2, 3_000_000), (3, 2)]


def test_more_columns_than_a_table_has_are_refused(round_):
    names = ",".join(f"c{number}" for number in range(16_384))
    assert told(round_.csv(f"{names}\n{names}\n")) == [
        f"items.csv:1: There are 16,384 columns; 2,000 is the most. {NARROW}"
    ]


def test_the_digest_is_that_of_the_bytes(round_):
    content = b"\xef\xbb\xbfid,name\n1,Ann\n"
    assert round_.csv(content).digest == hashlib.sha256(content).hexdigest()


TEXTS = st.text(st.characters(exclude_characters="\0\ufffd", exclude_categories=("Cs",)), max_size=12)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be", "cp1252", "latin-1", "cp850", "cp437", "gb18030"]


@st.composite
def tables(draw):
    """Rows of texts, and how a program writes them as CSV."""
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(TEXTS, min_size=width, max_size=width), max_size=6))
    separator, line_end = draw(st.sampled_from(",;\t|~")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = io.StringIO(newline="")
    quoting = draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    bare = {letter for row in rows for value in row for letter in value} & set("\r\n") - set(line_end)
    assume(quoting == csv.QUOTE_ALL or not bare)  # the writer quotes its own line ends only: no reader could tell these
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end, quoting=quoting)
    writer.writerow(f"c{number}" for number in range(width))
    writer.writerows(rows)
    return rows, separator, text.getvalue()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much])
@given(table=tables(), encoding=st.sampled_from(ENCODINGS))
def test_any_text_survives_in_any_encoding_that_can_hold_it(table, encoding, round_):
    rows, separator, text = table
    controls = any("\x80" <= letter <= "\x9f" for letter in text)
    assume(encoding.startswith(("utf", "gb")) or not controls)  # refused there: see test_encoding
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        reject()
    staged = round_.csv(content, encoding=encoding, separator=separator, encoding_sure=True)
    assert told(staged) == []
    assert [row[1:] for row in round_.raw] == [tuple(row) for row in rows]
