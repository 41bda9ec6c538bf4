"""What came of a change? Said to a person or a program, and as an exit code."""

from collections.abc import Iterable, Sequence
from typing import Final

from lockgate.faces.output import show
from lockgate.faces.terminal import remark
from lockgate.kernel.errors import Exit
from lockgate.ledger.registers.action import Action, Refusal
from lockgate.ledger.registers.book import Done
from lockgate.ledger.registers.telling.changes import done_answer
from lockgate.programme.desk import Desk

_RIGHTS: Final = {"no-right", "separation-of-duties"}
_NOT_YET: Final = {"stale-version", "closed", "wrong-state", "guard", "voted-already", "no-vote"}


def carry_out(it: Desk, by: str | None, actions: Sequence[Action], *, as_json: bool) -> Exit:
    """Do it, say what came of it, and return the exit code."""
    done = it.book.perform(actions, actor=it.actor(by), moment=it.moment)
    answer = done_answer(done, it.known, it.moment)
    if as_json:
        show(answer, as_json=True)
    else:
        _tell(done, it)
    return _exit(done.refusals)


def _tell(done: Done, it: Desk) -> None:
    tell_refusals(done.refusals)
    for record in done.touched:
        entry = done.entries.by_id[record]
        state = it.register(entry.register).state(entry.state)
        show(None, f"{entry.id} is {state.title.lower() if state else entry.state}, version {entry.version}.")
    if not done.refusals and not done.touched:
        remark("Nothing changed: it was so already.")


def tell_refusals(refusals: Iterable[Refusal]) -> None:
    """Say why nothing was changed."""
    for number, one in enumerate(refusals):
        remark(f"{'Nothing was changed.' if not number else ''}\n{one.what}\n  {one.do}".lstrip("\n"))


def _exit(refusals: Sequence[Refusal]) -> Exit:
    codes = {one.code for one in refusals}
    if codes & _RIGHTS:
        return Exit.REFUSED
    if codes - _NOT_YET:
        return Exit.USAGE
    return Exit.NO if codes else Exit.DONE
