"""How is a person shown what is wrong in files? Each finding with its place, the line it is about and a caret below."""

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from lockgate.faces import terminal
from lockgate.kernel.finding import Finding

_WIDEST = 100
"""How much of a line is shown."""
_BEFORE = 60
"""How much of a long line is shown before the place that it is about."""

Source = Callable[[str], str]
"""Returns the text of a file."""


def findings_text(findings: Iterable[Finding], source: Source) -> str:
    """Return the findings as they are shown, with a blank line after each."""
    return "\n".join(line for finding in findings for line in _shown(finding, source(finding.at.path)))


def _shown(finding: Finding, text: str) -> Iterator[str]:
    place = terminal.style(terminal.on_one_line(str(finding.at)), "bold", stream=sys.stdout)
    code = terminal.style(finding.code, "red", stream=sys.stdout)
    yield f"{place}  {code}: {terminal.on_one_line(finding.message)}"
    lines = text.splitlines()
    if finding.at.line <= len(lines) and lines[finding.at.line - 1].strip():
        yield from _excerpt(finding, lines[finding.at.line - 1])
    if finding.hint:
        arrow = terminal.style("→" if terminal.fancy(sys.stdout) else "->", "cyan", stream=sys.stdout)
        yield f"  {arrow} {terminal.on_one_line(finding.hint)}"
    yield ""


def _excerpt(finding: Finding, line: str) -> Iterator[str]:
    column = min(finding.at.column, len(line) + 1) - 1
    begin = max(0, column - _BEFORE) if len(line) > _WIDEST else 0
    shown = "".join(char if char.isprintable() else " " for char in line[begin : begin + _WIDEST])
    margin = f"{finding.at.line:>6}"
    bar = terminal.style("|", "dim", stream=sys.stdout)
    caret = terminal.style("^", "red", stream=sys.stdout)
    yield f"{terminal.style(margin, 'dim', stream=sys.stdout)} {bar} {shown.rstrip()}"
    yield f"{' ' * len(margin)} {bar} {' ' * _width(shown[: column - begin])}{caret}"


def _width(text: str) -> int:
    """Return how many cells of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
