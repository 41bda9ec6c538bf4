"""Who may apply a template to an Odoo now? One at a time, by turns that the Odoo itself keeps."""

from contextlib import AbstractContextManager
from typing import Final

from lockgate.odoo import turns
from lockgate.odoo.client import Client

APPLYING: Final = turns.Work(
    key="lockgate.template.turn",
    busy="Somebody else is applying a template to this Odoo.",
    lost="Applying was stopped: the turn is lost.",
    does="applies to this Odoo",
    go_on="Plan again when they are done; what was written stays.",
)


def turn(client: Client, holder: str) -> AbstractContextManager[turns.Turn]:
    """Take the turn for as long as the block lasts, or refuse while somebody else has it."""
    return turns.turn(client, holder, APPLYING)
