"""What does the bulk part need of a client? One call that brings back a result or raises an `OdooError`."""

from collections.abc import Mapping
from typing import Any, Protocol


class Caller(Protocol):
    """The part of `Client` that reading and loading stand on."""

    def call(
        self, model: str, method: str, /, ids: Any = None, context: Mapping[str, Any] | None = None, **args: Any
    ) -> Any:
        """Return what the method answers."""
