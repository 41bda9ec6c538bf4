"""What does somebody say about a pair? The same for the page and the API: a step of the register, in their name."""

from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.ledger.registers.action import Move
from lockgate.practices.migration.perform.matching.decided import REVIEW, SAYS, steps
from lockgate.programme.desk import Desk
from lockgate.workspace.words import listed


def say(desk: Desk, record: str, said: str, *, by: str, reason: str = "") -> None:
    """Say that two records are the same, or different, or take back what was said; stop where that may not be."""
    entry, register = desk.entry(record)
    if register.key != REVIEW or said not in {*SAYS, "take-back"}:
        do = f"Say {listed([*SAYS, 'take-back'])} of a record of {REVIEW}."
        raise UsageError(f"{said!r} can't be said of {record}.", do=do)
    step = Move(record, said, reason=reason) if said == "take-back" else steps(entry, said, reason=reason)
    done = desk.book.perform([step], actor=desk.actor(by), moment=desk.moment)
    if done.refusals:
        first = done.refusals[0]
        raise RefusedError(first.what, do=first.do)
