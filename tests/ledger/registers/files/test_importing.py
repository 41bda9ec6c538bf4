import io
import zipfile

import pytest
import xlsxwriter

from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.ledger import open_ledger
from lockgate.ledger.refusals import LedgerMoved
from lockgate.ledger.registers.action import Edit, Raise, Remark, Tag, Tie
from lockgate.ledger.registers.book import Book
from lockgate.ledger.registers.files import csv_file, xlsx_file
from lockgate.ledger.registers.files.csv_file import read_csv
from lockgate.ledger.registers.files.exporting import comments_of, export_csv, export_xlsx
from lockgate.ledger.registers.files.importing import plan
from lockgate.ledger.registers.files.table import address, table_of
from lockgate.ledger.registers.files.xlsx_file import read_xlsx
from support.registers import GAP, KNOWN, MONDAY, World, actor

ADA = actor("ada")


def planned(world, text, who=ADA):
    table = read_csv(text.encode(), "gaps.csv")
    return plan(table, GAP, actor=who, known=world.known, moment=MONDAY, quoted=True)


def told(found):
    return [(one.cell, one.code, one.message) for one in found.findings]


@pytest.fixture
def world():
    world = World().raised(days=3, owner="ada").raised()
    world.do(Tag("GAP-1", ("old",)))
    return world


def test_rows_raise_edit_and_leave_alone(world):
    found = planned(
        world,
        "id,version,title,days,tags\nGAP-1,1,Weight,,new\nGAP-2,,Catch weight,,\n,,Third,5,cold;night\n,,Fourth,,\n",
    )
    assert found.findings == ()
    assert (found.edited, found.unchanged, found.raised, found.wrong) == ((2,), (3,), (4, 5), ())
    assert [(one.kind, one.payload["id"]) for one in found.events] == [
        ("gap.edited", "GAP-1"),
        ("gap.tagged", "GAP-1"),
        ("gap.untagged", "GAP-1"),
        ("gap.raised", "GAP-3"),
        ("gap.tagged", "GAP-3"),
        ("gap.raised", "GAP-4"),
    ]
    assert found.events[0].payload["values"] == {"title": "Weight", "days": None}


def test_columns_that_are_not_there_leave_their_fields_alone(world):  # I4
    found = planned(world, "id;version;Title\nGAP-1;1;Weight\n")
    assert [one.payload["values"] for one in found.events] == [{"title": "Weight"}]


def test_a_row_may_refer_to_one_above_it(world):
    found = planned(world, "title,parent\nNew,\nPart,GAP-3\n")
    assert (found.findings, found.raised) == ((), (2, 3))


def test_every_fault_is_told_with_its_cell(world):
    found = planned(
        world,
        "id,version,state,title,days,fit,tags\n"
        ",,,,1,,\n"
        "GAP-1,9,open,Weight,3,,old\n"
        "GAP-2,,open,Other,,,\n"
        "GAP-1,1,open,Again,3,,old\n"
        "GAP-7,1,open,Lost,,,\n"
        "GAP-2,1,decided,Catch weight,many,costum,two words\n"
        ",,decided,New,,,\n",
    )
    assert told(found) == [
        ("D2", "missing-value", "Title must have a value."),
        ("B3", "stale-version", "GAP-1 is at version 1, not 9."),
        ("B4", "no-version", "The row changes a record and does not say which version was read."),
        ("A5", "record-twice", "GAP-1 is in row 3 too."),
        ("A6", "unknown-record", "There is no gap 'GAP-7'."),
        ("A7", "record-twice", "GAP-2 is in row 4 too."),
        ("E7", "bad-value", "Days: 'many' is no number."),
        ("F7", "bad-value", "Fit: There is no choice 'costum'."),
        ("C8", "state-in-file", "The state is 'open' here and 'decided' in the file."),
    ]
    assert (found.wrong, found.events, found.whole) == ((2, 3, 4, 5, 6, 7, 8), (), False)


def test_tags_are_checked_too(world):
    found = planned(world, "id,tags\nGAP-1,two words\n")
    assert told(found) == [("B2", "bad-tag", "'two words' is no tag.")]


def test_a_row_that_fails_halfway_leaves_nothing_to_those_below_it(world):
    found = planned(world, "title,tags\nThird,no tag\nFourth,night\n")
    assert (found.wrong, found.raised) == ((2,), (3,))
    assert [(one.kind, one.payload["id"]) for one in found.events] == [("gap.raised", "GAP-3"), ("gap.tagged", "GAP-3")]
    assert sorted(world.known.entries.by_id) == ["GAP-1", "GAP-2"]


def test_links_become_those_of_the_row(world):  # I5
    world.do(Tie("GAP-1", "blocks", "GAP-2"))
    found = planned(
        world,
        "id,title,links\nGAP-1,,relates GAP-2; covers scenario:otc-01\nGAP-2,Catch weight,\n,Third,blocks GAP-1\n",
    )
    assert found.findings[0].code == "no-version"
    found = planned(world, "id,links\nGAP-1,relates GAP-2; covers scenario:otc-01\nGAP-2,\n")
    assert [(one.kind, one.payload["id"], one.payload["relation"], one.payload["to"]) for one in found.events] == [
        ("gap.linked", "GAP-1", "relates", "GAP-2"),
        ("gap.linked", "GAP-1", "covers", "scenario:otc-01"),
        ("gap.unlinked", "GAP-1", "blocks", "GAP-2"),
    ]
    found = planned(world, "title,links\nThird,blocks GAP-1\nFourth,follows GAP-3; relates GAP-1\n")
    assert [(one.payload["id"], one.payload.get("to")) for one in found.events] == [
        ("GAP-3", None),
        ("GAP-3", "GAP-1"),
        ("GAP-4", None),
        ("GAP-4", "GAP-3"),
        ("GAP-4", "GAP-1"),
    ]


def test_links_are_checked_with_their_cells(world):
    text = "title,links\nThird,blocks\nFourth,blocks GAP-9\nFifth,eats GAP-1\n"
    assert told(planned(world, text)) == [
        ("B2", "bad-link", "'blocks' is no link."),
        ("B3", "unknown-record", "There is no record 'GAP-9'."),
        ("B4", "unknown-relation", "There is no relation 'eats'."),
    ]


def test_tags_and_links_of_an_old_file_undo_nothing_by_others(world):  # I5
    seen = world.gap().numbers[-1]
    world.do(Tag("GAP-1", ("cold",)))
    stale = f"id,version,days,tags,last_event\nGAP-1,1,4,old,{seen}\n"
    assert told(planned(world, stale)) == [
        ("E2", "stale-event", f"GAP-1 was touched since: its last event is {seen + 1}, not {seen}.")
    ]
    assert planned(world, f"id,version,days,tags,last_event\nGAP-1,1,4,cold;old,{seen}\n").edited == (2,)
    assert planned(world, f"id,tags,last_event\nGAP-1,old,{seen + 1}\n").edited == (2,)


def test_a_comment_is_said_and_not_imported(world):  # I6
    world.do(Remark("GAP-1", "Seen; twice"))
    (comment,) = comments_of(world.gap())
    cell = comment.replace(";", "\\;")
    assert planned(world, f'id,title,comments\nGAP-1,Catch weight,"{cell}"\n').unchanged == (2,)
    world.do(Remark("GAP-1", "Again"))
    assert planned(world, f'id,title,comments\nGAP-1,Catch weight,"{cell}"\n').unchanged == (2,)
    assert told(planned(world, "id,title,comments\nGAP-1,Catch weight,Me too\n,Third,Me too\n")) == [
        ("C2", "comment-in-file", "'Me too' is no comment that is on record."),
        ("C3", "comment-in-file", "'Me too' is no comment that is on record."),
    ]
    assert planned(world, "id,comments\nGAP-1,\n").findings[0].code == "no-columns"


def test_who_may_not_edit_may_not_import(world):
    found = planned(world, "id,version,title\nGAP-1,1,Weight\n", actor("dan"))
    assert told(found) == [("A2", "no-right", "dan may not edit GAP-1.")]


def test_a_finding_is_told_in_one_line(world):
    found = planned(world, "id,tags\nGAP-1,two words\n").findings[0]
    assert str(found) == "gaps.csv!B2 'two words' is no tag. Use one word of letters, digits and hyphens."
    assert found.as_dict()["cell"] == "B2"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("id,titel\n,x\n", [("B1", "unknown-column", "There is no field 'titel'.")]),
        ("title,Title\nx,x\n", [("B1", "column-twice", "The column 'Title' is there twice.")]),
        ("title,\nx,y\n", [("B1", "no-heading", "The column has values but no heading.")]),
        ("id,version\nGAP-1,1\n", [("A1", "no-columns", "No column is that of a field.")]),
        ("", [("A1", "no-columns", "No column is that of a field.")]),
    ],
)
def test_headings_that_mean_nothing_are_told(world, text, found):  # I4
    assert told(planned(world, text)) == found


def test_rows_and_cells_that_are_empty_or_missing_do_no_harm(world):
    found = planned(world, "title,days,\nOne\n,,\n\nTwo,,\n")
    assert (found.findings, found.raised) == ((), (2, 5))


@pytest.mark.parametrize(
    ("content", "cell", "message"),
    [
        (
            "id,title\n,Größe\n".encode("cp1252"),
            "A2",
            "The file is not in UTF-8. It seems to be Windows-1252: there 'ö' may be meant.",
        ),
        ("title\nx\n".encode("utf-16"), "A1", "The file is not in UTF-8. It seems to be UTF-16."),
        ("title\nx\n".encode("utf-16-le"), "A1", "The file is not in UTF-8. It seems to be UTF-16."),
    ],
)
def test_another_encoding_is_told_and_never_guessed(world, content, cell, message):  # V1
    table = read_csv(content, "gaps.csv")
    found = plan(table, GAP, actor=ADA, known=world.known, moment=MONDAY, quoted=True)
    assert (told(found), found.events) == ([(cell, "not-utf-8", message)], ())


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_is_read_with_and_without_its_mark(world, mark):
    table = read_csv(mark + "title\nGröße\n".encode(), "gaps.csv")
    assert (table.headings, table.rows) == (("title",), ((2, ("Größe",)),))


def test_a_file_that_is_no_csv_is_refused():
    with pytest.raises(UsageError, match="no CSV"):
        read_csv(b'title\n"a"b\n', "gaps.csv")


def test_files_have_limits(monkeypatch):
    monkeypatch.setattr(csv_file, "LARGEST", 5)
    monkeypatch.setattr(xlsx_file, "LARGEST", 5)
    for read in (read_csv, read_xlsx):
        with pytest.raises(UsageError, match="too large"):
            read(b"title\nabc\n", "gap")
    with pytest.raises(UsageError, match="too large"):
        table_of("gap", [["x"] * 501])


def test_cells_are_called_as_in_a_spreadsheet():
    assert [address(1, 1), address(7, 26), address(7, 27), address(2, 703)] == ["A1", "Z7", "AA7", "AAA2"]


def workbook(fill, sheet="gap"):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("Notes")
        fill(book.add_worksheet(sheet))
    return file.getvalue()


def test_the_sheet_of_the_register_is_read_wherever_it_is(world):
    table = read_xlsx(workbook(lambda page: page.write_row(0, 0, ["title", "days"])), "gap")
    assert (table.sheet, table.headings) == ("gap", ("title", "days"))
    assert read_xlsx(workbook(lambda _: None, "other"), "gap").sheet == "Notes"


def test_what_a_spreadsheet_makes_of_values_is_understood_or_told(world):
    def fill(page):
        page.write_row(0, 0, ["title", "days", "legal", "version"])
        page.write_row(1, 0, ["Weight", 3, True])
        page.write_row(2, 0, [7, 3.5, False])
        page.write_formula(3, 0, "=1+1", value="Two")

    table = read_xlsx(workbook(fill), "gap")
    found = plan(table, GAP, actor=ADA, known=world.known, moment=MONDAY, quoted=False)
    assert told(found) == [("A3", "bad-value", "Title: 7 is no text here.")]
    assert [one.payload["values"] for one in found.events] == [
        {"title": "Weight", "days": 3, "legal": True},
        {"title": "Two"},
    ]


def test_tags_are_texts(world):
    def fill(page):
        page.write_row(0, 0, ["id", "tags"])
        page.write_row(1, 0, ["GAP-1", 7])

    table = read_xlsx(workbook(fill), "gap")
    found = plan(table, GAP, actor=ADA, known=world.known, moment=MONDAY, quoted=False)
    assert told(found) == [("B2", "bad-value", "7 is no text here.")]


def test_the_version_of_a_workbook_is_a_number(world):
    def fill(page):
        page.write_row(0, 0, ["id", "version", "title"])
        page.write_row(1, 0, ["GAP-1", 1, "Weight"])

    table = read_xlsx(workbook(fill), "gap")
    assert plan(table, GAP, actor=ADA, known=world.known, moment=MONDAY, quoted=False).edited == (2,)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(UsageError, match="no XLSX"):
        read_xlsx(content, "gap")


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, (name, content) in enumerate(parts.items()):
            packed.writestr(name if "/" in name else f"{name}{number}", content)
    return file.getvalue()


def test_a_bomb_is_refused_before_it_is_parsed(monkeypatch):  # Z1
    monkeypatch.setattr(xlsx_file, "LARGEST_UNPACKED", 2**20)
    with pytest.raises(UsageError, match="too large"):
        read_xlsx(zipped(a=bytes(2**21)), "gap")


def test_a_bomb_that_lies_about_its_size_is_refused(monkeypatch):  # Z1
    packed = bytearray(zipped(a=bytes(2**21)))
    directory = packed.rindex(b"PK\x01\x02")
    packed[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    monkeypatch.setattr(xlsx_file, "LARGEST_UNPACKED", 2**20)
    with pytest.raises(UsageError, match="no XLSX"):
        read_xlsx(bytes(packed), "gap")


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx_file, "MOST_PARTS", 3)
    with pytest.raises(UsageError, match="too large"):
        read_xlsx(workbook(lambda _: None), "gap")


@pytest.mark.parametrize("far", [(1_048_575, 0), (0, 16_383)])
def test_one_far_cell_does_not_fill_the_memory(far):  # Z1
    with pytest.raises(UsageError) as refused:
        read_xlsx(workbook(lambda page: page.write(*far, "x")), "gap")
    assert refused.value.why in {"It has a cell at A1048576.", "It has a cell at XFD1."}


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "ledger.db") as ledger:
        yield Book(ledger, KNOWN)


def done(book, text, **more):
    table = read_csv(text.encode(), "gaps.csv")
    return book.import_table(table, GAP, actor=ADA, moment=MONDAY, quoted=True, **more)


def test_nothing_is_written_when_any_row_is_wrong(book):  # I5
    found = done(book, "title,days\nOne,1\nTwo,many\n")
    assert (found.records, book.known().entries.by_id) == ((), {})
    assert (found.plan.raised, found.plan.wrong) == ((2,), (3,))


def test_in_part_the_right_rows_are_written_and_the_others_told(book):  # I5
    found = done(book, "title,days\nOne,1\nTwo,many\n", partial=True)
    assert [one.kind for one in found.records] == ["gap.raised"]
    assert (found.plan.raised, found.plan.wrong) == ((2,), (3,))
    assert [one.values["title"] for one in book.known().entries.of("gap")] == ["One"]


def test_an_import_is_planned_again_when_somebody_was_faster(book, monkeypatch):
    ledger = book._ledger
    append = ledger.append

    def overtaken(events, **more):
        monkeypatch.undo()
        book.perform([Raise("gap", {"title": "Faster"})], actor=ADA, moment=MONDAY)
        return append(events, **more)

    monkeypatch.setattr(ledger, "append", overtaken)
    found = done(book, "title,tags\nSlower,night\n")
    assert [one.payload["id"] for one in found.records] == ["GAP-2", "GAP-2"]


def test_an_import_that_is_overtaken_for_ever_is_told(book, monkeypatch):
    def always(*_, **__):
        raise LedgerMoved("moved")

    monkeypatch.setattr(book._ledger, "append", always)
    with pytest.raises(RefusedError, match="too busy"):
        done(book, "title\nOne\n")


def test_an_edit_by_file_loses_to_an_edit_by_hand(book):  # I2
    done(book, "title\nOne\n")
    book.perform([Edit("GAP-1", 1, {"title": "By hand"})], actor=ADA, moment=MONDAY)
    found = done(book, "id,version,title\nGAP-1,1,By file\n")
    assert [one.code for one in found.plan.findings] == ["stale-version"]


def test_what_is_too_long_for_a_cell_of_a_workbook_is_told_and_goes_into_csv(world):  # Z2
    for _ in range(10):
        world.do(Remark("GAP-2", "x" * 15_000))
    entries = list(world.known.entries.of("gap"))
    with pytest.raises(UsageError, match="The comments of row 3 are too long for XLSX") as refused:
        export_xlsx(entries, GAP)
    assert refused.value.why == "They have 150,339 letters, and a cell holds 32,767."
    content = export_csv(entries, GAP)
    found = plan(read_csv(content, "gaps.csv"), GAP, actor=ADA, known=world.known, moment=MONDAY, quoted=True)
    assert (found.unchanged, found.findings) == ((2, 3), ())
