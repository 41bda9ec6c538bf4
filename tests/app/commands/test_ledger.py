"""The verbs below `lockgate ledger`, as a person and a program use them."""

import json
import sqlite3
import subprocess
import sys

import pytest

from lockgate.ledger import Event
from lockgate.ledger.answers import VerifyAnswer
from lockgate.programme.ledger_place import ledger_place
from support.ledgers import fill


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A workspace with a small ledger, in which one works."""
    folder = tmp_path / "meridian"
    folder.mkdir()
    (folder / "lockgate.toml").write_text('[programme]\nname = "Meridian"\n')
    monkeypatch.chdir(folder)
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.delenv("LOCKGATE_PERSON", raising=False)
    place = ledger_place(begin=True)
    fill(place.ledger, place.artifacts)
    yield place
    place.ledger.close()


def answer(ran):
    return json.loads(ran.out)


def touch(folder, statement):
    with sqlite3.connect(folder / ".lockgate" / "ledger.db") as file:
        file.execute(statement)
    file.close()


def test_a_ledger_that_was_not_touched_is_verified(place, lockgate):
    ran = lockgate("ledger", "verify", "--json")
    said = answer(ran)
    assert (ran.code, set(said)) == (0, set(VerifyAnswer.__annotations__))
    assert said | {"ledger": ""} == {
        "ok": True,
        "records": 6,
        "head": place.ledger.head().hash,
        "first_bad": None,
        "why": "",
        "ledger": "",
        "artifacts": 1,
        "expunged": 1,
        "behind": [],
        "checkpoints": 0,
    }
    assert "every record is as it was made" in lockgate("ledger", "verify").out


def test_a_ledger_that_was_touched_is_answered_with_no_and_the_record(place, lockgate, tmp_path):
    place.ledger.close()
    touch(tmp_path / "meridian", "update ledger_record set hash = 'x' where number = 4")
    ran = lockgate("ledger", "verify", "--json")
    assert (ran.code, answer(ran)["ok"], answer(ran)["first_bad"]) == (1, False, 4)
    assert "record 4: it was altered" in lockgate("ledger", "verify").out
    assert lockgate("ledger", "verify", "--as-of", "3").code == 0
    signed = lockgate("ledger", "checkpoint", "--json")
    assert (signed.code, answer(signed)["first_bad"]) == (1, 4)


def test_a_checkpoint_is_held_against_the_ledger(place, lockgate, tmp_path):
    made = lockgate("ledger", "checkpoint", "--out", "held.txt", "--json")
    said = answer(made)
    assert (made.code, said["number"], said["hash"]) == (0, 6, place.ledger.head().hash)
    assert (tmp_path / "meridian" / "held.txt").read_text() == said["note"]
    assert "let the other side know this key" in lockgate("ledger", "checkpoint").err
    ran = lockgate("ledger", "verify", "--checkpoint", "held.txt", "--key", said["key"], "--json")
    assert (ran.code, answer(ran)["checkpoints"]) == (0, 1)
    place.ledger.close()
    touch(tmp_path / "meridian", "delete from ledger_record where number = 6")
    ran = lockgate("ledger", "verify", "--checkpoint", "held.txt", "--json")
    assert (ran.code, answer(ran)["first_bad"]) == (1, 6)
    assert lockgate("ledger", "verify", "--checkpoint", "held.txt", "--key", "lockgate+1+A").code == 5
    assert lockgate("ledger", "verify", "--checkpoint", "nowhere.txt").code == 2


def test_an_export_is_verified_without_lockgate_and_imported_elsewhere(place, lockgate, tmp_path, monkeypatch):
    ran = lockgate("ledger", "export", "out", "--json")
    assert (ran.code, answer(ran)["records"]) == (0, 6)
    command = [sys.executable, "-I", "out/verify_ledger.py", "out"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "lockgate.toml").write_text("")
    monkeypatch.chdir(other)
    taken = lockgate("ledger", "import", str(tmp_path / "meridian" / "out"), "--json")
    assert (taken.code, answer(taken)["head"]) == (0, place.ledger.head().hash)
    assert lockgate("ledger", "verify").code == 0
    assert (other / ".lockgate" / ".gitignore").read_text() == "*\n"
    assert lockgate("ledger", "import", str(tmp_path / "meridian" / "out")).code == 2
    assert lockgate("ledger", "arm", "--reason", "moved").code == 2  # nobody says who
    armed = lockgate("ledger", "arm", "--reason", "moved", "--by", "ada", "--json")
    assert (armed.code, answer(armed)["kind"]) == (0, "ledger.armed")
    assert lockgate("ledger", "arm", "--reason", "moved", "--by", "ada").code == 2


def test_the_last_records_are_shown(place, lockgate):
    ran = lockgate("ledger", "tail", "-n", "2", "--json")
    assert [(each["number"], each["kind"], each["by"]) for each in answer(ran)] == [
        (5, "artifact.expunged", "bob"),
        (6, "gap.decided", "bob"),
    ]
    chosen = lockgate("ledger", "tail", "--kind", "gap.raised", "--kind", "gap.decided", "--json")
    assert [each["number"] for each in answer(chosen)] == [2, 6]
    assert [each["number"] for each in answer(lockgate("ledger", "tail", "--as-of", "3", "--json"))] == [1, 2, 3]
    assert lockgate("ledger", "tail", "-n", "1").out.split()[3:5] == ["bob", "gap.decided"]
    assert lockgate("ledger", "tail", "-f", "--as-of", "3").code == 2


def test_what_is_added_is_followed(place):
    command = [sys.executable, "-m", "lockgate.app.main", "ledger", "tail", "-f", "-n", "1", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as following:
        seen = json.loads(following.stdout.readline())
        place.ledger.append([Event("gap.raised", {"n": 1})], by="ada")
        added = json.loads(following.stdout.readline())
        following.terminate()
    assert (seen["number"], added["number"], added["payload"]) == (6, 7, {"n": 1})


def test_a_file_is_expunged_with_reason_and_name(place, lockgate, monkeypatch):
    kept = place.ledger.record(3).payload["artifact"]
    monkeypatch.setenv("LOCKGATE_PERSON", "ada")
    ran = lockgate("ledger", "expunge", kept, "--reason", "asked for", "--json")
    assert (ran.code, answer(ran)["by"], answer(ran)["payload"]) == (
        0,
        "ada",
        {"digest": kept, "reason": "asked for"},
    )
    assert lockgate("ledger", "expunge", kept, "--reason", "asked for").code == 2


def test_what_is_projected_is_made_anew(place, lockgate, tmp_path):
    lockgate("ledger", "rebuild")
    ran = lockgate("ledger", "rebuild", "--json")
    assert (ran.code, answer(ran)) == (0, {"evidence_was_right": True, "registers_were_right": True})
    place.ledger.close()
    touch(tmp_path / "meridian", "delete from ledger_evidence")
    assert answer(lockgate("ledger", "rebuild", "--json"))["evidence_was_right"] is False


def test_where_there_is_no_ledger_it_is_said(tmp_path, lockgate, monkeypatch):
    (tmp_path / "lockgate.toml").write_text("not toml [")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    ran = lockgate("ledger", "verify", "--json")
    assert (ran.code, json.loads(ran.err)["error"]["what"]) == (
        2,
        f"There is no ledger at {tmp_path}/.lockgate/ledger.db.",
    )
    assert not (tmp_path / ".lockgate").exists()


def test_a_database_is_named_by_the_environment(tmp_path, lockgate, monkeypatch):
    (tmp_path / "lockgate.toml").write_text('[programme]\nname = "Meridian"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOCKGATE_DATABASE_URL", f"sqlite:///{tmp_path}/elsewhere.db")
    place = ledger_place(begin=True)
    fill(place.ledger, place.artifacts)
    place.ledger.close()
    assert answer(lockgate("ledger", "verify", "--json"))["records"] == 6
    assert (tmp_path / "elsewhere.db").exists()
    assert place.ledger.record(1).payload["programme"] == "Meridian"
    place.ledger.close()
