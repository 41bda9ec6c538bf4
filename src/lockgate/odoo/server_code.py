"""How is done what Odoo offers to code on the server alone? By a server action, run once and taken away again.

R1  Only administrators may run it: an action without groups could be run by anyone who may write on its model.
R2  What it is told travels in the context; the code itself never changes, so nothing can be smuggled into it.
R3  The action takes itself away in the transaction in which it acts: what it did stays, or it stays, never both.
R4  An action that failed is taken away at once; one left behind by an interrupted run, by the next run.
"""

import contextlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, NotAuthenticated, OdooError

PREFIX = "lockgate: "
_COLUMNS = ["name", "model_id/id", "state", "code", "group_ids/id"]
_ABANDONED = timedelta(hours=1)
_TAKE_AWAY = f"""
mine = [('name', '=', env.context['lockgate_action'])]
old = [('name', '=like', '{PREFIX}%'), ('create_date', '<', env.context['lockgate_abandoned'])]
(env['ir.actions.server'].search(mine) + env['ir.actions.server'].search(old)).unlink()
"""


def run_code(client: Client, model: str, ids: Sequence[int], code: str, told: Mapping[str, Any]) -> Any:
    """Return what the code leaves in `action`, run on these records; `model` is one that the module `base` brings."""
    name = f"{PREFIX}{token_hex(8)}"
    abandoned = (datetime.now(UTC) - _ABANDONED).strftime("%Y-%m-%d %H:%M:%S")
    told = {**told, "lockgate_action": name, "lockgate_abandoned": abandoned}  # R2
    records = {"active_model": model, "active_id": ids[0], "active_ids": list(ids)}
    try:
        (action,) = _created(client, _row(name, model, f"{code.strip()}\n{_TAKE_AWAY}"))
        return client.call("ir.actions.server", "run", [action], context={**told, **records})
    except BaseException:
        with contextlib.suppress(OdooError):  # R4: the next run makes up for it
            client.unlink("ir.actions.server", client.search("ir.actions.server", [["name", "=", name]]))
        raise


def _row(name: str, model: str, code: str) -> list[str]:
    return [name, f"base.model_{model.replace('.', '_')}", "code", code, "base.group_system"]  # R1


def _created(client: Client, row: list[str]) -> list[int]:
    """One `load` finds model and group by their external ids, which `create` would need two more calls for."""
    try:
        loaded = client.call("ir.actions.server", "load", fields=_COLUMNS, data=[row])
    except NotAuthenticated:
        raise
    except AccessDenied as error:
        raise _not_an_administrator(error.why) from None
    if not loaded["ids"]:
        raise _not_an_administrator("; ".join(message["message"] for message in loaded["messages"]))
    return list(loaded["ids"])


def _not_an_administrator(why: str) -> AccessDenied:
    return AccessDenied(
        "Only an administrator of Odoo can do this.",
        why=why,
        do="Ask with an administrator's key; for keys of your own, the password will do.",
        call="ir.actions.server.load",
    )
