"""When does a cell hold no value? When it is empty but for blanks, or holds one of the words declared for that."""

from itertools import pairwise
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
    """Return the expression that is true where a column holds no value.

    Taking blanks off costs most of reading a value, so it is done for those alone that begin with one, or with a word.
    """
    words = tuple(dict.fromkeys(word.strip(BLANKS) for word in ("", *notation.blank)))
    begun = " OR ".join(f"starts_with({column}, {literal(word)})" for word in words if word)
    otherwise = f"CASE WHEN {begun} THEN {one_of(bare(column), words)} ELSE false END" if begun else "false"
    return f"({column} IS NULL OR CASE WHEN {_begins(column)} THEN {otherwise} ELSE {one_of(bare(column), words)} END)"


def _begins(column: str) -> str:
    """Return the expression that is true where a text begins with something else than a blank.

    Texts are compared letter by letter: those that begin with a letter between two blanks lie between these as well.
    """
    blanks = sorted(ord(one) for one in BLANKS)
    return " OR ".join(
        f"({column} >= chr({before + 1}) AND {column} < chr({after}))"
        for before, after in pairwise(blanks)
        if after > before + 1
    )


def one_of(text: str, words: tuple[str, ...]) -> str:
    """Return the expression that is true where a text is one of some words; IN would make a join of each column."""
    return "(" + " OR ".join(f"{text} = {literal(word)}" for word in words) + ")" if words else "false"
