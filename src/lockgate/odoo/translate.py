"""Which error is it that Odoo answered? (first version)"""

from typing import Any

import orjson

from lockgate.odoo.call import Call
from lockgate.odoo.errors import (
    AccessDenied,
    BadCall,
    Concurrency,
    ConstraintViolated,
    NotAuthenticated,
    NotFound,
    NotJson,
    OdooError,
    Refused,
    ServerFault,
)

_STATUS: dict[int, type[OdooError]] = {
    400: BadCall,
    401: NotAuthenticated,
    403: AccessDenied,
    404: NotFound,
    409: Concurrency,
    422: Refused,
}


def from_json2(status: int, body: bytes, call: Call) -> OdooError:
    """Return the error that a JSON-2 answer other than 200 means."""
    try:
        fault: dict[str, Any] = orjson.loads(body)
    except ValueError:
        return NotJson(f"{call}: the answer is not JSON (status {status}).", call=str(call))
    name, message = str(fault.get("name", "")), str(fault.get("message", ""))
    kind = _STATUS.get(status, ServerFault)
    if name.endswith("ValidationError"):
        kind = ConstraintViolated
    elif name.endswith("UnprocessableEntity") or "Invalid field" in message:
        kind = BadCall
    elif "psycopg2.errors" in name and status >= 500:
        kind = Concurrency
    return kind(f"Odoo refused {call}.", why=message, call=str(call))
