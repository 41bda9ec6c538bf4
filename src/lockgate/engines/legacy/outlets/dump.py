"""How did the old ERP dump a table? As cp1252 with `;` between the values and the line ends of Windows."""

from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl

ENCODING = "cp1252"


class Dump:
    """A dump that is written slice by slice; the first slice names the columns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._columns: list[str] = []
        self._file = path.open("wb")

    def add(self, frame: pl.DataFrame) -> None:
        """Append a slice whose values are all texts; an empty text is written as nothing."""
        first = not self._columns
        self._columns = self._columns or frame.columns
        if frame.columns != self._columns:
            msg = f"{self.path.name}: a slice has {frame.columns}, the first one had {self._columns}"
            raise ValueError(msg)
        text = frame.with_columns(pl.all().replace("", None)).write_csv(
            separator=";", line_terminator="\r\n", include_header=first
        )
        self._file.write(text.encode(ENCODING))
        self.rows += frame.height

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
