"""How is a link or key kept? Not at all: only the digest of its secret, which is long enough not to be guessed."""

import hashlib
import secrets

LENGTH_BYTES = 32


def new() -> str:
    """Return a secret that fits into a URL."""
    return secrets.token_urlsafe(LENGTH_BYTES)


def digest(secret: str) -> str:
    """Return what is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
