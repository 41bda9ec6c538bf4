"""Can the address of a database be read? Asked before a driver, whose words about a wrong one quote the password.

A1  In front of its server stands one `@` at most, and no `/` before it: what follows the first would be taken for
    the name of the server.
A2  Each percent sign begins a code.
"""

import re

from lockgate.kernel.errors import UsageError
from lockgate.kernel.secret import Secret

_NO_CODE = re.compile(r"%(?!(?!00)[0-9A-Fa-f]{2})")


def readable(address: Secret, variable: str) -> str:
    """Return an address as it is; stop where a driver could take a part of its password for something else."""
    told = address.reveal()
    _, found, parts = told.partition("://")
    before, _, _ = parts.rpartition("@")
    if found and ("@" in before or "/" in before or _NO_CODE.search(parts)):  # A1, A2
        raise unreadable(variable)
    return told


def unreadable(variable: str) -> UsageError:
    """Return the stop for an address that can't be read, without a word of it."""
    return UsageError(
        "The address can't be read.",
        why=f"What stands in {variable} can't be told apart into user, password, server and database.",
        do="Write `postgresql://user:password@server/database`, and percent-encode `@` and `%` in the password: "
        "`@` is `%40`, `%` is `%25`, `/` is `%2F`, a blank is `%20`.",
    )
