"""Which texts say nothing? Signs alone, words like `N/A`, and fillers like `99999` that a mandatory field was given.

B1  Case and outer blanks don't count. A text of nothing but signs (`-`, `...`, `??`) says nothing.
B2  The digit 0 or 9 alone, five times or more, is a filler. Shorter ones may be a number.
B3  All kinds of blanks are one, invisible characters go, and letters are composed (NFC).
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet

BLANK_WORDS = frozenset(
    {
        *("n/a", "n.a.", "n.a", "na", "n\\a", "#n/a", "null", "(null)", "nil", "none", "nan", "tbd", "tba", "tbc"),
        *("x", "xx", "xxx", "xxxx", "unknown", "not known", "not applicable", "empty", "blank", "dummy"),
        *("k.a.", "k. a.", "keine", "keine angabe", "unbekannt", "nicht bekannt", "leer", "entfällt"),
        *("inconnu", "aucun", "néant", "vide", "onbekend", "geen", "n.v.t.", "desconocido", "sconosciuto"),
    }
)
"""Folded."""

_BLANK_RUN = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]")
_SIGNS = re.compile(r"[-_.,;:/?!*#~' ]*")
_FILLER = re.compile(r"0{5,}|9{5,}")


def collapse(text: str) -> str:
    """Return the text with single blanks, none outside, without invisible characters (B3)."""
    return _BLANK_RUN.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def is_blank(text: str, words: AbstractSet[str] = BLANK_WORDS) -> bool:
    """Return True when the text says nothing."""
    plain = collapse(text).casefold()
    return plain in words or bool(_SIGNS.fullmatch(plain) or _FILLER.fullmatch(plain))
