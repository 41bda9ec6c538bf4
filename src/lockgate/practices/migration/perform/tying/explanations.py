"""What do people say accounts for a difference? Accepted entries of the register `difference`, as they stand now."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from lockgate.ledger.registers.tables import entries_of
from lockgate.practices.migration.decide.tying import Place, Reason
from lockgate.practices.migration.definition.tied import Tie
from lockgate.programme.ledger_place import LedgerPlace

REGISTER: Final = "difference"
ACCEPTED: Final = "accepted"


def said_by_people(place: LedgerPlace, tie: Tie) -> Iterator[Reason]:
    """Yield what people explain of a tie, where another person has accepted it."""
    for entry in entries_of(place.ledger).by_id.values():
        values = entry.values
        if (entry.register, entry.state, values.get("tie")) == (REGISTER, ACCEPTED, tie.key):
            lacks = frozenset([str(values["figure"])]) if values.get("figure") else of_odoo(tie)
            amount = Decimal(str(values.get("amount") or 0))
            yield Reason(
                _place(tie, values), lacks, amount, str(values.get("cause") or entry.id), entry.id, _who(entry)
            )


def of_odoo(tie: Tie) -> frozenset[str]:
    """Return the figures that Odoo is asked for, which lack what is not there."""
    return frozenset(one.key for one in tie.figures if one.odoo is not None)


def _place(tie: Tie, values: Any) -> Place:
    """Return the place that is meant: the company, and the groups with bars between them."""
    said = [part.strip() for part in str(values.get("group") or "").split("|")]
    return (str(values.get("company") or ""), *(said if tie.by else ()))


def _who(entry: Any) -> str:
    return ", ".join(dict.fromkeys([entry.raised_by, *(who for step in entry.steps for who in step.takers)]))
