"""How does no secret get into a file, however large? It is read in chunks, and none is missed where two chunks meet.

X1  In a text every secret in use is masked. A text is what can be read as UTF-8, or as UTF-16 when it says so.
X2  What is no text and holds a secret, in any way in which a text would write it, is refused.
X3  What holds none is kept byte for byte.
"""

import codecs
from typing import BinaryIO, Final

from lockgate.kernel.errors import RefusedError
from lockgate.kernel.secret import forms, scrub

CHUNK_BYTES: Final = 1 << 20
_UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class ArtifactRefused(RefusedError):
    """A file holds a secret that can't be masked."""


def redact(source: BinaryIO, target: BinaryIO) -> None:
    """Copy a file without the secrets in it."""
    encoding = _UTF16.get(source.read(2), "utf-8")
    source.seek(0)
    try:
        _copy_text(source, target, encoding)
    except UnicodeDecodeError:
        source.seek(0)
        target.seek(0)
        target.truncate()
        _copy_bytes(source, target)


def _copy_text(source: BinaryIO, target: BinaryIO, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    held = ""
    while chunk := source.read(CHUNK_BYTES):
        text = held + decoder.decode(chunk)
        end = _border(text)
        target.write(scrub(text[:end]).encode(encoding))
        held = text[end:]
    target.write(scrub(held + decoder.decode(b"", final=True)).encode(encoding))


def _border(text: str) -> int:
    """Return where a text can be cut without a secret, or the beginning of one, on both sides; 0 for nowhere."""
    longest = max(map(len, forms()), default=0)
    for end in range(len(text) - longest, longest, -1):
        before, after = text[end - longest : end], text[end : end + longest]
        if scrub(before + after) == scrub(before) + scrub(after):
            return end
    return 0


def _copy_bytes(source: BinaryIO, target: BinaryIO) -> None:
    secrets = [form.encode(encoding) for form in forms() for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    longest = max(map(len, secrets), default=0)
    held = b""
    while chunk := source.read(CHUNK_BYTES):
        held += chunk
        if any(secret in held for secret in secrets):
            raise ArtifactRefused(
                "The file holds a secret and is no text in which it could be masked.",
                do="Take the password or key out of the file, then try again.",
            )
        held = held[-longest:] if longest else b""
        target.write(chunk)
