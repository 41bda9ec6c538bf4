"""The head of the ledger as a signed note, and the same as a picture."""

import json

from lockgate.app.main import run
from lockgate.ledger.proving.checkpoints import read_checkpoint
from lockgate.tower.checkpoint.square import square
from support.recorded import measured, place_of, record


def test_the_note_is_signed_and_the_command_line_accepts_it(programme, browser_of, tmp_path, capsys):
    record(programme, measured())
    bart = browser_of("bart")

    note = bart.get("/checkpoint/note/").content.decode()
    (tmp_path / "held.txt").write_text(note)
    code = run(
        ("ledger", "verify", "--json", "--checkpoint", str(tmp_path / "held.txt"), "--workspace", str(programme))
    )

    assert read_checkpoint(note).number == 2
    assert (int(code), json.loads(capsys.readouterr().out)["checkpoints"]) == (0, 1)


def test_the_page_shows_the_note_that_is_handed_out(programme, browser_of):
    record(programme, measured())
    bart = browser_of("bart")

    page = bart.get("/checkpoint/").content.decode()
    note = bart.get("/checkpoint/note/").content.decode()

    assert note.rstrip("\n") in page.replace("&#x27;", "'")
    assert square(note)[1] in page


def test_the_next_record_has_a_checkpoint_of_its_own(programme, browser_of):
    record(programme, measured())
    bart = browser_of("bart")
    before = read_checkpoint(bart.get("/checkpoint/note/").content.decode())
    record(programme, measured())

    after = read_checkpoint(bart.get("/checkpoint/note/").content.decode())

    assert (before.number, after.number) == (2, 3)


def test_a_ledger_that_was_touched_is_not_signed(programme, browser_of):
    record(programme, measured())
    with place_of(programme) as place, place.ledger.store.writing() as turn:
        turn.write("update ledger_record set hash = ? where number = ?", [("f" * 64, 2)])

    answer = browser_of("bart").get("/checkpoint/")

    assert answer.status_code == 400
    assert "not whole" in answer.content.decode()


def test_an_empty_ledger_has_nothing_to_sign(programme, browser_of):
    assert "nothing to sign" in browser_of("bart").get("/checkpoint/").content.decode()


def test_the_picture_is_a_square_with_a_quiet_edge():
    wide, path = square("lockgate")

    assert (wide, path.startswith("M4 4h1v1h-1z")) == (29, True)
