"""Is the sample the same again, described as it is, and never written over something?"""

import hashlib
import re
import zipfile

import pytest

from documents import DOCS, rows, sections
from lockgate.engines.legacy import KINDS, expected_rows, write
from lockgate.kernel.errors import LockgateError
from support.extracts import SCALE, SEED, dump, sheet, table, truth

TABLES = ("customer", "supplier", "item", "stock", "open_item", "balance")
DIGEST = "6d6ef24fcaaa678158f846b0fbea2c001e8f9da8b649ee0153d8b9937bfe4890"
PAGE = DOCS / "reference" / "meridian-extracts.md"


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_and_scale_give_the_same_bytes(written, tmp_path):
    again = write(tmp_path / "again", scale=SCALE, seed=SEED)
    assert (again.digest, again.rows, again.defects) == (written.digest, written.rows, written.defects)
    assert files(again.folder) == files(written.folder)
    assert files(again.truth) == files(written.truth)


def test_another_seed_gives_other_bytes_and_as_many_records(written, tmp_path):
    other = write(tmp_path / "other", scale=SCALE, seed=SEED + 1)
    assert other.digest != written.digest
    assert other.rows["KUNDEN.CSV"] == written.rows["KUNDEN.CSV"]


def test_slices_do_not_show_in_what_is_written(written, tmp_path, monkeypatch):
    monkeypatch.setattr("lockgate.engines.legacy.making.SLICE", 37)
    assert write(tmp_path / "sliced", scale=SCALE, seed=SEED).digest == written.digest


@pytest.mark.parametrize("taken", ["out", "out-truth"])
def test_nothing_is_written_over(tmp_path, taken):
    (tmp_path / taken).mkdir()
    (tmp_path / taken / "mine.txt").write_text("mine")
    with pytest.raises(LockgateError, match=f"{taken} is not empty"):
        write(tmp_path / "out", scale=SCALE)
    assert files(tmp_path) == {f"{taken}/mine.txt": b"mine"}


@pytest.mark.parametrize("truth", ["out", "out/truth"])
def test_the_truth_never_lies_among_the_extracts(tmp_path, truth):
    with pytest.raises(LockgateError, match="The truth can't go into"):
        write(tmp_path / "out", scale=SCALE, truth=tmp_path / truth)
    assert files(tmp_path) == {}


def test_a_run_that_stops_leaves_nothing_behind(tmp_path):
    def stop(name, rows):
        if name == "Bestand":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "out", scale=SCALE, told=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_made_is_refused_with_its_reason(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(LockgateError, match="out can't be made") as refused:
        write(tmp_path / "file" / "out", scale=SCALE)
    assert refused.value.why.startswith("Not a directory: ")
    assert files(tmp_path) == {"file": b"mine"}


def test_an_empty_folder_is_filled(tmp_path, written):
    (tmp_path / "out").mkdir()
    assert write(tmp_path / "out", scale=SCALE, seed=SEED, truth=tmp_path / "known").digest == written.digest
    assert sorted(path.name for path in tmp_path.iterdir()) == ["known", "out"]


@pytest.mark.parametrize("scale", [0, 0.019, 100.1, float("nan")])
def test_a_scale_that_can_not_be_made_is_refused(tmp_path, scale):
    with pytest.raises(LockgateError, match="can't be made at scale"):
        write(tmp_path / "out", scale=scale)
    assert files(tmp_path) == {}


def test_every_dump_has_the_columns_that_are_described_in_their_order(written):
    described = {name: re.findall(r"^\| `([A-Z]{2,})` \|", text, re.MULTILINE) for name, text in sections(PAGE).items()}
    for path in sorted((written.folder / "erp").iterdir()):
        assert list(dump(written, path.name)[0]) == described[path.name], path.name


def test_every_sheet_has_the_columns_that_are_described_in_their_order(written):
    described = {name: re.findall(r"^\| `([A-Z]{2,})` \|", text, re.MULTILINE) for name, text in sections(PAGE).items()}
    found = {name: list(sheet(written, name)[0]) for name in ("Bestand", "Zählung", "Plätze")}
    assert found == {name: described[name] for name in found}
    assert list(sheet(written, "Alt_2019")[0]) == described["Bestand"]


def test_every_table_of_the_acquired_firm_has_the_columns_that_are_described_in_their_order(written):
    described = {name: re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE) for name, text in sections(PAGE).items()}
    found = {name: list(table(written, name)[0]) for name in TABLES}
    assert found == {name: described[name] for name in TABLES}


def test_the_truth_has_the_files_and_columns_that_are_described(written):
    text = sections(PAGE)["The truth"]
    described = dict(re.findall(r"^\| `([a-z]+)\.csv` \| `([a-z0-9, ]+)` \|", text, re.MULTILINE))
    found = {path.stem: path.read_text(encoding="utf-8").splitlines()[0] for path in written.truth.iterdir()}
    assert found == {name: columns.replace(", ", ",") for name, columns in described.items()}


def test_what_is_written_is_the_same_on_every_machine(written):
    """Change the digest when you mean to change the sample; workbook and database count by what they hold."""
    whole = hashlib.sha256()
    for path in sorted((written.folder / "erp").iterdir()):
        whole.update(path.read_bytes())
    with zipfile.ZipFile(written.folder / "wms" / "BESTAND.XLSX") as book:
        for name in sorted(book.namelist()):
            whole.update(book.read(name))
    whole.update(repr([table(written, name) for name in TABLES]).encode())
    for name, content in sorted(files(written.truth).items()):
        whole.update(b"" if name == "manifest.csv" else content)
    assert whole.hexdigest() == DIGEST


def test_every_kind_of_mess_is_described_with_its_share():
    described = {name: cells for name, cells in rows(PAGE).items() if name in KINDS}
    assert described == {name: [f"{kind.share:g}", kind.meaning] for name, kind in KINDS.items()}


def test_how_many_records_there_will_be_is_known_beforehand(written):
    assert sum(written.rows.values()) == pytest.approx(expected_rows(SCALE), rel=0.15)


def test_every_kind_of_mess_is_there_and_listed(written):
    assert {defect["kind"] for defect in truth(written, "defects")} == set(KINDS)


def test_dumps_are_cp1252_with_semicolons_and_line_ends_of_windows(written):
    text = (written.folder / "erp" / "KUNDEN.CSV").read_bytes()
    assert text.startswith(b"FIRMA;KDNR;SUCHB;")
    assert text.endswith(b"\r\n")
    assert b"\xfc" in text  # a letter that UTF-8 would write in two bytes
    with pytest.raises(UnicodeDecodeError):
        text.decode("utf-8")


def test_what_the_truth_calls_written_stands_in_the_file(written):
    records = {row["KDNR"]: row for row in dump(written, "KUNDEN.CSV")}
    planted = [each for each in truth(written, "defects") if each["file"] == "KUNDEN.CSV" and each["column"]]
    assert len(planted) > 100
    assert [each for each in planted if records[each["record"]][each["column"]] != each["written"]] == []
