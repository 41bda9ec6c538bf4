"""What is wrong in a file, and where? A finding: every mistake of a workspace is told as one, all at once."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Position:
    """A place in a file; lines and columns count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Finding:
    """One mistake: where it is, what it is and what would be right."""

    at: Position
    code: str
    """A stable name, like `unknown-key`; the reference explains each."""
    message: str
    hint: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """Return the keys that `lockgate check --json` promises."""
        return {
            "code": self.code,
            "path": self.at.path,
            "line": self.at.line,
            "column": self.at.column,
            "message": self.message,
            "hint": self.hint,
        }
