"""Can a person be reached there? Phone numbers by the plans of their countries, and e-mail addresses by their form.

C1  A phone number begins with + or 00, or is read by the plan of its country.
C2  It is written as E.164, `+492211234567`, with ` ext. 12` behind it when it has an extension, once its length fits:
    also one that no range of its country holds, which is a fault.
C3  An e-mail address has one @, a name, and a domain with a dot and a top level of two letters or more.
C4  Common slips in domains (`gmial.com`, `.con`) are faults with a suggestion; they are never mended.
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from lockgate.engines.values.kind import Kind

_LONGEST_EMAIL, _LONGEST_NAME = 254, 64
_SLIPS = {
    "gmial.com": "gmail.com", "gmal.com": "gmail.com", "gamil.com": "gmail.com", "gmai.com": "gmail.com",
    "hotmial.com": "hotmail.com", "hotmal.com": "hotmail.com", "outlok.com": "outlook.com",
    "outloook.com": "outlook.com", "yaho.com": "yahoo.com", "yahooo.com": "yahoo.com", "gnx.de": "gmx.de",
}  # fmt: skip
_TOP_SLIPS = {"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "nett": "net", "ogr": "org", "dee": "de"}
_NAME = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_TOP = re.compile(r"xn--[a-z0-9-]+|[^\W\d_]{2,}")
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>@\s]+@[^<>@\s]+)>")


def _phone_fault(value: str, country: str) -> str | None:
    number = _number(value, country)
    if isinstance(number, str):
        return number
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == ValidationResult.TOO_SHORT:
        return "it is no phone number: it has too few digits"
    if reason == ValidationResult.TOO_LONG:
        return "it is no phone number: it has too many digits"
    if not phonenumbers.is_valid_number(number):
        return f"it is in none of the ranges of numbers under +{number.country_code}"
    return None


def _phone_tidy(value: str, country: str) -> str:
    number = _number(value, country)
    if isinstance(number, str):
        return value
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return value
    plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{plain} ext. {number.extension}" if number.extension else plain  # C2


def _number(value: str, country: str) -> PhoneNumber | str:
    international = re.sub(r"^\(?00\s*", "+", value) if not country else value
    if not country and not international.startswith(("+", "(+")):
        return "it can't be judged: no country is given, and it begins with none"  # C1
    try:
        return phonenumbers.parse(international, country or None)
    except NumberParseException as refused:
        if refused.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            return "it is no phone number: no country has the code that it begins with"
        return "it is no phone number: it can't be read as one"


def _email_fault(value: str, _country: str) -> str | None:
    name, at, domain = _bare(value).rpartition("@")
    if not at or not name or not domain:
        return "it is no e-mail address: it is not a name, @, and a domain"  # C3
    if "@" in name or re.search(r"\s", name + domain):
        return "it is no e-mail address: it holds a second @ or a blank"
    if len(name) > _LONGEST_NAME or len(name) + len(domain) >= _LONGEST_EMAIL or not _NAME.fullmatch(name):
        return "it is no e-mail address: what stands before the @ can't be a name"
    return _domain_fault(domain.casefold())


def _domain_fault(domain: str) -> str | None:
    *labels, top = domain.split(".")
    if not labels or not all(_LABEL.fullmatch(label) for label in labels) or not _TOP.fullmatch(top):
        return "it is no e-mail address: what stands behind the @ can't be a domain"
    if top in _TOP_SLIPS:
        return f"its domain ends in .{top}; perhaps .{_TOP_SLIPS[top]} is meant"  # C4
    return f"its domain is {domain}; perhaps {_SLIPS[domain]} is meant" if domain in _SLIPS else None


def _email_tidy(value: str, country: str) -> str:
    return _bare(value).casefold() if _email_fault(value, country) is None else value


def _bare(value: str) -> str:
    in_brackets = _IN_BRACKETS.fullmatch(value)
    return in_brackets[1] if in_brackets else value.removeprefix("mailto:").rstrip(";,")


PHONE = Kind("phone", "a phone number, by country", _phone_fault, _phone_tidy, by_country=True)
EMAIL = Kind("email", "an e-mail address", _email_fault, _email_tidy)
