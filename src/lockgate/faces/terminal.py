"""What may be shown on a stream? Colours, moving lines and letters, each by a rule.

R1  Colour: never with NO_COLOR or a dumb terminal; with FORCE_COLOR also in a pipe; else on a terminal, but not in CI.
R2  Moving lines (bars, spinners): only on a terminal, but not on a dumb one and not in CI.
R3  A text from outside never steers the terminal: its control characters are shown, not obeyed.
"""

import os
import re
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


class _Talk:
    """Whether anything may be said beside the answer itself."""

    hushed = False


def hush(*, hushed: bool) -> None:
    """Keep progress and remarks off a stderr that a program reads (or let them through again)."""
    _Talk.hushed = hushed


def hushed() -> bool:
    """Return True when stderr is kept for one JSON object: remarks and progress stay away."""
    return _Talk.hushed and not on_terminal(sys.stderr)


def on_terminal(stream: TextIO | None) -> bool:
    """Return True when a person is looking at this stream."""
    return stream is not None and not stream.closed and stream.isatty()


def animated(stream: TextIO | None) -> bool:
    """Return True when lines may be redrawn on this stream (R2)."""
    return on_terminal(stream) and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def colourful(stream: TextIO | None) -> bool:
    """Return True when this stream may be coloured (R1)."""
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or animated(stream)


def fancy(stream: TextIO | None) -> bool:
    """Return True when this stream can carry letters beyond ASCII."""
    encoding = getattr(stream, "encoding", None) or "ascii"
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


def width() -> int:
    """Return how many characters fit on a line."""
    return shutil.get_terminal_size((80, 24)).columns


def style(text: str, *looks: str, stream: TextIO | None) -> str:
    """Return the text in these looks (`bold`, `red`, …) where the stream may be coloured, else as it is."""
    if not looks or not text or not colourful(stream):
        return text
    return f"\x1b[{';'.join(_CODES[look] for look in looks)}m{text}\x1b[0m"


def visible(text: str) -> str:
    """Return the text with its control characters shown as escapes; new lines and tabs stay (R3)."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def on_one_line(text: str) -> str:
    """Return the text as one line, harmless to the terminal."""
    return visible(" ".join(text.split()))


def remark(text: str) -> None:
    """Say something beside the answer, on stderr."""
    if not hushed() and sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is the one place that talks


def console(stream: TextIO) -> "Console":
    """Return a Rich console that keeps the rules above."""
    from rich.console import Console  # noqa: PLC0415 - Rich costs 70 ms that most commands need not pay

    colour = colourful(stream)
    return Console(
        file=stream,
        force_terminal=animated(stream) or colour,
        color_system="auto" if colour else None,  # None: no bold either, as in `style`
        width=width(),
        markup=False,
        emoji=False,
        highlight=False,
    )
