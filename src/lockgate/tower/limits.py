"""How often may somebody try? So often as a person or a program needs, and then no more for a while.

L1  Tries are counted for each that tries: nobody is stopped by what others do.
L2  Who is stopped is told for how long; so is who waits for what the server has not read yet.
"""

import hashlib
import math
import time
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lockgate.faces.web.reading import number as figure
from lockgate.kernel.errors import Exit, LockgateError, UnreachableError

MINUTE: Final = 60
LINKS: Final = 30
"""Invitation links that one address may open in a minute."""
BAD_KEYS: Final = 30
"""Keys that open nothing, from one address, in a minute."""
REQUESTS: Final = 600
"""Requests with one key in a minute."""
LOCKED_SECONDS: Final = 300
"""How long the sign-in library counts failures."""


class TooManyError(LockgateError):
    """Somebody tries too often."""

    exit = Exit.REFUSED

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(
            _("Too many attempts."),
            why=_("So many in a short time look like guessing, or keep others waiting."),
            do=_wait(wait_seconds),
        )
        self.wait_seconds = wait_seconds


class StillReading(UnreachableError):
    """The ledger is being read for the first time."""

    wait_seconds = 10

    def __init__(self, number: int, last: int) -> None:
        super().__init__(
            _("The records are still being read."),
            why=_("The server has just begun: it has read {number} of {last} records.").format(
                number=figure(number), last=figure(last)
            ),
            do=_("Load the page again in a moment. Gates, registers and tasks are there already."),
        )


def _wait(seconds: int) -> str:
    """Return what to do, in minutes where those are shorter to read."""
    if seconds > 2 * MINUTE:
        minutes = math.ceil(seconds / MINUTE)
        return ngettext("Wait {n} minute, then try again.", "Wait {n} minutes, then try again.", minutes).format(
            n=minutes
        )
    return ngettext("Wait {n} second, then try again.", "Wait {n} seconds, then try again.", seconds).format(n=seconds)


def spend(what: str, who: str, most: int) -> None:
    """Count a try of somebody, and stop them when there were too many in this minute (L1, L2)."""
    now = time.time()
    key = f"limit:{what}:{hashlib.sha256(who.encode()).hexdigest()}:{int(now // MINUTE)}"
    cache.add(key, 0, 2 * MINUTE)
    if cache.incr(key) > most:
        raise TooManyError(math.ceil(MINUTE - now % MINUTE))


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from; behind a proxy, what the proxy says."""
    from allauth.account.adapter import get_adapter  # noqa: PLC0415 - it reads models, which are not there before Django

    return str(get_adapter().get_client_ip(request))
