"""What would a file change? Looked at first: records raised, fields old and new, and what is wrong in which cell.

I1  Nothing is written when it is looked at, nor when any row is wrong, unless it is asked for in part.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from lockgate.kernel.register import Register
from lockgate.ledger.registers.book import Imported
from lockgate.ledger.registers.files.importing import Plan, plan
from lockgate.ledger.registers.files.reading import read_table
from lockgate.tower.seeing.shown import Names, names_of, said
from lockgate.tower.seeing.sight import Sight


@dataclass(frozen=True)
class Difference:
    """One field of a record that would change."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class Would:
    """What would happen to one record."""

    id: str
    url: str
    """Empty for a new one."""
    happens: str
    changes: tuple[Difference, ...]


def looked_at(content: bytes, name: str, register: Register, sight: Sight) -> Plan:
    """Return what importing a file would do; nothing is written (I1)."""
    table, quoted = read_table(content, name, register)
    return plan(table, register, actor=sight.actor, known=sight.known, moment=sight.desk.moment, quoted=quoted)


def imported(content: bytes, name: str, register: Register, sight: Sight, *, partial: bool) -> Imported:
    """Import a file: all rows or none, or those that are right (I1)."""
    found = looked_at(content, name, register, sight)
    if not found.events or not (found.whole or partial):
        return Imported(found, ())
    table, quoted = read_table(content, name, register)
    right = replace(table, rows=tuple(row for row in table.rows if row[0] not in found.wrong))
    book, moment = sight.desk.book, sight.desk.moment
    done = book.import_table(right, register, actor=sight.actor, moment=moment, quoted=quoted)
    return Imported(found, done.records) if done.records else done


def changes(found: Plan, sight: Sight) -> tuple[Would, ...]:
    """Return record by record what would happen."""
    names = names_of(sight.desk.workspace)
    return tuple(_would(one.payload, one.kind.partition(".")[2], names, sight) for one in found.events)


def _would(payload: Any, happens: str, names: Names, sight: Sight) -> Would:
    entry = sight.known.entries.by_id.get(payload["id"])
    register = sight.known.registers[payload["register"]]
    differences = [
        Difference(
            field.title,
            said(entry.values.get(field.key), field, names, sight.known) if entry else "",
            said(payload["values"][field.key], field, names, sight.known),
        )
        for field in register.fields
        if field.key in payload.get("values", ())
    ]
    if payload.get("tags"):
        differences.append(Difference(_("Tags"), "", ", ".join(payload["tags"])))
    url = f"/register/{register.key}/{entry.id}/" if entry else ""
    return Would(payload["id"], url, happens, tuple(differences))
