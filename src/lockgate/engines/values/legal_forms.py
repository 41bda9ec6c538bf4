"""Which legal form ends a company's name, and how is it written? `MÜLLER GMBH U. CO. KG` → `GmbH & Co. KG`.

L1  A form counts at the end of a name only; full stops, blanks inside and case don't count.
L2  The longest form wins: `GmbH & Co. KG` is not a `KG`.
L3  A form that is a word as well (`as`, `co`) counts in capitals, with full stops, or as the form is written.
L4  A name that is nothing but a form has none.
"""

import functools
import re

FORMS = (
    *("GmbH & Co. KGaA", "GmbH & Co. KG", "GmbH & Co. OHG", "AG & Co. KG", "SE & Co. KG", "UG (haftungsbeschränkt)"),
    *("GmbH", "gGmbH", "mbH", "UG", "AG", "KGaA", "KG", "OHG", "oHG", "GbR", "eG", "e.K.", "e.V.", "SE", "Ges.m.b.H."),
    *("BV", "NV", "VOF", "CV", "BVBA", "CVBA", "SRL", "SPRL", "SA", "SC", "SCRL", "ASBL", "VZW"),
    *("SARL", "SAS", "SASU", "EURL", "SNC", "SCI", "SpA", "SAS", "SL", "SLU", "SAU", "Lda", "Unipessoal Lda"),
    *("Ltd", "Limited", "PLC", "LLP", "Inc", "Corp", "LLC", "LP", "Co", "DAC"),
    *("A/S", "ApS", "AB", "AS", "ASA", "Oy", "Oyj", "SIA", "OÜ", "UAB"),
    *(
        "Sp. z o.o.",
        "Sp. k.",
        "S.A.",
        "s.r.o.",
        "a.s.",
        "spol. s r.o.",
        "d.o.o.",
        "d.d.",
        "Kft.",
        "Zrt.",
        "EOOD",
        "OOD",
    ),
)
"""As they are written; of two that differ in full stops only, the first."""

SAME = {
    "gmbh und co kg": "GmbH & Co. KG", "gmbh u co kg": "GmbH & Co. KG", "gmbh + co kg": "GmbH & Co. KG",
    "gmbh&co kg": "GmbH & Co. KG", "gmbh & co": "GmbH & Co. KG", "gesmbh": "GmbH", "ges m b h": "GmbH",
    "gesellschaft mit beschränkter haftung": "GmbH", "aktiengesellschaft": "AG", "limited": "Ltd",
    "besloten vennootschap": "BV", "naamloze vennootschap": "NV", "société anonyme": "SA",
    "incorporated": "Inc", "corporation": "Corp", "e k": "e.K.", "ek": "e.K.", "ev": "e.V.",
}  # fmt: skip
_ALSO_WORDS = frozenset({"co", "as", "se", "sa", "sc", "lp", "cv", "ek", "ev", "eg", "ab", "dd", "sl", "ag"})
"""Forms that are also words (L3)."""


def part(name: str) -> tuple[str, str | None]:
    """Return the name without its legal form, and the form as it is written, None when there is none."""
    found = _ending().search(name)
    if not found or not name[: found.start()].strip(" ,"):
        return name, None  # L4
    form = _known()[_key(found[1])]
    chosen = found[1].isupper() or found[1] == form or "." in found[1]
    if _key(found[1]) in _ALSO_WORDS and not chosen:
        return name, None  # L3
    return name[: found.start()].rstrip(" ,"), form


@functools.cache
def _known() -> dict[str, str]:
    known = {_key(same): form for same, form in SAME.items()}
    for form in FORMS:
        known.setdefault(_key(form), form)
    return known


@functools.cache
def _ending() -> re.Pattern[str]:
    forms = sorted(_known(), key=len, reverse=True)  # L2
    ways = "|".join(r"[.\s]*".join(re.escape(letter) for letter in form.replace(" ", "")) for form in forms)
    return re.compile(rf"(?:(?<=\s)|(?<=,))({ways})\.?$", re.IGNORECASE)


def _key(form: str) -> str:
    return re.sub(r"[.\s]", "", form).casefold()
