"""From when on does a cost hold that was loaded? From before the count that it values.

O1  Odoo keeps a cost with the moment at which it was entered, even that of nothing for a new item. When that is after
    the day of a count, Odoo takes it for a revaluation of all that was counted, of all companies together.
O2  So costs of items that never moved are dated back to the beginning of that day. Those of others are left alone: they
    have a history.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from lockgate.odoo.client import Client

_VALUE: Final = "product.value"
_AT_ONCE: Final = 2_000


def cost_before(client: Client, quants: Sequence[int], on: date) -> None:
    """Let the costs of what is counted hold on the day of the count already (O1, O2)."""
    if not client.search_count("ir.model", [["model", "=", _VALUE]]):
        return  # nothing is valued there
    begins = f"{on} 00:00:00"
    for start in range(0, len(quants), _AT_ONCE):
        domain = [["id", "in", list(quants[start : start + _AT_ONCE])]]
        rows = client.search_read("stock.quant", domain, ["product_id"], order="id", load="")
        items = sorted({row["product_id"] for row in rows})
        moved = _moved(client, items)
        still = [item for item in items if item not in moved]
        later: list[Any] = [["product_id", "in", still], ["move_id", "=", False], ["date", ">", begins]]
        found = client.search(_VALUE, later, order="id")
        if found:
            client.write(_VALUE, found, {"date": begins})


def _moved(client: Client, items: Sequence[int]) -> set[int]:
    """Return which of them have come into stock or left it."""
    done: list[Any] = [["product_id", "in", list(items)], ["state", "=", "done"]]
    either = ["|", ["is_in", "=", True], ["is_out", "=", True]]
    return {row["product_id"] for row in client.search_read("stock.move", [*done, *either], ["product_id"], load="")}
