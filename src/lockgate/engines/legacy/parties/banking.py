"""Which bank account does a partner have? An IBAN whose check digits are right."""

import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.facts.places import COUNTRIES

_LETTER_A = 55
"""`A` counts as 10 in the check: its code point less 55."""


def _body(country: str, number: int) -> str:
    """Return the account without country and check digits, as the country builds it."""
    if country == "BE":
        first = f"{number % 1000:03}{number * 7919 % 10**7:07}"
        return f"{first}{int(first) % 97 or 97:02}"
    if country == "NL":
        return f"LOCK{number * 7919 % 10**10:010}"
    if country == "FR":
        bank, branch, account = 30_004, number % 10**5, number * 7919 % 10**11
        check = 97 - (89 * bank + 15 * branch + 3 * account) % 97
        return f"{bank:05}{branch:05}{account:011}{check:02}"
    if country == "LU":
        return f"001{number * 7919 % 10**13:013}"
    if country == "DE":
        return f"37050198{number * 7919 % 10**10:010}"
    return f"LOCK200000{number * 7919 % 10**8:08}"


def ibans(countries: Ints, numbers: Ints) -> pl.Series:
    """Return the IBAN of each number in its country."""
    made = [_iban(COUNTRIES[place].code, int(number)) for place, number in zip(countries, numbers, strict=True)]
    return pl.Series(made, dtype=pl.String)


def _iban(country: str, number: int) -> str:
    body = _body(country, number + 1)
    digits = "".join(str(ord(letter) - _LETTER_A) if letter.isalpha() else letter for letter in f"{body}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{body}"
