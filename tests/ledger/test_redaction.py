"""Is what is kept of a large file the same as of a small one? The borders between chunks may fall anywhere."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.kernel.secret import MASK, Secret, scrub
from lockgate.ledger import redaction
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.redaction import ArtifactRefused, redact

PIECES = st.sampled_from(
    ["canary-7431", "canary", "-7431", "ca", "\u00e4", "\U0001f6aa", "nary", "\n", "x", "1" * 9, "aa"]
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]


def in_chunks(content, size):
    """Return what is kept when a file is read in chunks of that size."""
    target = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redaction, "CHUNK_BYTES", size)
        redact(io.BytesIO(content), target)
    return target.getvalue()


def encoded(text, encoding):
    bom = "\ufeff" if encoding.startswith("utf-16") else ""
    return (bom + text).encode(encoding)


@given(st.lists(PIECES, max_size=30), st.integers(1, 40), st.sampled_from(ENCODINGS))
def test_a_secret_is_masked_wherever_the_borders_fall(pieces, size, encoding):  # X1
    secret = Secret("canary-7431")
    text = "".join(pieces)
    assert in_chunks(encoded(text, encoding), size) == encoded(text.replace(secret.reveal(), MASK), encoding)


@given(st.text("ab", max_size=40), st.integers(1, 9), st.lists(st.text("ab", min_size=2, max_size=6), max_size=3))
def test_secrets_that_overlap_leave_none_whole(text, size, values):  # X1
    secrets = [Secret(value) for value in values]
    kept = in_chunks(text.encode(), size).decode()
    assert [secret.reveal() for secret in secrets if secret.reveal() in kept] == []
    assert scrub(kept) == kept


@given(st.lists(PIECES, max_size=12), st.integers(1, 40), st.integers(0, 200))
def test_what_is_no_text_is_kept_as_it_is_or_refused(pieces, size, place):  # X2, X3
    secret = Secret("canary-7431")
    text = "".join(pieces).encode()
    place = min(place, len(text))
    content = text[:place] + b"\xff\xfe\xfd" + text[place:]
    if content.startswith(b"\xff\xfe"):
        content = b"\x89" + content
    if secret.reveal().encode() in content:
        with pytest.raises(ArtifactRefused):
            in_chunks(content, size)
    else:
        assert in_chunks(content, size) == content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_secret_beyond_ascii_is_found_in_what_is_no_text(encoding):  # X2
    secret = Secret("can\u00e4ry-7431")
    with pytest.raises(ArtifactRefused, match="holds a secret"):
        in_chunks(b"\x89PNG\xff" + secret.reveal().encode(encoding), 4)


def test_a_large_file_is_kept_and_handed_out_in_parts(tmp_path):
    """Of 64 megabytes no more than a few are in memory at once, and the secret at a border is masked."""
    secret = Secret("canary-7431")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        for _ in range(64):
            file.write(b"x" * ((1 << 20) - 5) + b"canar")
        file.write(b"y-7431")
    artifacts = Artifacts(tmp_path / "artifacts")
    tracemalloc.start()
    try:
        digest = artifacts.keep(large)
        with artifacts.opened(digest) as kept:
            kept.seek(-20, 2)
            end = kept.read()
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
    assert end.decode().endswith(f"x{MASK}")
    assert (artifacts.path_of(digest).stat().st_size, secret.reveal()) == (64 * (1 << 20) - 5 + 9, "canary-7431")
