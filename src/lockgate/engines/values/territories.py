"""Which country is meant? ISO codes, names in the languages of Europe, and the codes on cars: `D`, `DE`, `Germany`.

T1  An ISO code of two letters wins, then one of three, then the sign on cars, then a name.
T2  A name that two countries bear in different languages names neither.
T3  Case, blanks, full stops, hyphens and accents don't count in names.
"""

import functools
import re
import unicodedata

from babel import Locale
from babel.core import get_global

from lockgate.engines.values.blanks import collapse

LANGUAGES = ("en", "de", "fr", "nl", "es", "it", "pt", "pl", "cs", "da", "sv", "nb", "fi", "hu", "ro", "sk", "sl", "hr")

CARS = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "H": "HU", "I": "IT", "L": "LU", "M": "MT", "N": "NO",
    "P": "PT", "S": "SE", "V": "VA", "UK": "GB", "EL": "GR", "FL": "LI", "SLO": "SI", "SRB": "RS", "MNE": "ME",
    "BIH": "BA", "NMK": "MK", "KOS": "XK", "RSM": "SM", "RUS": "RU", "CDN": "CA", "AUS": "AU", "J": "JP",
}  # fmt: skip
"""Signs on cars that are no ISO code; `UK` and `EL` are used like them."""

OTHER_NAMES = {
    "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "grossbritannien": "GB",
    "holland": "NL", "the netherlands": "NL", "usa": "US", "u s a": "US", "united states of america": "US",
    "brd": "DE", "bundesrepublik deutschland": "DE", "federal republic of germany": "DE",
    "czech republic": "CZ", "tschechische republik": "CZ", "republic of ireland": "IE", "eire": "IE",
    "slovak republic": "SK", "turkey": "TR", "suisse": "CH", "svizzera": "CH", "macedonia": "MK",
}  # fmt: skip

_NO_LETTERS = re.compile(r"[\W_]+")


@functools.lru_cache(maxsize=4096)
def code_of(text: str) -> str | None:
    """Return the ISO code of two letters, `""` for an empty text, None when no country is known by it."""
    plain = collapse(text)
    upper = plain.upper().strip(".")
    if not upper:
        return ""
    if upper in _codes():
        return upper
    return _of_three().get(upper) or CARS.get(upper) or _names().get(_folded(plain))  # T1


def name_of(code: str) -> str:
    """Return the English name of a country."""
    return str(Locale("en").territories.get(code, code))


@functools.cache
def _codes() -> frozenset[str]:
    kept_for_others = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    return frozenset(
        code
        for code in map(str, Locale("en").territories)
        if re.fullmatch("[A-Z]{2}", code) and code not in kept_for_others
    )


@functools.cache
def _of_three() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    return {
        code: found[0]
        for code, found in aliases.items()
        if re.fullmatch("[A-Z]{3}", code) and len(found) == 1 and found[0] in _codes()
    }


@functools.cache
def _names() -> dict[str, str]:
    bearers: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in _codes():
                bearers.setdefault(_folded(name), set()).add(code)
    single = {name: min(codes) for name, codes in bearers.items() if len(codes) == 1}  # T2
    return {**single, **OTHER_NAMES}


def _folded(text: str) -> str:
    """Return a name without case, accents and signs (T3)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _NO_LETTERS.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()
