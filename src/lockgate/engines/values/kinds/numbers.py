"""Is it a number with check digits: a GTIN (EAN, UPC), an IBAN or a BIC?

N1  A GTIN has 8, 12, 13 or 14 digits; the last follows from the others. Lost leading zeros are not put back.
N2  An IBAN is judged by its country's length, by its check digits, and by those of the account where it has any.
N3  A BIC is judged by its form and its country; whether the bank exists, no one asks.
"""

import re

import schwifty
from schwifty.exceptions import SchwiftyException
from stdnum import ean

from lockgate.engines.values.kind import Kind

_GTIN_LENGTHS = (8, 12, 13, 14)
_SIGNS = re.compile(r"[\s\-.]")


def _gtin_fault(value: str, _country: str) -> str | None:
    digits = _SIGNS.sub("", value)
    if not re.fullmatch("[0-9]+", digits):
        return "it is no GTIN: it holds other characters than digits"
    if len(digits) not in _GTIN_LENGTHS:
        return f"it is no GTIN: it has {len(digits)} digits, not 8, 12, 13 or 14"  # N1
    due = ean.calc_check_digit(digits[:-1])
    return None if due == digits[-1] else f"its check digit is {digits[-1]}, but {due} follows from the others"


def _gtin_tidy(value: str, country: str) -> str:
    return _SIGNS.sub("", value) if _gtin_fault(value, country) is None else value


def _iban_fault(value: str, _country: str) -> str | None:
    try:
        schwifty.IBAN(value, validate_bban=True)  # N2
    except SchwiftyException as refused:
        return f"it is no IBAN: {_said(refused)}"
    return None


def _iban_tidy(value: str, country: str) -> str:
    return schwifty.IBAN(value).compact if _iban_fault(value, country) is None else value


def _bic_fault(value: str, _country: str) -> str | None:
    try:
        schwifty.BIC(value)  # N3
    except SchwiftyException as refused:
        return f"it is no BIC: {_said(refused)}"
    return None


def _bic_tidy(value: str, country: str) -> str:
    return schwifty.BIC(value).compact if _bic_fault(value, country) is None else value


def _said(refused: SchwiftyException) -> str:
    text = str(refused)
    return text[:1].lower() + text[1:]


GTIN = Kind("gtin", "a GTIN, EAN or UPC with its check digit", _gtin_fault, _gtin_tidy)
IBAN = Kind("iban", "an international account number", _iban_fault, _iban_tidy)
BIC = Kind("bic", "the code of a bank", _bic_fault, _bic_tidy)
