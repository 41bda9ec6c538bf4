import base64
import hashlib
import os
import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from lockgate.kernel.errors import UsageError
from lockgate.ledger.proving.checkpoints import CheckpointRefused, KeyUnsafe, Signer, read_checkpoint
from support.ledgers import NOON

ID, HASH = "0123456789abcdef" * 2, "ab" * 32


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "checkpoint.key"


def test_the_key_is_made_on_first_use_for_its_owner_alone_and_stays(path):
    old = os.umask(0)
    try:
        signer = Signer.of(path)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Signer.of(path).public == signer.public


def test_a_key_that_others_can_read_is_refused(path):
    Signer.of(path)
    path.chmod(0o640)
    with pytest.raises(KeyUnsafe) as refused:
        Signer.of(path)
    assert refused.value.do == f"chmod 600 {path}"


def test_what_is_no_key_is_refused(path):
    Signer.of(path)
    other = X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for content, what in ((b"", "holds no key"), (other, "holds no Ed25519 key")):
        path.write_bytes(content)
        with pytest.raises(UsageError, match=what):
            Signer.of(path)


def test_a_checkpoint_says_what_it_was_made_of_and_is_read_again(path):
    signer = Signer.of(path)
    made = signer.sign(ID, 7, HASH, NOON)
    assert made.note.splitlines()[:-1] == [
        "lockgate-ledger-checkpoint-1",
        f"ledger {ID}",
        "number 7",
        f"hash {HASH}",
        "at 2026-03-02T12:00:00.000000Z",
        f"key {signer.public}",
        "",
    ]
    assert read_checkpoint(made.note) == read_checkpoint(made.note, key=signer.public) == made


def test_a_checkpoint_is_a_signed_note_that_other_tools_can_check(path):
    """By the rules of C2SP: name, hash of the key, key; the signature is over the text up to the empty line."""
    signer = Signer.of(path)
    note = signer.sign(ID, 7, HASH, NOON).note
    text, _, signature_line = note.partition("\n\n")
    dash, name, signature = signature_line.split()
    key_name, key_hash, key = signer.public.split("+", 2)
    typed, signed = base64.b64decode(key), base64.b64decode(signature)
    assert (dash, name, key_name, typed[0]) == ("—", "lockgate", "lockgate", 1)
    assert hashlib.sha256(b"lockgate\n" + typed).digest()[:4] == signed[:4] == bytes.fromhex(key_hash)
    Ed25519PublicKey.from_public_bytes(typed[1:]).verify(signed[4:], f"{text}\n".encode())


def test_a_moment_that_is_none_is_refused_even_when_it_is_signed(path, monkeypatch):
    signer = Signer.of(path)
    monkeypatch.setattr("lockgate.ledger.proving.checkpoints.stamp", lambda _: "yesterday")
    note = signer.sign(ID, 7, HASH, NOON).note
    with pytest.raises(CheckpointRefused, match="names no moment"):
        read_checkpoint(note)
