"""How is a value, and what was probably meant, put into words? Short, on one line, whatever the file holds."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 60


def clipped(text: str) -> str:
    """Return the text on one line, cut where it is long."""
    line = " ".join(text[: LONGEST * 2].split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def said(value: object) -> str:
    """Return a value as it would be written."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return f"`{clipped(str(value))}`"


def listed(words: Iterable[str], *, most: int = 12) -> str:
    """Return the words in a row, cut where there are many."""
    known = list(words)
    shown = ", ".join(f"`{word}`" for word in known[:most])
    return shown if len(known) <= most else f"{shown} and {len(known) - most:,} more"


def meant(given: str, known: Iterable[str]) -> str:
    """Return the one of the known words that was probably meant, nothing when none is near."""
    words = list(known)
    lower = {word.lower(): word for word in words}
    near = get_close_matches(given.lower()[:LONGEST], lower, n=1, cutoff=0.6)
    return lower[near[0]] if near else ""


def advice(given: str, known: Iterable[str], *, otherwise: str = "There are") -> str:
    """Return what was probably meant, and what there is: sorted where it has no order of its own."""
    words = sorted(known) if isinstance(known, set | frozenset) else list(known)
    probably = meant(given, words)
    question = f"Did you mean `{probably}`? " if probably else ""
    return f"{question}{otherwise}: {listed(words)}." if words else f"{question}There are none yet."
