"""Where is the truth kept? In a folder of its own, as UTF-8 CSV with commas, one file for each question."""

from pathlib import Path

import polars as pl


class Truth:
    """The truth, written slice by slice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._begun: set[str] = set()

    def add(self, name: str, frame: pl.DataFrame) -> None:
        """Append rows to the file of that name."""
        path = self.folder / f"{name}.csv"
        with path.open("ab" if name in self._begun else "wb") as file:
            file.write(frame.write_csv(include_header=name not in self._begun).encode())
        self._begun.add(name)

    def total(self, measure: str, cents: int, *, company: str = "", place: str = "", currency: str = "EUR") -> None:
        """Append a right total."""
        amount = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"
        row = {"measure": measure, "company": company, "place": place or None, "currency": currency, "amount": amount}
        self.add("totals", pl.DataFrame([row]))

    def defect(self, frame: pl.DataFrame) -> None:
        """Append planted defects."""
        self.add("defects", frame)
