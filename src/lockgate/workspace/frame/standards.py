"""Which words of the files are those of a public standard? Countries, currencies, time zones, addresses, durations."""

import re
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field, WithJsonSchema

from lockgate.workspace.models.model import FORMS, fault
from lockgate.workspace.words import clipped, meant

_COUNTRIES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
    UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """
"""ISO 3166-1."""
_CURRENCIES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES
    VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """
"""ISO 4217."""
_PERIOD = r"^[1-9][0-9]{0,3}[hdw]$"
FORMS[_PERIOD] = "A number of hours, days or weeks: 12h, 14d, 2w."
_HOURS = {"h": 1, "d": 24, "w": 168}


def _country(code: str) -> str:
    if code not in _COUNTRIES.split():
        raise fault("unknown-choice", f"`{clipped(code)}` is no country", "Two capital letters of ISO 3166, like BE.")
    return code


def _currency(code: str) -> str:
    if code not in _CURRENCIES.split():
        raise fault("unknown-choice", f"`{clipped(code)}` is no currency", "Three capital letters of ISO 4217: EUR.")
    return code


def _time_zone(name: str) -> str:
    if not _is_time_zone(name):
        probably = meant(name, available_timezones())
        hint = f"Did you mean `{probably}`?" if probably else "A name like Europe/Brussels."
        raise fault("unknown-choice", f"`{clipped(name)}` is no time zone", hint)
    return name


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return "/" in name or name == "UTC"


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fine = False
    if not fine or re.search(r"\s", url):
        raise fault("wrong-form", f"`{clipped(url)}` is no address", "Like https://odoo.example.com.")
    if parts.username or parts.password:
        raise fault("secret", "a password does not belong into a file", "Leave out what stands before the `@`.")
    return url


def hours(text: str) -> int:
    """Return how many hours `14d` is."""
    return int(text[:-1]) * _HOURS[text[-1]]


Country = Annotated[str, AfterValidator(_country), WithJsonSchema({"type": "string", "enum": _COUNTRIES.split()})]
Currency = Annotated[str, AfterValidator(_currency), WithJsonSchema({"type": "string", "enum": _CURRENCIES.split()})]
TimeZone = Annotated[str, AfterValidator(_time_zone), Field(examples=["Europe/Brussels", "UTC"])]
Address = Annotated[str, AfterValidator(_address), Field(examples=["https://odoo.example.com"])]
Duration = Annotated[str, Field(pattern=_PERIOD)]
