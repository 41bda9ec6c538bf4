"""What a file was called: one plain line, beside the files and never in a record, gone when the file is."""

import pytest

from lockgate.ledger import open_ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.expunge import expunge
from lockgate.ledger.file_names import LONGEST, plain


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Minutes of May.pdf", "Minutes of May.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\\\share\\plan.xlsx", "plan.xlsx"),
        ("..", ""),
        ("", ""),
        (" . hidden ", "hidden"),
        ('say "yes"; filename=x.exe', 'say "yes"; filename=x.exe'),
        ("two\r\nSet-Cookie: a=b.txt", "two Set-Cookie: a=b.txt"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("a\u2066b\u200bc\u0000d.txt", "abcd.txt"),
        ("Lieferschein Köln.pdf".replace("ö", "o\u0308"), "Lieferschein Köln.pdf"),
        ("<b>x</b>.txt", "b>.txt"),
    ],
)
def test_a_name_is_one_plain_line(said, kept):  # N3
    assert plain(said) == kept


def test_a_long_name_keeps_its_ending():  # N3
    assert plain("x" * 5000 + ".pdf") == "x" * (LONGEST - 4) + ".pdf"
    assert plain("x" * 5000 + "." + "y" * 5000) == "x" * LONGEST


def test_each_record_calls_a_file_as_it_was_attached_there(tmp_path):  # N1
    artifacts = Artifacts(tmp_path)
    digest = artifacts.keep(b"seen")
    artifacts.names.call(digest, "GAP-1", "a.txt")
    artifacts.names.call(digest, "GAP-2", "b.txt")
    artifacts.names.call(digest, "GAP-3", "..")

    assert artifacts.names.all_of(digest) == {"GAP-1": "a.txt", "GAP-2": "b.txt"}
    assert [artifacts.names.of(digest, one) for one in ("GAP-1", "GAP-3")] == ["a.txt", ""]
    assert list(artifacts.names.every()) == [(digest, "GAP-1", "a.txt"), (digest, "GAP-2", "b.txt")]


def test_an_expunged_file_takes_its_names_along(tmp_path):  # N2
    artifacts, ledger = Artifacts(tmp_path / "files"), open_ledger(tmp_path / "ledger.db")
    gone, stays = artifacts.keep(b"personal"), artifacts.keep(b"not")
    artifacts.names.call(gone, "GAP-1", "Anna Peeters.txt")
    artifacts.names.call(stays, "GAP-1", "plan.txt")

    expunge(ledger, artifacts, gone, by="ada", reason="asked for")

    assert list(artifacts.names.every()) == [(stays, "GAP-1", "plan.txt")]
    left = [path for path in tmp_path.rglob("*") if path.is_file() and b"Peeters" in path.read_bytes()]
    assert left == []
