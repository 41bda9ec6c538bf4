"""What is exported comes back as it was: nothing to import, whatever letters people use."""

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lockgate.kernel.register import Field, Kind
from lockgate.ledger.registers.action import Raise, Remark, Tag, Tie
from lockgate.ledger.registers.files.cells import cell_of, guarded, text_of, unguarded, value_of
from lockgate.ledger.registers.files.csv_file import read_csv
from lockgate.ledger.registers.files.exporting import export_csv, export_xlsx
from lockgate.ledger.registers.files.importing import Plan, plan
from lockgate.ledger.registers.files.xlsx_file import read_xlsx
from lockgate.ledger.registers.values import Unfit, fitted
from support.registers import GAP, MONDAY, World, actor

LETTERS = st.characters(codec="utf-8", exclude_characters="\x00") | st.sampled_from("=+-@\t\n'\"\\;, _x")
LINE = st.text(LETTERS, max_size=20)
VALUES = st.fixed_dictionaries(
    {"title": LINE},
    optional={
        "story": st.text(LETTERS, max_size=40),
        "fit": st.sampled_from(["standard", "custom"]),
        "days": st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
        "cost": st.decimals(-(10**9), 10**9, places=4).map(float),
        "owner": st.sampled_from(["ada", "bea"]),
        "due": st.dates().map(date.isoformat),
        "legal": st.booleans(),
        "site": st.sampled_from(["ghent", "lyon"]),
        "capabilities": st.lists(st.sampled_from(["Sales", "Inventory"])),
        "paper": st.just("a" * 64),
    },
)


def imported(world, content, *, xlsx):
    table = read_xlsx(content, "gap") if xlsx else read_csv(content, "gap.csv")
    return plan(table, GAP, actor=actor("ada"), known=world.known, moment=MONDAY, quoted=not xlsx)


@given(st.lists(VALUES, min_size=1, max_size=4))
@example([{"title": "=cmd|' /C calc'!A0", "story": "'=1", "days": 0.1 + 0.2, "due": "1900-02-28"}])
@example([{"title": "_x0041_", "story": "a\nb\n", "days": -1e-7, "due": "9999-12-31"}])
def test_what_is_exported_comes_back_as_it_was(rows):
    world = World()
    for values in rows:
        fit, refusals = fitted(values, GAP, world.known)
        if not refusals and fit["title"]:
            world.do(Raise("gap", fit))
            new = f"GAP-{len(world.known.entries.by_id)}"
            world.do(Tag(new, ("night", "cold")))
            world.do(Tie(new, "covers", "scenario:otc-01"))
            if text := (fit.get("story") or "").strip():
                world.do(Remark(new, text))
    entries = list(world.known.entries.of("gap"))
    unchanged = Plan(unchanged=tuple(range(2, len(entries) + 2)))
    assert imported(world, export_csv(entries, GAP), xlsx=False) == unchanged
    assert imported(world, export_xlsx(entries, GAP), xlsx=True) == unchanged


@given(st.lists(LINE, min_size=1, max_size=4))
@example([" a ", "b;c", "\\", ";", "x\\"])
def test_several_texts_in_one_cell_come_back_as_they_were(texts):
    field = Field("it", "It", Kind.LONG_TEXT, several=True)
    texts = [text for text in texts if text]
    assert (value_of(cell_of(texts, field), field) or []) == texts


@given(st.text())
def test_a_guard_is_taken_off_again(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "\uff1d1"])
def test_no_text_is_taken_for_a_formula(text):  # X1
    assert guarded(text) == f"'{text}"
    assert text_of(text, Field("it", "It", Kind.LONG_TEXT)) == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", "", "'quoted'", "1-2"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == text


def test_a_csv_file_can_be_read_by_any_spreadsheet():
    world = World().raised(days=-3, cost=2.5, legal=False, capabilities=["Sales", "Inventory"], due="2027-03-31")
    content = export_csv(world.known.entries.of("gap"), GAP)
    assert content.startswith(b"\xef\xbb\xbfid,version,state,title,")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    keys = ("id", "version", "state", "days", "cost", "legal", "capabilities", "due", "owner", "last_event")
    told = ["GAP-1", "1", "open", "-3", "2.5", "no", "Sales;Inventory", "2027-03-31", "", "1"]
    assert [row[key] for key in keys] == told


def test_links_and_comments_stand_in_cells_of_their_own():  # O1, O2
    world = World().raised().raised()
    world.do(Tie("GAP-1", "blocks", "GAP-2"))
    world.do(Tie("GAP-1", "covers", "scenario:otc-01"))
    world.do(Remark("GAP-1", "Seen; twice"))
    content = export_csv(world.known.entries.of("gap"), GAP)
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (first["links"], second["links"]) == ("blocks GAP-2;covers scenario:otc-01", "")
    assert first["comments"] == "2027-03-01T09:05:00.000000Z ada: Seen\\; twice"


def of(kind, **more):
    return Field("it", "It", kind, **more)


@pytest.mark.parametrize(
    ("cell", "field", "value"),
    [
        (" custom ", of(Kind.CHOICE), "custom"),
        (" kept ", of(Kind.TEXT), " kept "),
        (3.0, of(Kind.NUMBER), 3.0),
        ("-2.5e3", of(Kind.NUMBER), -2500.0),
        (datetime(2027, 3, 31), of(Kind.DATE), "2027-03-31"),  # noqa: DTZ001 - as a spreadsheet has it
        (date(2027, 3, 31), of(Kind.DATE), "2027-03-31"),
        ("2027-03-31", of(Kind.DATE), "2027-03-31"),
        ("Yes", of(Kind.YES_NO), True),
        ("false", of(Kind.YES_NO), False),
        ("perhaps", of(Kind.YES_NO), "perhaps"),
        (True, of(Kind.YES_NO), True),
        (" a ; b\\;c ;; ", of(Kind.TEXT, several=True), ["a", "b;c"]),
        (7.0, of(Kind.NUMBER, several=True), [7.0]),
        (None, of(Kind.TEXT), None),
        ("", of(Kind.TEXT, several=True), None),
    ],
)
def test_a_cell_gives_a_value(cell, field, value):
    assert value_of(cell, field) == value


@pytest.mark.parametrize(
    ("cell", "field", "what"),
    [
        (7.0, of(Kind.TEXT), "7 is no text here."),
        (True, of(Kind.CHOICE), "True is no text here."),
        ("32.000,00", of(Kind.NUMBER), "'32.000,00' is no number."),
        ("1,5", of(Kind.MONEY), "'1,5' is no number."),
        (datetime(2027, 3, 31, 9), of(Kind.DATE), "2027-03-31 09:00:00 is more than a date."),  # noqa: DTZ001 - as above
        (46112.0, of(Kind.DATE), "46112 is no text here."),
    ],
)
def test_a_cell_of_another_kind_is_refused(cell, field, what):  # X3
    with pytest.raises(Unfit) as refused:
        value_of(cell, field)
    assert refused.value.what == what
