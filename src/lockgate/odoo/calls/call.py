"""What is asked of Odoo? One method of one model, on some records, with named arguments, in a context."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call, the same whatever transport carries it."""

    model: str
    method: str
    ids: tuple[int, ...] | None = None
    """The records it is for; None when the method is asked of the model itself."""
    args: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.model}.{self.method}"
