"""Was UTF-8 read as cp1252? `MÃ¼ller` is `Müller`; it is mended only when there is no other way to read it.

M1  Every character beyond ASCII has to be a part of the fault: the text as a whole, written in cp1252, is UTF-8.
M2  What comes out are letters and signs of European languages, else it is chance.
M3  A capital before a sign that people write behind words, such as ® or a closing quote (`BÄ®`), is left alone, unless
    the capital is Ã or Â, which hardly end a word.
M4  A text may have gone through it twice: mend until nothing changes.
"""

import re

_LETTERS_AND_SIGNS = re.compile("[\u0000-\u007f\u00a0-\u017f\u0218-\u021b\u2010-\u203a\u20ac\u2122]*")  # M2
_AS_PEOPLE_WRITE = re.compile("[\u00c0\u00c1\u00c4-\u00df][®©°»\u201d\u2019…™]")  # M3
_TRACES = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\ufffd|â€")
_UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
"""Bytes without a character in cp1252; readers pass them through as control characters."""


def mended(text: str) -> str:
    """Return the text as it was meant, the text itself when there is doubt."""
    while (better := _once(text)) != text:
        text = better  # M4
    return text


def suspicious(text: str) -> bool:
    """Return True when the text shows traces of a wrong encoding that could not be mended for certain."""
    return bool(_TRACES.search(mended(text)))


def _once(text: str) -> str:
    if text.isascii() or _AS_PEOPLE_WRITE.search(text):
        return text
    try:
        meant = b"".join(_byte(character) for character in text).decode("utf-8")  # M1
    except UnicodeError:
        return text
    return meant if _LETTERS_AND_SIGNS.fullmatch(meant) else text


def _byte(character: str) -> bytes:
    return bytes([ord(character)]) if ord(character) in _UNDEFINED else character.encode("cp1252")
