"""T23: fields flipped, records deleted and reordered, the end cut, the chain rebuilt, an old backup put in place."""

import hashlib
import json
import shutil

import pytest

from lockgate.kernel import canonical
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.proving.checkpoints import Signer, read_checkpoint
from lockgate.ledger.proving.verification import verify
from lockgate.ledger.record import NOTHING, hash_of
from lockgate.ledger.transfer import export
from support.ledgers import evidence, fill, standalone

FIELDS = {
    "number": 99,
    "at": "2026-03-02T09:00:59.000000Z",
    "kind": "gap.closed",
    "behind": 77,
    "previous": "a" * 64,
    "hash": "b" * 64,
    "body": b'{"at":"2026-03-02T09:00:01.000000Z","by":"eve","kind":"gap.raised","number":3,"payload":{}}',
}


@pytest.fixture
def artifacts(tmp_path):
    return Artifacts(tmp_path / "artifacts")


@pytest.fixture
def filled(ledger, artifacts):
    fill(ledger, artifacts)
    return ledger


@pytest.fixture
def held(filled, tmp_path, clock):
    """A checkpoint that a second party holds, and the note of it in a file."""
    head = filled.head()
    checkpoint = Signer.of(tmp_path / "key").sign(filled.identity(), head.number, head.hash, clock())
    (tmp_path / "checkpoint.txt").write_text(checkpoint.note)
    return checkpoint


def tamper(ledger, statement, *values):
    with ledger.store.writing() as turn:
        turn.write(statement, [values])


def rebuild_chain(records, change):
    """Write a whole new chain over changed contents, as somebody who has the database could."""
    previous, rows = NOTHING, []
    for number, record in enumerate(records, start=1):
        body = canonical.encode(change({**json.loads(record.body), "number": number}))
        rows.append((number, previous, hash_of(previous, body), body))
        previous = rows[-1][2]
    return rows


def put(ledger, rows):
    with ledger.store.writing() as turn:
        turn.run("delete from ledger_record")
        turn.write(
            "insert into ledger_record (number, at, kind, behind, previous, hash, body) values (?, ?, ?, 0, ?, ?, ?)",
            [
                (number, (said := json.loads(body))["at"], said["kind"], previous, own_hash, body)
                for number, previous, own_hash, body in rows
            ],
        )


def test_an_untouched_ledger_is_right(filled, artifacts, held):
    report = verify(filled, artifacts, [held])
    assert (report.ok, report.records, report.head, report.why) == (True, 6, filled.head(), "")
    assert (report.artifacts, report.expunged, report.ledger) == (1, 1, filled.identity())
    earlier = verify(filled, artifacts, upto=2)
    assert (earlier.ok, earlier.records) == (True, 2)


def test_a_ledger_without_records_is_right_and_can_not_be_what_a_checkpoint_saw(ledger, held, tmp_path):
    with open_ledger(tmp_path / "other.db") as empty:
        assert verify(empty).ok
        assert verify(empty, checkpoints=[held]).first_bad == 1


@pytest.mark.parametrize("number", [1, 3, 6])
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_was_changed_is_found_with_its_record(filled, artifacts, field, number):
    tamper(filled, f"update ledger_record set {field} = ? where number = ?", FIELDS[field], number)  # noqa: S608 - names from above
    report = verify(filled, artifacts)
    assert (report.ok, report.first_bad) == (False, number)
    assert report.why != ""


def test_every_single_bit_of_a_body_counts(filled):
    record = filled.record(2)
    for place in range(len(record.body)):
        for bit in (0, 6):
            touched = bytearray(record.body)
            touched[place] ^= 1 << bit
            assert hash_of(record.previous, bytes(touched)) != record.hash
    tamper(filled, "update ledger_record set body = ? where number = 2", record.body.replace(b"GAP-1", b"GAP-2"))
    assert verify(filled).why == "it was altered: its hash is not that of its content"


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_record_that_was_deleted_is_found(filled, artifacts, number):
    tamper(filled, "delete from ledger_record where number = ?", number)
    report = verify(filled, artifacts)
    assert (report.first_bad, report.why) == (number, f"it is missing; after it comes {number + 1}")


def test_a_record_that_was_put_before_the_first_is_found(filled):
    tamper(
        filled,
        "insert into ledger_record (number, at, kind, behind, previous, hash, body) values (?, '', '', 0, '', '', ?)",
        0,
        b"{}",
    )
    assert verify(filled).why == "it is missing; a record 0 stands in its place"


def test_records_that_changed_places_are_found(filled, artifacts):
    tamper(filled, "update ledger_record set number = ? where number = ?", 1000, 3)
    tamper(filled, "update ledger_record set number = ? where number = ?", 3, 4)
    tamper(filled, "update ledger_record set number = ? where number = ?", 4, 1000)
    assert verify(filled, artifacts).first_bad == 3


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"number": 7}, "it says that it is record 7"),
        ({"at": "yesterday"}, "its time is none: yesterday"),
        ({"at": "2026-13-02T09:00:59.000000Z"}, "its time is none: 2026-13-02T09:00:59.000000Z"),
        ({"at": "2026-03-02T09:00:59Z"}, "its time is none: 2026-03-02T09:00:59Z"),
        ({"kind": "ledger.opened"}, "it opens a ledger inside of another"),
        ({"by": 3}, "it has not the fields of a record: at, by, kind, number, payload"),
        ({"number": True}, "it has not the fields of a record: at, by, kind, number, payload"),
        ({"more": 1}, "it has not the fields of a record: at, by, kind, number, payload"),
    ],
)
def test_a_record_with_the_right_hash_and_the_wrong_content_is_found(filled, said, why):
    record = filled.record(3)
    body = canonical.encode({**json.loads(record.body), **said})
    tamper(
        filled,
        "update ledger_record set body = ?, hash = ? where number = 3",
        body,
        hash_of(record.previous, body),
    )
    report = verify(filled)
    assert (report.first_bad, report.why) == (3, why)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b'"by"', b'"by" ', 1),
        lambda body: body.replace(b"GAP-1", b"G\\u0041P-1"),
        lambda body: body.replace(b"0.1", b"0.10"),
        lambda body: body.replace(b"0.1", b"1.0"),
        lambda body: body.replace(b"0.1", b"NaN"),
        lambda body: body.replace(b"0.1", b"-0.0"),
        lambda body: body.replace(b'{"at"', b'{"at":"","at"'),
        lambda body: body.replace(b"0.1", b"[" * 5000 + b"]" * 5000),
        lambda body: body.replace(b"0.1", b'"\xff"'),
        lambda body: body[:-1],
        lambda _body: b"[]",
    ],
)
def test_a_body_that_is_not_canonical_is_found_even_with_the_right_hash(filled, artifacts, tmp_path, change):
    record = filled.record(2)
    body = change(record.body)
    assert body != record.body
    tamper(filled, "update ledger_record set body = ?, hash = ? where number = 2", body, hash_of(record.previous, body))
    report = verify(filled)
    assert report.first_bad == 2
    assert "canonical" in report.why or "fields" in report.why


def test_a_first_record_that_does_not_open_a_ledger_is_found(filled):
    records = list(filled.records())
    for change, why in (
        ({"kind": "gap.raised"}, "it opens no ledger"),
        ({"payload": {}}, "it does not name the ledger"),
    ):
        rows = rebuild_chain(records, lambda said, change=change: said | change if said["number"] == 1 else said)
        put(filled, rows)
        assert verify(filled).why == why


@pytest.mark.parametrize("how", ["lost", "altered"])
def test_a_file_that_was_lost_or_altered_is_found_with_the_first_record_that_names_it(filled, artifacts, how):
    path = artifacts.path_of(filled.record(3).payload["artifact"])
    path.unlink()
    if how == "altered":
        path.write_bytes(b"another report")
    report = verify(filled, artifacts)
    assert (report.first_bad, report.why) == (
        3,
        f"its file {path.parent.name}{path.name} is {'missing' if how == 'lost' else 'altered'}",
    )
    assert verify(filled).ok


def test_of_a_record_and_a_file_that_were_touched_the_first_is_named(filled, artifacts):  # V1, V3
    kept = filled.record(3).payload["artifact"]
    artifacts.remove(kept)
    assert verify(filled, artifacts).first_bad == 3
    tamper(filled, "update ledger_record set kind = 'gap.closed' where number = ?", 4)
    assert verify(filled, artifacts).first_bad == 3
    tamper(filled, "update ledger_record set kind = 'gap.closed' where number = ?", 2)
    assert verify(filled, artifacts).first_bad == 2


# ── against a held checkpoint ──


def cut(ledger, _artifacts):
    tamper(ledger, "delete from ledger_record where number > ?", 4)
    return 5


def rewrite(ledger, _artifacts):
    """Change one word of history and calculate every hash anew."""
    put(
        ledger,
        rebuild_chain(list(ledger.records()), lambda said: said | {"by": "eve"} if said["number"] == 2 else said),
    )
    return 6


def old_backup(ledger, _artifacts):
    """Put the state after four records back and go on from there."""
    tamper(ledger, "delete from ledger_record where number > ?", 4)
    ledger.append([Event("gap.decided", {"id": "GAP-1"}), Event("gap.closed", {"id": "GAP-1"})], by="eve")
    return 6


def another(ledger, _artifacts):
    """Begin anew under another id."""
    put(
        ledger,
        rebuild_chain(
            list(ledger.records()),
            lambda said: said | {"payload": said["payload"] | {"ledger": "e" * 32}} if said["number"] == 1 else said,
        ),
    )
    return 1


@pytest.mark.parametrize("how", [cut, rewrite, old_backup, another])
def test_what_the_chain_alone_can_not_show_is_found_against_a_held_checkpoint(filled, artifacts, held, tmp_path, how):
    first_bad = how(filled, artifacts)
    filled.rebuild()
    assert verify(filled).ok  # the chain by itself is whole
    report = verify(filled, checkpoints=[held])
    assert (report.ok, report.first_bad) == (False, first_bad)
    if how in {cut, old_backup}:
        artifacts.keep(b"a name and an address")  # it is not yet expunged by then
    export(filled, artifacts, tmp_path / "export")
    assert standalone(tmp_path / "export").code == 0
    found = standalone(tmp_path / "export", "--checkpoint", tmp_path / "checkpoint.txt")
    assert found.code == 1
    assert "the checkpoint saw" in found.said


# ── by the stand-alone verifier alone ──


@pytest.fixture
def exported(filled, artifacts, held, tmp_path):
    export(filled, artifacts, tmp_path / "export")
    return tmp_path / "export"


def test_the_stand_alone_verifier_finds_nothing_wrong_where_nothing_is(filled, exported, held, tmp_path):
    head = filled.head()
    found = standalone(exported, "--checkpoint", tmp_path / "checkpoint.txt", "--key", held.key)
    assert (found.code, found.said) == (
        0,
        f"ok: 6 records, 2 files; ledger {filled.identity()}, head {head.hash}, 1 checkpoints",
    )


def test_the_stand_alone_verifier_needs_no_more_than_150_lines_and_nothing_of_lockgate(exported):
    text = (exported / "verify_ledger.py").read_text()
    assert len(text.splitlines()) < 150
    assert "import lockgate" not in text
    assert "from lockgate" not in text


def lines_of(folder):
    return (folder / "records.jsonl").read_bytes().splitlines(keepends=True)


def write(folder, lines):
    (folder / "records.jsonl").write_bytes(b"".join(lines))


@pytest.mark.parametrize("number", [1, 3, 6])
@pytest.mark.parametrize("field", ["hash", "previous", "at", "by", "kind", "number", "payload"])
def test_the_stand_alone_verifier_finds_every_changed_field(exported, field, number):
    lines = lines_of(exported)
    said = json.loads(lines[number - 1])
    where = said if field in said else said["body"]
    where[field] = {"number": 99, "payload": {"x": 1}}.get(field, "0" * 63 + "1")
    body = canonical.encode(said["body"])
    lines[number - 1] = b'{"hash":"%b","previous":"%b","body":%b}\n' % (
        said["hash"].encode(),
        said["previous"].encode(),
        body,
    )
    write(exported, lines)
    found = standalone(exported)
    assert (found.code, found.said.partition(": ")[2].partition(":")[0]) == (1, f"record {number}")


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda lines: lines[:2] + lines[3:], 3),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2),
        (lambda lines: lines[1:], 1),
        (lambda lines: lines[:4], 5),
        (lambda lines: [*lines[:-1], lines[-1][:-1]], 6),
        (lambda lines: [*lines, lines[-1]], 7),
        (lambda _lines: [], 1),
        (lambda lines: [*lines[:3], b"\n", *lines[3:]], 4),
    ],
)
def test_the_stand_alone_verifier_finds_what_was_deleted_moved_or_cut(exported, change, number):
    write(exported, change(lines_of(exported)))
    found = standalone(exported)
    assert found.code == 1
    assert f"record {number}:" in found.said or "the artifact" in found.said or number == 5


def test_the_stand_alone_verifier_finds_every_flipped_byte(exported):
    """In one process, since a process for each byte would take minutes: the verifier's own function is called."""
    space: dict[str, object] = {"__name__": "verifier"}
    exec(compile((exported / "verify_ledger.py").read_text(), "verify_ledger.py", "exec"), space)  # noqa: S102 - the script itself
    path = exported / "records.jsonl"
    good = path.read_bytes()
    space["verify"](exported, [])
    for place in range(0, len(good), 7):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        with pytest.raises((ValueError, KeyError, TypeError)):
            space["verify"](exported, [])


def test_the_stand_alone_verifier_finds_lost_altered_and_returned_files(exported, filled):
    kept = filled.record(3).payload["artifact"]
    gone = filled.record(4).payload["artifact"]
    path = exported / "artifacts" / kept[:2] / kept[2:]
    path.chmod(0o600)
    path.write_bytes(b"another")
    assert standalone(exported).said == f"BAD: record 3: its file {kept} is missing or altered"
    path.unlink()
    assert standalone(exported).said == f"BAD: record 3: its file {kept} is missing or altered"
    path.write_bytes(b"a report")
    back = exported / "artifacts" / gone[:2]
    back.mkdir(exist_ok=True)
    (back / gone[2:]).write_bytes(b"a name and an address")
    assert standalone(exported).said == f"BAD: record 5: its file {gone} is expunged and back again"


def test_a_forged_checkpoint_is_refused_by_both(exported, held, tmp_path):
    other = Signer.of(tmp_path / "other-key")
    note = held.note
    for forged in (
        note.replace("number 6", "number 5"),
        note.replace(held.hash, "a" * 64),
        note.replace(held.key, other.public),
        note.replace("\n\n", "\n"),
        note[:-10] + "AAAAAAAA=\n",
        "",
    ):
        path = tmp_path / "forged.txt"
        path.write_text(forged)
        found = standalone(exported, "--checkpoint", path)
        assert (found.code, found.said.startswith("BAD: the checkpoint")) == (1, True), found
        with pytest.raises(Exception, match="checkpoint"):
            read_checkpoint(forged)
    with pytest.raises(Exception, match="another key"):
        read_checkpoint(note, key=other.public)
    (tmp_path / "good.txt").write_text(note)
    assert standalone(exported, "--checkpoint", tmp_path / "good.txt", "--key", other.public).code == 1


def test_a_ledger_copied_back_over_a_longer_one_is_found(tmp_path, clock):
    ledger = open_ledger(tmp_path / "ledger.db", clock)
    ledger.record_evidence(evidence())
    ledger.close()
    shutil.copy(tmp_path / "ledger.db", tmp_path / "backup.db")
    ledger.record_evidence(evidence(failed=1))
    head = ledger.head()
    held = Signer.of(tmp_path / "key").sign(ledger.identity(), head.number, head.hash, clock())
    ledger.close()
    for rest in ("ledger.db-wal", "ledger.db-shm"):
        (tmp_path / rest).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", tmp_path / "ledger.db")
    report = verify(open_ledger(tmp_path / "ledger.db"), checkpoints=[held])
    assert (report.ok, report.first_bad, report.records) == (False, 3, 2)
    assert hashlib.sha256(b"").hexdigest() != head.hash
