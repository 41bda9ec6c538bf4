"""How far did the ledger go at a moment? Clocks differ, so the moment cuts it where the fewest records contradict.

M1  As of a moment the ledger ends with a number: what is up to it was there, what is after it was not. So it is always
    a beginning of the ledger, in the order of the numbers.
M2  A record contradicts an end when it stands before it and its time is after the moment, or when it stands after it
    and its time is not. The ledger ends where the fewest contradict; of several such ends, at the last.
M3  A record whose clock is behind the latest one before it by no more than is tolerated counts as made when that was.

Where no clock ran back, that is the last record whose time is not after the moment. A clock that was wrong, ahead or
behind, is outvoted by the records that are right. A later moment never shows less: what is not after the one is not
after the other either. What is recorded afterwards, with a time after the moment, changes no answer.

In a run, which is a stretch where no clock ran back by more than is tolerated, times only rise (M3), so the best end
of a run is found by halving. Where runs begin and which records are late in one is kept beside the records.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice, pairwise

from lockgate.kernel.clock import moment_of, stamp
from lockgate.ledger.record import Record, behind
from lockgate.ledger.stores import Reading, Writing

_AT_ONCE = 500


def project(turn: Writing, records: Iterable[Record]) -> None:
    """Note where these records, which are the newest, begin a run or are late in one."""
    rest = iter(records)
    reach: datetime | None = None
    while chunk := list(islice(rest, _AT_ONCE)):
        runs, late = [], []
        for record in chunk:
            if reach is None and record.number > 1:
                reach = moment_of(_reach(turn, record.number - 1))
            if reach is None or behind(reach, record.at):
                runs.append((record.number, stamp(record.at), stamp(reach) if reach else ""))
                reach = record.at
            elif record.at < reach:
                late.append((record.number, stamp(reach)))  # M3
            else:
                reach = record.at
        turn.write("insert into ledger_run (first, begun, before) values (?, ?, ?)", runs)
        turn.write("insert into ledger_late (number, reach) values (?, ?)", late)


def end_at(turn: Reading, moment: datetime, head: int) -> int:
    """Return the number with which a ledger that has `head` records ended at a moment (M1, M2)."""
    text = stamp(moment)
    if not head:
        return 0
    runs = turn.rows("select first, begun, before from ledger_run order by first")
    end = fewest = contradict = 0
    for (first, begun, _), (following, _, reached) in pairwise([*runs, (head + 1, "", _reach(turn, head))]):
        last = following - 1
        best = last if reached <= text else first - 1 if begun > text else _last_seen(turn, first, last, text)
        contradict -= best - first + 1
        if contradict <= fewest:
            fewest, end = contradict, best
        contradict += last - best
    return end


def _last_seen(turn: Reading, first: int, last: int, moment: str) -> int:
    """Return the last number of a run that was reached at the moment; the first one was."""
    while first < last:
        middle = (first + last + 1) // 2
        if _reach(turn, middle) <= moment:
            first = middle
        else:
            last = middle - 1
    return first


def _reach(turn: Reading, number: int) -> str:
    """Return the latest time in the run of a record up to it; one that is gone, as `verify` tells, has that before."""
    rows = turn.rows(
        "select coalesce(l.reach, r.at) from ledger_record r left join ledger_late l on l.number = r.number"
        " where r.number <= ? order by r.number desc limit 1",
        number,
    )
    return str(rows[0][0])
