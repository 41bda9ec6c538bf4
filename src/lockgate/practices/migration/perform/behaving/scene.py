"""With what is a piece of work tried? A person's view of Odoo, a place, a record, and a way to press a button.

W1  A button that opens a dialogue has done nothing. Known dialogues are answered as a person would; any other is told.
W2  What Odoo says is what is told. What a sequence expects and does not find is told with what was found.
"""

from dataclasses import dataclass
from typing import Any, Final

from lockgate.kernel.errors import LockgateError
from lockgate.odoo.client import Client

ANSWERS: Final = {
    "stock.backorder.confirmation": "process",
    "mrp.consumption.warning": "action_confirm",
    "mrp.production.backorder": "action_backorder",
    "confirm.stock.sms": "dont_send_sms",
}
"""The dialogues that are answered, and the button that answers them (W1)."""
_MOST: Final = 5


class Unlike(LockgateError):
    """Work did not come to the end that it should."""


@dataclass(frozen=True)
class Scene:
    """Where and by whom work is tried."""

    client: Client
    """Of the person who does it, in the company."""
    company: int
    warehouse: int | None
    """None where no place matters."""

    def press(self, model: str, button: str, record: int, **args: Any) -> Any:
        """Press a button of a record, and answer what it asks (W1)."""
        said = self.client.call(model, button, [record], **args)
        for _ in range(_MOST):
            if not isinstance(said, dict) or said.get("res_model") not in ANSWERS:
                break
            dialogue = str(said["res_model"])
            context = dict(said.get("context") or {})
            made = [said["res_id"]] if said.get("res_id") else None
            made = made or self.client.call(dialogue, "create", vals_list=[_filled(dialogue, record)], context=context)
            said = self.client.call(dialogue, ANSWERS[dialogue], made, context=context)
        return said

    def value(self, model: str, record: int, field: str) -> Any:
        """Return what a field of a record holds."""
        [found] = self.client.call(model, "read", [record], fields=[field], load="")
        return found[field]

    def expect(self, model: str, record: int, field: str, wanted: set[str], said: Any = None) -> None:
        """Stop when a field is not as it should be (W2)."""
        found = self.value(model, record, field)
        if found not in wanted:
            asks = (
                f" Odoo opened a dialogue: {said['res_model']}."
                if isinstance(said, dict) and said.get("res_model")
                else ""
            )
            raise Unlike(f"{model} has {field} = {found}, and should have {' or '.join(sorted(wanted))}.{asks}")

    def make(self, model: str, **values: Any) -> int:
        """Make a record, and return its id."""
        return self.client.create(model, [values])[0]


def _filled(dialogue: str, record: int) -> dict[str, Any]:
    return {"pick_ids": [[6, 0, [record]]]} if dialogue == "stock.backorder.confirmation" else {}
