"""Where are the records kept, so that a page need not read every event? In a table that can always be made anew.

B1  The table is right up to the record of the ledger whose number and hash are noted beside it. If the ledger has no
    such record, as after an old backup, the table counts for nothing; so it does when a version of Lockgate made it
    whose records have other parts.
B2  Making it anew gives the same bytes: each row holds the one encoding of its record.
B3  Reading never writes. Who appends brings the table up to date, and so does `rebuild`.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

from lockgate.ledger.ledger import AsOf, Ledger
from lockgate.ledger.registers.entry import Entries, Entry
from lockgate.ledger.registers.plain import body_of, entry_of, shape
from lockgate.ledger.registers.projection import project
from lockgate.ledger.stores import Reading, Writing

_TABLE: Final = """
create table if not exists register_entry (
    id {text} primary key, register {text} not null, counted {number} not null, state {text} not null,
    owner {text} not null, number {number} not null, body {bytes} not null
) {options};
create index if not exists register_entry_register on register_entry (register, state, counted);
create table if not exists register_stray (number {number} primary key) {options};
"""
_MARK: Final = "registers"


def entries_of(ledger: Ledger, as_of: AsOf | None = None) -> Entries:
    """Return all records now, or as of a moment or a number of the ledger."""
    upto = ledger.head(as_of).number
    return projected(ledger, kept_of(ledger, upto), upto)


def catch_up(ledger: Ledger, kept: Entries | None = None) -> Entries:
    """Bring the table up to the head of the ledger (B3), and return all records.

    `kept` is what `kept_of` returned a moment ago: if the table still holds just that, it is not read again.
    """
    with ledger.store.writing() as turn:
        turn.run(_TABLE)
        head = ledger.head().number
        number = _mark(turn).partition(" ")[0]
        before = kept if kept is not None and str(kept.number) == number else kept_of(ledger, head)
        if not before.number:
            _clear(turn)
        entries = projected(ledger, before, head)
        changed = (one for key, one in entries.by_id.items() if before.by_id.get(key) is not one)
        _keep(turn, ledger, entries, changed)
    return entries


def rebuild(ledger: Ledger) -> bool:
    """Make the table anew from the events; return whether it was right before (B2)."""
    with ledger.store.writing() as turn:
        turn.run(_TABLE)
        before = fingerprint(ledger)
        _clear(turn)
        entries = projected(ledger, Entries(), ledger.head().number)
        _keep(turn, ledger, entries, entries.by_id.values())
        return fingerprint(ledger) == before


def fingerprint(ledger: Ledger) -> str:
    """Return a digest of every byte in the table, empty where there is none."""
    with ledger.store.reading() as turn:
        if not _mark(turn):
            return ""
        found = hashlib.sha256()
        for row in turn.rows(
            "select id, register, counted, state, owner, number, body from register_entry order by id"
        ):
            found.update(repr((*row[:-1], bytes(row[-1]))).encode())
        found.update(repr(turn.rows("select number from register_stray order by number")).encode())
        return found.hexdigest()


def kept_of(ledger: Ledger, upto: int) -> Entries:
    """Return what the table holds, nothing when it is of no use for that number (B1)."""
    with ledger.store.reading() as turn:
        number, own_hash, made_as = (*_mark(turn).split(" "), "", "")[:3]
        if made_as != shape() or int(number) > upto or ledger.record(int(number)).hash != own_hash:
            return Entries()
        rows = turn.rows("select body from register_entry order by id")
        strays = turn.rows("select number from register_stray order by number")
    by_id = {one.id: one for one in map(entry_of, (bytes(row[0]) for row in rows))}
    highest: dict[str, int] = {}
    for one in by_id.values():
        prefix = one.id.rpartition("-")[0]
        highest[prefix] = max(highest.get(prefix, 0), one.counted)
    return Entries(by_id, int(number), tuple(row[0] for row in strays), highest)


def _keep(turn: Writing, ledger: Ledger, entries: Entries, changed: Iterable[Entry]) -> None:
    rows = [
        (one.id, one.register, one.counted, one.state, one.owner, one.number, body_of(one))
        for one in sorted(changed, key=lambda one: one.id)
    ]
    turn.write("delete from register_entry where id = ?", [(row[0],) for row in rows])
    turn.write(
        "insert into register_entry (id, register, counted, state, owner, number, body) values (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    turn.write("delete from register_stray where number = ?", [(number,) for number in entries.strays])
    turn.write("insert into register_stray (number) values (?)", [(number,) for number in entries.strays])
    head = ledger.head()
    turn.write("delete from ledger_about where key = ?", [(_MARK,)])
    if head.number:
        turn.write(
            "insert into ledger_about (key, value) values (?, ?)", [(_MARK, f"{head.number} {head.hash} {shape()}")]
        )


def _clear(turn: Writing) -> None:
    turn.run("delete from register_entry; delete from register_stray")


def _mark(turn: Reading) -> str:
    rows = turn.rows("select value from ledger_about where key = ?", _MARK)
    return str(rows[0][0]) if rows else ""


def projected(ledger: Ledger, onto: Entries, upto: int) -> Entries:
    """Return the records as of a number."""
    kinds = _kinds(ledger) if upto > onto.number else []
    told = ledger.records(onto.number, upto, kinds) if kinds else ()
    found = project(told, onto)
    return found.later(upto, found.strays, found.highest)


def _kinds(ledger: Ledger) -> list[str]:
    """Return the kinds of events of registers: of whatever was ever raised; found without reading every record."""
    kinds: list[str] = []
    with ledger.store.reading() as turn:
        while (kind := _after(turn, kinds[-1] if kinds else "")) is not None:
            kinds.append(kind)
    registers = {kind.partition(".")[0] for kind in kinds if kind.endswith(".raised")}
    return [kind for kind in kinds if kind.partition(".")[0] in registers]


def _after(turn: Reading, kind: str) -> str | None:
    rows = turn.rows("select min(kind) from ledger_record where kind > ?", kind)
    return rows[0][0] if rows else None
