"""Which counts did Odoo lose on the way? Those are sent once more.

N1  When a call fails in part (a row is refused, or two calls want the same record), Odoo tries its rows again one by
    one. It has taken the quantity out of each by then: the quant is made, and not counted, and nothing says so.
N2  Lost is the count of a quant that holds nothing, waits for nothing and was never counted before.
"""

from collections.abc import Sequence

from lockgate.odoo.client import Client

MODEL = "stock.quant"
QUANTITY = "inventory_quantity"
_AT_ONCE = 2_000


def uncounted(client: Client, ids: Sequence[int]) -> list[int]:
    """Return which of these quants Odoo made without their count (N2)."""
    found: list[int] = []
    for start in range(0, len(ids), _AT_ONCE):
        waits_for_nothing = [["id", "in", list(ids[start : start + _AT_ONCE])], ["inventory_quantity_set", "=", False]]
        rows = client.search_read(MODEL, [*waits_for_nothing, ["quantity", "=", 0]], ["last_count_date"], order="id")
        found += [row["id"] for row in rows if not row["last_count_date"]]
    return found
