"""How can a second party hold the ledger to what it was? With a signed note of its head: a checkpoint.

It is a signed note as C2SP describes it (Ed25519), so that other tools can check it too. Who keeps one elsewhere finds
a cut end, a rewritten history and an old backup put in place.
"""

import base64
import binascii
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lockgate.kernel.clock import moment_of, stamp
from lockgate.kernel.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME: Final = "lockgate"
_FIRST_LINE: Final = "lockgate-ledger-checkpoint-1"
_NOTE: Final = re.compile(
    rf"({_FIRST_LINE}\nledger ([0-9a-f]{{32}})\nnumber ([1-9][0-9]{{0,17}})\nhash ([0-9a-f]{{64}})\n"
    r"at (\S+)\nkey (\S+)\n)"
    rf"\n\N{{EM DASH}} {NAME} (\S+)\n"
)
_ED25519: Final = b"\x01"
_SIGNATURE_BYTES: Final = 64


class CheckpointRefused(RefusedError):
    """A checkpoint that is not genuine."""


class KeyUnsafe(RefusedError):
    """The key that signs checkpoints can be read by others."""


@dataclass(frozen=True)
class Checkpoint:
    """A head of a ledger as somebody signed it."""

    ledger: str
    number: int
    hash: str
    at: datetime
    key: str
    """The public key that signed, in the form `lockgate+1a2b3c4d+Ab…=`."""
    note: str
    """The signed note itself."""


class Signer:
    """The key that signs checkpoints: a file that its owner alone can read."""

    def __init__(self, key: "Ed25519PrivateKey") -> None:
        self._key = key
        self.public = verifier_key(key.public_key().public_bytes_raw())

    @classmethod
    def of(cls, path: Path) -> "Signer":
        """Return the signer whose key lies in a file; a new one on first use."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - heavy
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - heavy

        if not path.exists():
            _make(path)
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise KeyUnsafe(
                f"The key {path} can be read by others.",
                why="Who has it can sign in your name.",
                do=f"chmod 600 {path}",
            )
        try:
            key = load_pem_private_key(path.read_bytes(), password=None)
        except ValueError as error:
            raise UsageError(f"{path} holds no key.", why=str(error), do="Bring it back from a backup.") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise UsageError(f"{path} holds no Ed25519 key.", do="Name another file.")
        return cls(key)

    def sign(self, ledger: str, number: int, own_hash: str, at: datetime) -> Checkpoint:
        """Return the signed note of a head."""
        text = f"{_FIRST_LINE}\nledger {ledger}\nnumber {number}\nhash {own_hash}\nat {stamp(at)}\nkey {self.public}\n"
        signature = _key_hash(self.public) + self._key.sign(text.encode())
        note = f"{text}\n\N{EM DASH} {NAME} {base64.b64encode(signature).decode()}\n"
        return Checkpoint(ledger, number, own_hash, at, self.public, note)


def read_checkpoint(note: str, *, key: str | None = None) -> Checkpoint:
    """Return the checkpoint that a note holds once its signature was found right; by this key, when one is named."""
    found = _NOTE.fullmatch(note)
    if found is None:
        raise CheckpointRefused(
            "This is no checkpoint of a ledger.", do="Take the file as `ledger checkpoint` wrote it."
        )
    text, ledger, number, own_hash, at, signer, signature = found.groups()
    if key is not None and key != signer:
        raise CheckpointRefused("The checkpoint was signed with another key.", why=f"It was signed with {signer}.")
    if not _signed(text.encode(), signer, signature):
        raise CheckpointRefused("The checkpoint's signature is wrong.", why="It was altered since it was signed.")
    try:
        moment = moment_of(at)
    except ValueError:
        raise CheckpointRefused("The checkpoint names no moment.", why=f"It says {at}.") from None
    return Checkpoint(ledger, int(number), own_hash, moment, signer, note)


def verifier_key(raw: bytes) -> str:
    """Return a public key as C2SP writes it: name, hash and the key itself."""
    typed = _ED25519 + raw
    told = hashlib.sha256(NAME.encode() + b"\n" + typed).hexdigest()
    return f"{NAME}+{told[:8]}+{base64.b64encode(typed).decode()}"


def _signed(text: bytes, key: str, signature: str) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - heavy

    try:
        raw = base64.b64decode(key.split("+", 2)[2], validate=True)[1:]
        signed = base64.b64decode(signature, validate=True)
        if verifier_key(raw) != key or signed[:-_SIGNATURE_BYTES] != _key_hash(key):
            return False
        Ed25519PublicKey.from_public_bytes(raw).verify(signed[-_SIGNATURE_BYTES:], text)
    except (InvalidSignature, ValueError, IndexError, binascii.Error):
        return False
    return True


def _key_hash(key: str) -> bytes:
    return bytes.fromhex(key.split("+")[1])


def _make(path: Path) -> None:
    """Write a new key where nobody else can read it, at any moment."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - heavy

    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
