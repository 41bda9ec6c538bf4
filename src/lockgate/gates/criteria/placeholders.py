"""Which names does a command leave open, and how does it read with them filled in?"""

import re
import shlex
from collections.abc import Mapping

_NAME = re.compile(r"\{([A-Za-z_][\w-]*)\}")


def placeholders(command: str) -> list[str]:
    """Return the names that a command asks for; other brackets are its own."""
    return _NAME.findall(command)


def fill(command: str, names: Mapping[str, str]) -> str:
    """Return the command with the names that are known put in, safe for a shell."""
    return _NAME.sub(lambda found: shlex.quote(names[found[1]]) if found[1] in names else found[0], command)
