"""What was each thing when it was last measured? The digests that evidence names as its inputs, each time one changed.

A file of an old system is in no workspace: what it is now is what the newest evidence that names it says it was.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from lockgate.ledger.evidence import RECORDED
from lockgate.ledger.record import Record
from lockgate.ledger.stores import Reading, Writing

_AT_ONCE = 500


def project(turn: Writing, records: Iterable[Record]) -> None:
    """Note which inputs these records, which are the newest, saw with another digest than before."""
    seen = ((record.number, record.payload["inputs"]) for record in records if record.kind == RECORDED)
    said = ((number, str(name), str(digest)) for number, inputs in seen for name, digest in inputs.items())
    while chunk := list(islice(said, _AT_ONCE)):
        last = _last(turn, list({name for _, name, _ in chunk}))
        changed = []
        for number, name, digest in chunk:
            if last.get(name) != digest:
                last[name] = digest
                changed.append((f"{number} {name}", number, name, digest))
        turn.write("insert into ledger_input (place, number, name, digest) values (?, ?, ?, ?)", changed)


def as_of(turn: Reading, upto: int) -> dict[str, tuple[int, str]]:
    """Return each input's digest as of a number, with the number of the record since which it had it."""
    rows = turn.rows(
        "select i.name, i.number, i.digest from ledger_input i join"
        " (select name, max(number) as number from ledger_input where number <= ? group by name) newest"
        " on newest.name = i.name and newest.number = i.number",
        upto,
    )
    return {name: (number, digest) for name, number, digest in rows}


def _last(turn: Reading, names: Sequence[str]) -> dict[str, str]:
    marks = ", ".join("?" * len(names))
    rows = turn.rows(
        f"select name, digest from ledger_input i where name in ({marks})"  # noqa: S608 - only marks are put in
        " and number = (select max(number) from ledger_input where name = i.name)",
        *names,
    )
    return dict(rows)
