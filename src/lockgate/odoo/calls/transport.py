"""What must a way of speaking to Odoo offer? It sends a call and brings back its result or an error of the tree."""

from typing import Any, Protocol

from lockgate.odoo.calls.call import Call


class Transport(Protocol):
    """JSON-2, JSON-RPC or XML-RPC: the same call, the same result, the same errors."""

    @property
    def name(self) -> str:
        """`json2`, `jsonrpc` or `xmlrpc`."""

    def send(self, call: Call, *, timeout: float) -> Any:
        """Return the result of the call, or raise an `OdooError`; never tries twice by itself after an unknown end."""

    def close(self) -> None:
        """Close the connections."""
