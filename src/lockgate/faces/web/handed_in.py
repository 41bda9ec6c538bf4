"""Where is a file between being looked at and being taken? Kept for whoever handed it in, for a while.

F1  Just the file that was looked at is taken: it is found again by a secret that only its page holds.
F2  What is too large for a page is refused, with the command that takes it.
"""

import secrets
from typing import Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from lockgate.faces.web.reading import number
from lockgate.kernel.errors import UsageError

KEPT_SECONDS: Final = 30 * 60
LARGEST: Final = 10 * 2**20


def keep(content: bytes, name: str, person: str, *, command: str) -> str:
    """Keep a file until it is taken, and return by what it is found again (F1); the command takes a larger one (F2)."""
    if len(content) > LARGEST:
        raise UsageError(
            _("The file is too large for a page."),
            why=_("It has {size} bytes, and {most} are taken.").format(size=number(len(content)), most=number(LARGEST)),
            do=_("Import it on the command line: `{command}`.").format(command=command),
        )
    token = secrets.token_urlsafe(16)
    cache.set(f"import:{person}:{token}", (name, content), KEPT_SECONDS)
    return token


def kept(token: str, person: str) -> tuple[str, bytes]:
    """Return the file that was looked at, or say that it must be chosen again."""
    found = cache.get(f"import:{person}:{token}")
    if found is None:
        raise UsageError(
            _("The file that you looked at is not kept any more; nothing was imported."),
            do=_("Choose it again, look at it, and import it within half an hour."),
        )
    return str(found[0]), bytes(found[1])
