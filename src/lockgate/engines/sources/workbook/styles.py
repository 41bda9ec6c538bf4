"""Which styles of an ODS workbook show zeros in front of a number? Those whose numbers have two digits or more."""

from dataclasses import dataclass, field
from typing import Final

_FEW: Final = 2
_DEEP: Final = 20
"""A style that descends from more others than that goes round in a circle."""


@dataclass
class Styles:
    """The styles of cells, and those of numbers."""

    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of each the style of its numbers, and the style that it descends from."""
    numbers: set[str] = field(default_factory=set)
    """The styles of whole numbers with zeros in front."""
    style: str = ""
    known: dict[str, bool] = field(default_factory=dict)

    def start(self, name: str, values: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        if name == "style:style" and values.get("style:family") == "table-cell":
            own, parent = (values.get(f"style:{key}", "") for key in ("data-style-name", "parent-style-name"))
            self.cells[values.get("style:name", "")] = (own, parent)
        elif name == "number:number-style":
            self.style = values.get("style:name", "")
        elif name == "number:number" and self.style and _shows(values):
            self.numbers.add(self.style)
        elif name == "number:text":
            self.numbers.discard(self.style)  # with a text beside it, nobody takes it for the code

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == "number:number-style":
            self.style = ""

    def zeros(self, name: str) -> bool:
        """Return whether a style of cells shows zeros in front."""
        if name not in self.known:
            self.known[name] = self._zeros(name)
        return self.known[name]

    def _zeros(self, name: str) -> bool:
        for _ in range(_DEEP):
            own, name = self.cells.get(name, ("", ""))
            if own or not name:
                return own in self.numbers
        return False


def _shows(values: dict[str, str]) -> bool:
    digits, decimals = (values.get(f"number:{key}", "0") for key in ("min-integer-digits", "decimal-places"))
    return digits.isdecimal() and int(digits) >= _FEW and decimals == "0"
