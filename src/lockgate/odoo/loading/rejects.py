"""Where do the rows go that were not loaded? Into a file with the same columns and the reason, to be loaded again."""

import csv
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from lockgate.kernel.secret import scrub
from lockgate.odoo.loading.header import ERROR_COLUMN
from lockgate.odoo.loading.records import Record


class RejectFile:
    """A CSV file that grows row by row under another name and gets its own name when it is whole."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path = path
        self._growing = path.with_name(f"{path.name}.part")
        self._width = len(columns)
        self._lock = threading.Lock()
        self._file = self._growing.open("w", newline="", encoding="utf-8")
        self._csv = csv.writer(self._file, lineterminator="\n")
        self._csv.writerow([*columns, ERROR_COLUMN])

    def write(self, record: Record, reason: str) -> None:
        """Add a record; the reason stands beside its first row."""
        with self._lock:
            for at, cells in enumerate(record.rows):
                padded = [*cells[: self._width], *[""] * (self._width - len(cells))]
                said = scrub(reason) if at == 0 else ""
                self._csv.writerow([*padded, said, *cells[self._width :]])
            self._file.flush()

    def close(self) -> None:
        """Give the file its own name."""
        if not self._file.closed:
            self._file.close()
            self._growing.replace(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()
