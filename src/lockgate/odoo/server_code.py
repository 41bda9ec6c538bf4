"""How is done what Odoo offers to code on the server alone? By a server action, run once and taken away again.

R1  Only administrators may run it: an action without groups could be run by anyone who may write on its model.
R2  What it is told travels in the context; the code itself never changes, so nothing can be smuggled into it.
R3  An action left behind by an interrupted run is taken away by the next one.
"""

import contextlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from lockgate.odoo.client import Client
from lockgate.odoo.errors import AccessDenied, Concurrency, NotAuthenticated, TimedOut, Unreachable

PREFIX = "lockgate: "
_COLUMNS = ["name", "model_id/id", "state", "code", "group_ids/id"]
_ABANDONED = timedelta(hours=1)


def run_code(client: Client, model: str, ids: Sequence[int], code: str, told: Mapping[str, Any]) -> Any:
    """Return what the code leaves in `action`, run on these records; `model` is one that the module `base` brings."""
    name = f"{PREFIX}{token_hex(8)}"
    try:
        row = [name, f"base.model_{model.replace('.', '_')}", "code", code, "base.group_system"]  # R1
        (action,) = _created(client, row)
        records = {"active_model": model, "active_id": ids[0], "active_ids": list(ids)}
        return client.call("ir.actions.server", "run", [action], context={**told, **records})  # R2
    finally:
        with contextlib.suppress(AccessDenied, Concurrency, TimedOut, Unreachable):  # R3 makes up for it
            _take_away(client, name)


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


def _take_away(client: Client, name: str) -> None:
    before = datetime.now(UTC) - _ABANDONED
    leftovers = ["&", ["name", "=like", f"{PREFIX}%"], ["create_date", "<", before]]
    mine = client.search("ir.actions.server", ["|", ["name", "=", name], *leftovers])
    if mine:
        client.unlink("ir.actions.server", mine)
