"""When does a cell hold no value? When it is empty but for blanks, or holds one of the words declared for that."""

from typing import Final

from lockgate.engines.sources.extract import Notation

BLANKS: Final = " \t\r\n\v\f\u00a0\u2007\u202f\u3000\ufeff"
"""What may stand around a value without meaning anything."""


def literal(text: str) -> str:
    """Return a text of our own, or of a declaration that was checked, as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def bare(column: str) -> str:
    """Return the expression of a column's text without blanks around it."""
    return f"trim({column}, {literal(BLANKS)})"


def blank(column: str, notation: Notation) -> str:
    """Return the expression that is true where a column holds no value."""
    words = dict.fromkeys(word.strip(BLANKS) for word in ("", *notation.blank))
    return f"({column} IS NULL OR {one_of(bare(column), tuple(words))})"


def one_of(text: str, words: tuple[str, ...]) -> str:
    """Return the expression that is true where a text is one of some words; IN would make a join of each column."""
    return "(" + " OR ".join(f"{text} = {literal(word)}" for word in words) + ")" if words else "false"
