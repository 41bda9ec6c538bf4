"""Where is a line of a file of the workspace shown? On the part of the file that it stands in."""

from typing import Final

LINES: Final = 400
"""How many lines of a file are shown at once."""


def address(path: str, line: int) -> str:
    """Return where a line of a file is shown."""
    return f"/workspace/{path}{f'?line={line}' if line > LINES else ''}#L{line}"
