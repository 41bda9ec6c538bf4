"""How is a name written? Of a company with its legal form, of a person, and of anything else.

A1  A legal form at the end is written as its register does: `G.m.b.h.` → `GmbH`; it is never put there or taken away.
A2  A name all in capitals, or all in small letters, gets capitals at the beginnings of words. Any other case is kept:
    somebody chose it. In a company's name words up to three letters stay, they are mostly abbreviations.
A3  `Name, First name` is not turned round: which is which is not certain.
A4  A name without a letter, one that says it is a test, a person with digits or @ are faults, as is a wrong encoding
    that can't be mended for certain.
"""

import re

from lockgate.engines.values.blanks import BLANK_WORDS
from lockgate.engines.values.kind import Kind
from lockgate.engines.values.legal_forms import part
from lockgate.engines.values.mojibake import suspicious

_ABBREVIATION = 3
_PARTICLES = frozenset(
    {
        *("von", "van", "de", "der", "den", "del", "della", "di", "da", "du", "dos", "la", "le", "ten", "ter"),
        *("zu", "zum", "zur", "und", "and", "et", "en", "y", "of"),
    }
)
_WORD = re.compile(r"[^\W\d_]+")
_TESTS = re.compile(r"\b(test|dummy|do not use|nicht verwenden|gelöscht|deleted|obsolet)", re.IGNORECASE)


def _name_fault(value: str, _country: str) -> str | None:
    if suspicious(value):
        return "its encoding is wrong, and what was meant is not certain"
    if not _WORD.search(value):
        return "it is no name: it holds no letter"
    said = _TESTS.match(value)
    return f"it is no name: it says {said[1]!r}" if said else None


def _person_fault(value: str, country: str) -> str | None:
    if re.search(r"[\d@]", value):
        return "it is no person's name: it holds digits or @"
    return _name_fault(value, country)


def _text_fault(value: str, _country: str) -> str | None:
    return "its encoding is wrong, and what was meant is not certain" if suspicious(value) else None


def _organisation_tidy(value: str, country: str) -> str:
    if _name_fault(value, country):
        return value
    bare, form = part(value)
    return f"{_cased(bare, short=_ABBREVIATION)} {form}" if form else _cased(bare, short=_ABBREVIATION)


def _person_tidy(value: str, country: str) -> str:
    return value if _person_fault(value, country) else _cased(value, short=0)


def _text_tidy(value: str, _country: str) -> str:
    return value


def _cased(name: str, *, short: int) -> str:
    if not (name.isupper() or name.islower()):
        return name  # A2
    all_small = name.islower()

    def word(found: re.Match[str]) -> str:
        text = found[0]
        if text.casefold() in _PARTICLES:
            return text.lower() if found.start() > 0 else text.capitalize()
        if len(text) <= short and not all_small:
            return text
        return text[0].upper() + text[1:].lower()

    return re.sub(r"[^\W\d_]+(?:'(?=s\b)s)?", word, name)


ORGANISATION = Kind("organisation", "a company's name", _name_fault, _organisation_tidy)
PERSON = Kind(
    "person", "a person's name", _person_fault, _person_tidy, blank=BLANK_WORDS - {"na", "nan", "x", "nil"}
)  # somebody is called so
TEXT = Kind("text", "any text of one line", _text_fault, _text_tidy)
