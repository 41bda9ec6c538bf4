"""How is a transfer done to its end? Step by step of its chain: reserved, checked that it is, and validated."""

from typing import Any, Final

from lockgate.practices.migration.perform.behaving.scene import Scene, Unlike

_MOST_STEPS: Final = 8
_OVER: Final = {"done", "cancel"}


def carry_through(scene: Scene, domain: list[Any], *, lot: str = "") -> None:
    """Reserve and validate all transfers of a domain, one after the other; stop where Odoo can't reserve."""
    for _ in range(_MOST_STEPS):
        left = scene.client.search_read(
            "stock.picking", [*domain, ["state", "not in", sorted(_OVER)]], ["state", "picking_type_code"], order="id"
        )
        if not left:
            return
        ready = _ready(scene, [one["id"] for one in left])
        if ready is None:
            states = ", ".join(sorted({one["state"] for one in left}))
            raise Unlike(f"Odoo could not reserve it: the transfer is {states}.")
        if lot:
            _name_lots(scene, ready, lot)
        said = scene.press("stock.picking", "button_validate", ready)
        scene.expect("stock.picking", ready, "state", {"done"}, said)
    raise Unlike(f"There were more than {_MOST_STEPS} transfers in a row.")


def _ready(scene: Scene, pickings: list[int]) -> int | None:
    """Return the first transfer for which all is there."""
    scene.client.call("stock.picking", "action_assign", pickings)
    found = scene.client.search(
        "stock.picking", [["id", "in", pickings], ["state", "=", "assigned"]], order="id", limit=1
    )
    return found[0] if found else None


def _name_lots(scene: Scene, picking: int, lot: str) -> None:
    """Give what is received a lot, where its product is tracked."""
    lines = scene.client.search_read(
        "stock.move.line",
        [["picking_id", "=", picking], ["product_id.tracking", "!=", "none"], ["lot_id", "=", False]],
        ["lot_name"],
    )
    for line in lines:
        if not line["lot_name"]:
            scene.client.write("stock.move.line", line["id"], {"lot_name": lot})
