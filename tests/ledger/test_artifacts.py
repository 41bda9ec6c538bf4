import hashlib
import resource
import signal
import stat
import subprocess
import sys

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.kernel.secret import MASK, Secret
from lockgate.ledger import open_ledger
from lockgate.ledger.artifacts import (
    ArtifactMissing,
    Artifacts,
    ArtifactUnwritable,
    State,
    digests_in,
)
from lockgate.ledger.expunge import expunge
from lockgate.ledger.proving.verification import verify
from lockgate.ledger.redaction import ArtifactRefused
from support.ledgers import evidence

DIGEST = hashlib.sha256(b"a report").hexdigest()


@pytest.fixture
def artifacts(tmp_path):
    return Artifacts(tmp_path / "artifacts")


def files(artifacts):
    return sorted(str(path.relative_to(artifacts.folder)) for path in artifacts.folder.rglob("*") if path.is_file())


def test_a_file_lies_under_its_digest_for_reading_only(artifacts):  # A1
    assert artifacts.keep(b"a report") == artifacts.keep(b"a report") == DIGEST
    assert files(artifacts) == [f"{DIGEST[:2]}/{DIGEST[2:]}"]
    assert stat.S_IMODE(artifacts.path_of(DIGEST).stat().st_mode) == 0o440
    assert (artifacts.read(DIGEST), artifacts.state(DIGEST)) == (b"a report", State.PRESENT)


def test_a_file_can_be_kept_by_its_path(artifacts, tmp_path):
    (tmp_path / "report.txt").write_bytes(b"a report")
    assert artifacts.keep(tmp_path / "report.txt") == DIGEST


def test_a_file_that_was_altered_or_lost_is_not_read_and_can_be_kept_again(artifacts):
    artifacts.keep(b"a report")
    path = artifacts.path_of(DIGEST)
    path.chmod(0o600)
    path.write_bytes(b"a  report")
    with pytest.raises(ArtifactMissing) as refused:
        artifacts.read(DIGEST)
    assert (refused.value.why, artifacts.state(DIGEST)) == (
        "It was altered: its content is not what its digest says.",
        State.ALTERED,
    )
    path.unlink()
    with pytest.raises(ArtifactMissing, match="can't be read"):
        artifacts.read(DIGEST)
    assert (artifacts.keep(b"a report"), artifacts.read(DIGEST)) == (DIGEST, b"a report")


@pytest.mark.parametrize("digest", ["", "..", "../../etc/passwd", "AB" * 32, "ab" * 31, f"{DIGEST}\n"])
def test_what_is_no_digest_leads_nowhere(artifacts, digest):
    with pytest.raises(UsageError, match="is no digest"):
        artifacts.read(digest)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_secret_in_a_text_is_masked_at_the_door(artifacts, encoding):  # A3
    secret = Secret("canary-7431")
    digest = artifacts.keep("key = canary-7431, naïve".encode(encoding))
    assert artifacts.read(digest).decode(encoding) == f"key = {MASK}, naïve"
    assert all(b"7431" not in artifacts.read(digest) for _ in files(artifacts))
    del secret


def test_a_secret_in_what_is_no_text_is_refused(artifacts):  # A3
    secret = Secret("canary-7431")
    with pytest.raises(ArtifactRefused, match="holds a secret"):
        artifacts.keep(b"\x89PNG\xff canary-7431")
    assert files(artifacts) == []
    assert artifacts.keep(b"\x89PNG\xff") == hashlib.sha256(b"\x89PNG\xff").hexdigest()
    del secret


def test_a_full_disk_leaves_no_half_file_and_room_mends_it(artifacts):  # A2; T14
    def no_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    program = (
        "import sys; from pathlib import Path; from lockgate.ledger.artifacts import *\n"
        "try: Artifacts(Path(sys.argv[1])).keep(b'x' * 100_000)\n"
        "except ArtifactUnwritable as error: print(*error.lines(), sep='\\n')"
    )
    command = [sys.executable, "-c", program, artifacts.folder]
    done = subprocess.run(command, preexec_fn=no_room, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        f"A file can't be kept in {artifacts.folder}: nothing was recorded, and so nothing was done.",
        "File too large.",
        "Make room or give the right to write, then try again.",
    ]
    assert files(artifacts) == []
    artifacts.keep(b"x" * 100_000)
    assert len(files(artifacts)) == 1


def test_a_folder_that_can_not_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ArtifactUnwritable):
        Artifacts(tmp_path / "file" / "artifacts").keep(b"a report")


def test_names_of_files_are_found_in_a_payload_under_their_two_keys_only():
    payload = {
        "artifact": DIGEST,
        "comment": DIGEST,
        "inputs": {"template": DIGEST},
        "rows": [{"artifacts": {"a": "1" * 64, "b": ["2" * 64, {"c": "3" * 64}]}}, ({"artifact": None},)],
        "artifacts": ["no digest", 7],
    }
    assert list(digests_in(payload)) == [DIGEST, "1" * 64, "2" * 64, "3" * 64]


def test_an_expunged_file_is_gone_and_its_digest_reason_and_who_stay(artifacts, tmp_path):  # A4
    ledger = open_ledger(tmp_path / "ledger.db")
    digest = artifacts.keep(b"a name and an address")
    ledger.record_evidence(evidence(artifact=digest))
    record = expunge(ledger, artifacts, digest, by="ada", reason=" asked for by the person ")
    assert (record.kind, record.by) == ("artifact.expunged", "ada")
    assert record.payload == {"digest": digest, "reason": "asked for by the person"}
    assert (files(artifacts), artifacts.state(digest)) == ([], State.MISSING)
    assert verify(ledger, artifacts).ok
    with pytest.raises(UsageError) as refused:
        expunge(ledger, artifacts, digest, by="ada", reason="again")
    assert refused.value.why == "ada expunged it (record 3)."


def test_what_was_never_kept_can_not_be_expunged_and_a_reason_is_due(artifacts, tmp_path):
    ledger = open_ledger(tmp_path / "ledger.db")
    for reason, what in (("asked for", "There is no artifact"), (" ", "for a reason")):
        with pytest.raises(UsageError, match=what):
            expunge(ledger, artifacts, DIGEST, by="ada", reason=reason)
    assert ledger.head().number == 0


def test_an_expunged_file_that_comes_back_is_found_unless_it_was_named_again(artifacts, tmp_path):
    ledger = open_ledger(tmp_path / "ledger.db")
    digest = artifacts.keep(b"a name and an address")
    ledger.record_evidence(evidence(artifact=digest))
    expunge(ledger, artifacts, digest, by="ada", reason="asked for")
    artifacts.keep(b"a name and an address")
    report = verify(ledger, artifacts)
    assert (report.first_bad, report.why) == (3, f"its file {digest} was expunged and is here again")
    ledger.record_evidence(evidence(artifact=digest))
    assert verify(ledger, artifacts).ok
