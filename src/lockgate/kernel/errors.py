"""How does Lockgate stop when it must? With three lines and an exit code that says whose move it is.

A `LockgateError` is an expected stop. Anything else that escapes is a bug of ours and ends with `Exit.BUG`.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command; scripts may rely on them."""

    DONE = 0
    NO = 1
    USAGE = 2
    BUG = 3
    UNREACHABLE = 4
    REFUSED = 5
    INTERRUPTED = 130


class LockgateError(Exception):
    """An expected stop: what happened, why, and what to do about it."""

    exit: Exit = Exit.USAGE

    def __init__(self, what: str, *, why: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.do = do

    def lines(self) -> tuple[str, ...]:
        """Return the lines to show: what, why and what to do, leaving out what is not known."""
        return tuple(line for line in (self.what, self.why, self.do) if line)


class UsageError(LockgateError):
    """The command or its options can't be carried out as given."""

    exit = Exit.USAGE


class UnreachableError(LockgateError):
    """Something outside of this process (Odoo, a database, a download) is out of reach."""

    exit = Exit.UNREACHABLE


class RefusedError(LockgateError):
    """Lockgate or the other side refuses: a production lock, a missing right."""

    exit = Exit.REFUSED
