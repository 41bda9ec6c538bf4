"""T32 and the round trip: what an export holds comes into an empty ledger whole, or not at all."""

import json
import threading

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.ledger import Event, Head, open_ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.proving.verification import verify
from lockgate.ledger.transfer import ExportFailed, ImportRefused, export, take_in
from support.ledgers import fill, standalone


@pytest.fixture
def artifacts(tmp_path):
    return Artifacts(tmp_path / "artifacts")


@pytest.fixture
def exported(ledger, artifacts, tmp_path):
    fill(ledger, artifacts)
    export(ledger, artifacts, tmp_path / "export")
    return tmp_path / "export"


def content(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_ledger_gives_the_same_export_byte_for_byte(exported, ledger, artifacts, tmp_path):  # T1
    assert export(ledger, artifacts, tmp_path / "again") == ledger.head()
    assert content(tmp_path / "again") == content(exported)
    kept = ledger.record(3).payload["artifact"]
    assert sorted(content(exported)) == sorted(
        [f"artifacts/{kept[:2]}/{kept[2:]}", "export.json", "records.jsonl", "verify_ledger.py"]
    )
    assert json.loads((exported / "export.json").read_text()) == {
        "format": 1,
        "head": ledger.head().hash,
        "ledger": ledger.identity(),
        "records": 6,
    }


def test_an_export_taken_into_an_empty_ledger_has_the_same_head_files_and_evidence(
    exported, ledger, artifacts, tmp_path
):  # T3
    other_files = Artifacts(tmp_path / "other-artifacts")
    with open_ledger(tmp_path / "other.db") as other:
        assert take_in(exported, other, other_files) == other.head() == ledger.head()
        assert list(other.records()) == list(ledger.records())
        assert other.current_evidence() == ledger.current_evidence()
        assert verify(other, other_files).ok
        export(other, other_files, tmp_path / "again")
    assert content(tmp_path / "again") == content(exported)


def test_a_copy_is_known_as_one_until_somebody_arms_it(exported, ledger, tmp_path):  # T4
    assert ledger.restored() is None
    other_files = Artifacts(tmp_path / "other-artifacts")
    with open_ledger(tmp_path / "other.db") as other:
        take_in(exported, other, other_files)
        assert other.restored() is not None
        record = other.arm(by="ada", reason="the old server is gone")
        assert (record.kind, record.payload) == ("ledger.armed", {"reason": "the old server is gone"})
        assert other.restored() is None
        assert verify(other, other_files).ok


def test_a_ledger_that_holds_something_takes_nothing_in(exported, ledger, artifacts):  # T3
    head = ledger.head()
    with pytest.raises(ImportRefused, match="not empty"):
        take_in(exported, ledger, artifacts)
    assert ledger.head() == head


def cut(folder):
    path = folder / "records.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:4]))


def alter(folder):
    path = folder / "records.jsonl"
    path.write_bytes(path.read_bytes().replace(b"GAP-1", b"GAP-2", 1))


def garble(folder):
    (folder / "records.jsonl").write_bytes(b"{}\n")


def lose_records(folder):
    (folder / "records.jsonl").unlink()


def lose_about(folder):
    (folder / "export.json").unlink()


def garble_about(folder):
    (folder / "export.json").write_text("[]")


def lose_files(folder):
    for path in (folder / "artifacts").rglob("*"):
        if path.is_file():
            path.unlink()


@pytest.mark.parametrize(
    ("how", "what"),
    [
        (cut, "Record 5 of the export is not right"),
        (alter, "Record 2 of the export is not right"),
        (garble, "Record 1 of the export is not right"),
        (lose_records, "holds no complete export"),
        (lose_about, "holds no complete export"),
        (garble_about, "holds no export that this version knows"),
        (lose_files, "of the export is missing"),
    ],
)
def test_an_export_with_a_fault_is_not_taken_in_at_all(exported, tmp_path, how, what):  # T3
    how(exported)
    with open_ledger(tmp_path / "other.db") as other:
        with pytest.raises(ImportRefused, match=what):
            take_in(exported, other, Artifacts(tmp_path / "other-artifacts"))
        assert (other.head(), list(other.records())) == (Head(), [])
    assert not (tmp_path / "other-artifacts").exists()


def test_an_export_goes_into_a_folder_of_its_own(exported, ledger, artifacts, tmp_path):
    with pytest.raises(UsageError, match="is not empty"):
        export(ledger, artifacts, exported)
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportFailed, match="the ledger is untouched"):
        export(ledger, artifacts, tmp_path / "file" / "export")


def test_an_export_made_while_others_append_holds_all_that_was_confirmed_before(url, artifacts, tmp_path):  # T32
    ended = threading.Event()
    confirmed = []

    def write():
        with open_ledger(url) as mine:
            while not ended.is_set():
                confirmed.extend(mine.append([Event("gap.raised", {"n": len(confirmed)})], by="ada"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with open_ledger(url) as ledger:
            for number in range(3):
                while len(confirmed) < 20 * (number + 1):
                    pass
                before = confirmed[-1].number
                head = export(ledger, artifacts, tmp_path / f"export-{number}")
                assert head.number >= before
                assert standalone(tmp_path / f"export-{number}").code == 0
    finally:
        ended.set()
        writer.join()
    with open_ledger(tmp_path / "restored.db") as restored:
        assert take_in(tmp_path / "export-2", restored, artifacts) == head
        assert [r.hash for r in restored.records(after=1)] == [r.hash for r in confirmed[: head.number - 1]]
