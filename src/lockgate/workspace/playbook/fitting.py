"""Do the words of a playbook fit the registers that they will be written into? What is no choice there is told."""

from collections.abc import Iterator, Mapping
from typing import Any

from lockgate.kernel.finding import Finding
from lockgate.kernel.register import Register
from lockgate.workspace.text.document import Document
from lockgate.workspace.words import advice

_CHOSEN = (("risks", "category", "risk"), ("sign_offs", "subject", "sign-off"))
"""Lists of a file, a key in each of them, and the register whose choices it takes."""


def misfits(document: Document, registers: Mapping[str, Register]) -> Iterator[Finding]:
    """Yield what is no choice of the register that it is meant for."""
    for part, key, name in _CHOSEN:
        register = registers.get(name)
        field = register.field(key) if register else None
        if field is None:
            continue
        for number, row in enumerate(_rows(document.data, part)):
            given = row.get(key)
            if given is not None and given not in field.choices:
                message = f"the register `{name}` has no {key} `{given}`"
                at = document.at((part, number, key))
                yield Finding(at, "unknown-choice", message, advice(str(given), field.choices))


def _rows(data: Any, part: str) -> list[dict[str, Any]]:
    rows = data.get(part) if isinstance(data, dict) else None
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []
