"""How does the ledger say no? Each way in which it can't record or read has its error, with what to do about it."""

from lockgate.kernel.errors import RefusedError, UnreachableError, UsageError


class LedgerUnwritable(UnreachableError):
    """Nothing could be recorded, so nothing may be done."""


class LedgerUnconfirmed(UnreachableError):
    """The connection ended while it was being recorded: whether it stands is not known."""


class LedgerUnreadable(UnreachableError):
    """The ledger can't be read."""


class LedgerMoved(RefusedError):
    """Somebody recorded something since the caller looked."""


class NoLedger(UsageError):
    """There is no ledger at that place."""


class LedgerUnusable(UsageError):
    """What lies there is no ledger, or one of another version."""


def unwritable(place: str, error: Exception) -> LedgerUnwritable:
    """Return the error of a ledger that does not take another record."""
    return LedgerUnwritable(
        f"The ledger {place} can't be written: nothing was recorded, and so nothing was done.",
        why=_first_line(error),
        do="Make room, give the right to write or bring the database back, then try again.",
    )


def unconfirmed(place: str, error: Exception) -> LedgerUnconfirmed:
    """Return the error of a record whose fate is unknown."""
    return LedgerUnconfirmed(
        f"The ledger {place} went away while it was recording: whether the records stand is not known.",
        why=_first_line(error),
        do="When it is back, look at `lockgate ledger tail` before you try again.",
    )


def unreadable(place: str, error: Exception) -> LedgerUnreadable:
    """Return the error of a ledger that can't be read."""
    return LedgerUnreadable(
        f"The ledger {place} can't be read.",
        why=_first_line(error),
        do="Bring the database back or repair the file, then try again.",
    )


def damaged(number: int, why: str) -> LedgerUnreadable:
    """Return the error of a record that can't be one of ours."""
    return LedgerUnreadable(
        f"Record {number} of the ledger is damaged.",
        why=why.partition("\n")[0],
        do="`lockgate ledger verify` names the first record that was touched.",
    )


def other_version(place: str, kept: str, ours: int) -> LedgerUnusable:
    """Return the refusal of a ledger in another format."""
    return LedgerUnusable(
        f"The ledger {place} was written by another version of Lockgate.",
        why=f"Its format is {kept}; this version knows format {ours}.",
        do="Use the version that wrote it, or a newer one.",
    )


def outdated(place: str, error: Exception) -> LedgerUnreadable:
    """Return the refusal of a ledger whose tables can't be brought up to date."""
    return LedgerUnreadable(
        f"The ledger {place} was made by an older version of Lockgate, and can't be brought up to date.",
        why=_first_line(error),
        do="Give the right to write to it, or read it with the version that made it; its records are untouched.",
    )


def no_ledger(place: str) -> NoLedger:
    """Return the refusal to read what is not there."""
    return NoLedger(
        f"There is no ledger at {place}.",
        do="It begins with the first record; work in the workspace's folder, or set LOCKGATE_DATABASE_URL.",
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
