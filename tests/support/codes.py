"""What an app that makes codes shows at a moment (RFC 6238: SHA-1, six digits, thirty seconds)."""

import base64
import hmac
import time

STEP_SECONDS = 30


def code(secret: str, *, steps: int = 0) -> str:
    """Return the code of now, or of some steps later."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counted = int(time.time()) // STEP_SECONDS + steps
    digest = hmac.digest(key, counted.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"
