"""A programme in one file, and out of it again: on both databases, at any version, or not at all (T32, T33, T34)."""

import json
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lockgate.faces.progress import steps
from lockgate.ledger.artifacts import Artifacts
from lockgate.programme.ledger_place import ledger_place
from support.filled_tower import FILE, KEY, LINK, PASSWORD, SECRETS, TOTP, begin, lockgate, run, surroundings
from support.postgres import cluster, fresh_url
from support.programme import FILES

OLDER = sorted((Path(__file__).parent / "backups").glob("*.zip"))


@pytest.fixture(scope="module")
def postgres():
    with cluster() as server:
        yield server


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A backup of a programme that has something of everything: its workspace, what was in it, and the file."""
    folder = tmp_path_factory.mktemp("made")
    root = folder / "meridian"
    begin(root)
    environment = surroundings(**SECRETS)
    run(root, environment, "fill")
    for name in (".env", ".lockgate/tower.key", ".lockgate/checkpoint.key"):
        (root / name).write_text("canary-file\n")
    done = lockgate(environment, "backup", folder / "b.zip", "--workspace", root, "--json")
    assert done.returncode == 0, done.stderr
    return root, run(root, environment, "look"), folder / "b.zip", json.loads(done.stdout)


def restored(file, goal, **environment):
    return lockgate(surroundings(**environment), "restore", file, "--into", goal, "--json")


def as_restored(before):
    """Return what a restore makes of what was there."""
    after = json.loads(json.dumps(before))
    after["ledger"]["restored"] = True
    tables = after["tables"]
    tables["sessions.session"] = []
    tables["mfa.authenticator"] = [row for row in tables["mfa.authenticator"] if row["fields"]["type"] == "webauthn"]
    for row in tables["people.account"]:
        row["fields"]["is_active"] = row["fields"]["person"] != "chris"
    return after


def without_ends(found):
    """Return what was found, and how the run that waited ended."""
    waiting = found["tables"]["runs.run"][-1]["fields"]
    ends = {name: waiting.pop(name) for name in ("state", "cancelled_by", "says", "ended_at")}
    return found, ends


def test_a_backup_says_what_it_holds_and_only_its_owner_reads_it(made):
    _, before, file, answer = made
    ledger = before["ledger"]
    assert answer == {
        "file": str(file),
        "bytes": file.stat().st_size,
        "made_at": answer["made_at"],
        "commit": "",
        "records": ledger["records"],
        "head": ledger["head"],
        "people": 3,
        "files": len(FILES),
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_no_secret_is_in_any_byte_of_it(made):  # M3
    canaries = [*SECRETS.values(), "canary-mail-password", "canary-file", PASSWORD, TOTP, LINK, KEY]
    with zipfile.ZipFile(made[2]) as opened:
        whole = b"".join(opened.read(name) for name in opened.namelist())
    assert [canary for canary in canaries if canary.encode() in whole] == []
    assert b"people.account" in whole


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_on_sqlite_is_restored_whole_on(kind, made, tmp_path, request):  # T32
    _, before, file, _ = made
    url = {"LOCKGATE_DATABASE_URL": fresh_url(request.getfixturevalue("postgres"))} if kind == "postgresql" else {}
    goal = tmp_path / "again"

    done = restored(file, goal, **url)

    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["records"], answer["head"]) == (before["ledger"]["records"], before["ledger"]["head"])
    assert (answer["people"], answer["to_invite"], answer["cancelled_runs"]) == (3, ["chris"], 1)
    after, ends = without_ends(run(goal, surroundings(**url), "look"))
    assert after == without_ends(as_restored(before))[0]
    assert (ends["state"], ends["cancelled_by"]) == ("cancelled", "restore")
    assert {name: (goal / name).read_text() for name in FILES} == FILES
    names = Artifacts(goal / ".lockgate" / "artifacts").names.every()
    assert [(record, name) for _, record, name in names] == [("GAP-1", FILE)]
    assert not (goal / ".env").exists()
    assert run(goal, surroundings(**url), "ask_for_more") == 3


def test_what_was_on_postgresql_is_restored_whole_on_sqlite(postgres, tmp_path):  # T32
    root = tmp_path / "meridian"
    begin(root)
    team = surroundings(LOCKGATE_DATABASE_URL=fresh_url(postgres))
    run(root, team, "fill")
    assert lockgate(team, "backup", tmp_path / "b.zip", "--workspace", root).returncode == 0

    assert restored(tmp_path / "b.zip", tmp_path / "again").returncode == 0

    after, _ = without_ends(run(tmp_path / "again", surroundings(), "look"))
    assert after == without_ends(as_restored(run(root, team, "look")))[0]


def test_a_restored_ledger_permits_nothing_on_production_until_it_is_armed(made, tmp_path):  # R3
    goal = tmp_path / "again"
    assert restored(made[2], goal).returncode == 0
    with ledger_place(goal) as place:
        assert place.ledger.restored() is not None

    armed = lockgate(surroundings(), "ledger", "arm", "--workspace", goal, "--by", "ann", "--reason", "it is this one")

    assert armed.returncode == 0, armed.stderr
    with ledger_place(goal) as place:
        assert place.ledger.restored() is None


@pytest.mark.parametrize("file", OLDER, ids=lambda path: path.stem)
def test_the_backup_of_an_older_version_is_restored(file, tmp_path):  # T33
    before = json.loads(file.with_suffix(".json").read_text())

    done = restored(file, tmp_path / "again")

    assert done.returncode == 0, done.stderr
    after, _ = without_ends(run(tmp_path / "again", surroundings(), "look"))
    expected = without_ends(as_restored(before))[0]
    assert after["ledger"] == expected["ledger"]
    for table, rows in expected["tables"].items():
        found = after["tables"][table]
        assert [row["pk"] for row in found] == [row["pk"] for row in rows]
        kept = [{name: row["fields"][name] for name in old["fields"]} for row, old in zip(found, rows, strict=True)]
        assert kept == [old["fields"] for old in rows]


def altered(file, target, change):
    """Write a backup anew with its manifest and members changed."""
    with zipfile.ZipFile(file) as source:
        members = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(members.pop("backup.json"))
    change(manifest, members)
    with zipfile.ZipFile(target, "w") as written:
        for name, content in members.items():
            written.writestr(name, content)
        if manifest:
            written.writestr("backup.json", json.dumps(manifest))
    return target


def _another_byte(_, members):
    members["workspace/lockgate.toml"] += b"#"


def _one_more_file(_, members):
    members["workspace/more.yaml"] = b""


def _out_of_the_folder(manifest, members):
    members["workspace/../../out"] = b""
    manifest["files"]["workspace/../../out"] = {"bytes": 0, "sha256": "0" * 64}


def _not_finished(manifest, _):
    manifest.clear()


def _another_record(manifest, members):
    import hashlib

    lines = members["ledger/records.jsonl"].replace(b'"share":0.1', b'"share":0.2')
    assert lines != members["ledger/records.jsonl"]
    members["ledger/records.jsonl"] = lines
    manifest["files"]["ledger/records.jsonl"]["sha256"] = hashlib.sha256(lines).hexdigest()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_another_byte, "workspace/lockgate.toml is not what it was when the backup was made."),
        (_one_more_file, "workspace/more.yaml is in the file or in its manifest only."),
        (_out_of_the_folder, "'workspace/../../out' is no place in a backup."),
        (_not_finished, "It has no manifest, which is written last: it was not finished."),
    ],
)
def test_a_backup_that_is_not_what_it_was_is_refused(change, why, made, tmp_path):  # F1, F3, R1
    from lockgate.tower.backup.manifest import BackupRefused
    from lockgate.tower.backup.restoring import checked
    from lockgate.tower.backup.unpacking import unpack

    file = altered(made[2], tmp_path / "odd.zip", change)

    with pytest.raises(BackupRefused) as stop, steps() as shown:
        unpack(file, checked(file), tmp_path / "parts", shown)
    assert stop.value.why == why


def test_of_a_backup_with_a_touched_record_nothing_is_restored(made, tmp_path):  # R1
    file = altered(made[2], tmp_path / "odd.zip", _another_record)

    done = restored(file, tmp_path / "place" / "again")

    assert (done.returncode, "Record 2 of the export is not right" in done.stderr) == (2, True), done.stderr
    assert list((tmp_path / "place").iterdir()) == []


def _newer_format(manifest, _):
    manifest |= {"format": 2, "lockgate": "9.0"}


def _newer_ledger(manifest, _):
    manifest["ledger"]["format"] = 2
    manifest["lockgate"] = "9.0"


def _newer_tables(manifest, _):
    manifest["migrations"].append(["people", "9999_more"])
    manifest["lockgate"] = "9.0"


@pytest.mark.parametrize("change", [_newer_format, _newer_ledger, _newer_tables])
def test_a_newer_backup_is_refused_and_names_the_version_that_restores_it(change, made, tmp_path):  # T34, F2
    from lockgate.tower.backup.manifest import NewerBackup
    from lockgate.tower.backup.restoring import checked

    file = altered(made[2], tmp_path / "newer.zip", change)

    with pytest.raises(NewerBackup) as stop:
        checked(file)
    assert stop.value.exit == 5
    assert stop.value.what.endswith("was made by a newer version of Lockgate (9.0); nothing was written.")
    assert stop.value.do == "Restore it with Lockgate 9.0 or newer."


def test_nothing_is_overwritten(made, tmp_path, postgres):
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "mine.txt").write_text("mine")
    assert "is not empty" in restored(made[2], tmp_path / "again").stderr
    url = fresh_url(postgres)
    assert restored(made[2], tmp_path / "first", LOCKGATE_DATABASE_URL=url).returncode == 0

    second = restored(made[2], tmp_path / "second", LOCKGATE_DATABASE_URL=url)

    assert (second.returncode, "The database is not empty." in second.stderr) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "first"]
    again = lockgate(surroundings(), "backup", made[2], "--workspace", made[0])
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


DYING = """
import os, sys
from lockgate.tower.backup import drafts
where, point = sys.argv[1].rsplit(".", 1)
from pathlib import Path
from lockgate.app import tower
real = tower.set_up
def set_up(root=None):
    real(root)
    import importlib
    module = importlib.import_module(where)
    was = getattr(module, point)
    def last(*args, **kwargs):
        was(*args, **kwargs)
        os._exit(9)
    setattr(module, point, last)
tower.set_up = set_up
from lockgate.app.main import run
run(sys.argv[2:])
"""


@pytest.mark.parametrize("point", ["rows.load", "restoring.rebuild_registers"])
def test_a_restore_that_dies_is_not_served_and_can_be_begun_anew(point, made, tmp_path, postgres):  # R2
    url = fresh_url(postgres)
    environment = surroundings(LOCKGATE_DATABASE_URL=url)
    goal = tmp_path / "place" / "again"
    words = ["restore", str(made[2]), "--into", str(goal)]
    died = subprocess.run(
        [sys.executable, "-c", DYING, f"lockgate.tower.backup.{point}", *words], env=environment, check=False
    )
    assert (died.returncode, goal.exists()) == (9, False)
    other = tmp_path / "other"
    begin(other)
    served = lockgate(environment, "worker", "--once", "--workspace", other)
    assert (served.returncode, "A restore into this database was interrupted." in served.stderr) == (5, True)

    done = lockgate(environment, *words)

    assert done.returncode == 0, done.stderr
    assert run(goal, environment, "look")["ledger"] == made[1]["ledger"] | {"restored": True}
    assert [path.name for path in goal.parent.iterdir()] == ["again"]


def test_a_tower_that_a_newer_version_made_is_not_served(tmp_path):  # T34
    root = tmp_path / "meridian"
    begin(root)
    run(root, surroundings(), "look_forward")

    for words in (["serve", "--port", "8085"], ["backup", tmp_path / "b.zip"]):
        done = lockgate(surroundings(), *words, "--workspace", root)
        assert (done.returncode, "made by a newer version of Lockgate" in done.stderr) == (5, True), done.stderr
        assert "people.9999_more" in done.stderr
    assert not (tmp_path / "b.zip").exists()


def test_backups_made_at_night_are_kept_up_to_a_number(tmp_path):  # K2
    root = tmp_path / "meridian"
    begin(root)
    kept = tmp_path / "kept"
    kept.mkdir()
    names = [f"lockgate-meridian-2026030{day}T020000Z.zip" for day in (1, 2, 3)]
    for name in (*names, "lockgate-other-20260301T020000Z.zip", "lockgate-meridian-notes.zip"):
        (kept / name).write_bytes(b"")
    environment = surroundings(LOCKGATE_BACKUPS=str(kept))
    run(root, environment, "ask_for_a_backup")

    assert lockgate(environment, "worker", "--once", "--workspace", root).returncode == 0

    state, facts = run(root, environment, "last_run")
    assert (state, facts["gone"]) == ("done", names[1::-1])
    left = {path.name for path in kept.iterdir()}
    assert left == {names[2], "lockgate-other-20260301T020000Z.zip", "lockgate-meridian-notes.zip", facts["file"]}
    assert restored(kept / facts["file"], tmp_path / "again").returncode == 0


def test_a_backup_that_is_made_while_others_write_is_a_whole_prefix(tmp_path):  # T32
    root = tmp_path / "meridian"
    begin(root)
    run(root, surroundings(), "fill")
    writing = subprocess.Popen(
        [sys.executable, "-c", f"from support.filled_tower import go_on; go_on({str(root)!r})"],
        env=surroundings(PYTHONPATH=str(Path(__file__).parents[1])),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(20):
            confirmed = int(writing.stdout.readline())
        done = lockgate(surroundings(), "backup", tmp_path / "b.zip", "--workspace", root, "--json")
    finally:
        writing.kill()
        writing.communicate()

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["records"] >= confirmed
    assert restored(tmp_path / "b.zip", tmp_path / "again").returncode == 0
    found = run(tmp_path / "again", surroundings(), "look")["ledger"]
    assert (found["ok"], found["records"]) == (True, json.loads(done.stdout)["records"])
