"""How does an act on accounts, roles and keys get on record? In the transaction that does it: both or neither.

R1  Records name people by their ids; names, mail addresses and secrets stay out of them.
"""

from collections.abc import Mapping
from typing import Any

from lockgate.ledger import Event
from lockgate.tower.server import live


def record(kind: str, said: Mapping[str, Any], by: str) -> None:
    """Put on record what was done (R1)."""
    live().place.ledger.append([Event(kind, said)], by=by)
