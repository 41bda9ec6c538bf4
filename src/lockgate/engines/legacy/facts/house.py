"""Which codes does the old ERP use, and what does each of them mean in the template of the sample?"""

from dataclasses import dataclass
from datetime import date

AS_OF = date(2026, 8, 31)
"""The day on which every extract was taken."""
TODAY = (AS_OF - date(1970, 1, 1)).days
POUND = 0.86
"""Pounds for one euro: the rate of the template."""


@dataclass(frozen=True)
class Term:
    """A payment term of the old ERP."""

    code: str
    text: str
    days: int
    template: str
    """Its key in the template."""


TERMS = (
    Term("N000", "Sofort ohne Abzug", 0, "account.account_payment_term_immediate"),
    Term("N014", "14 Tage netto", 14, "days-14"),
    Term("M030", "30 Tage nach Monatsende", 45, "days-30-end-of-month"),
    Term("S030", "30 Tage netto, 10 Tage 2 %", 30, "days-14-discount"),
    Term("V033", "Ein Drittel im Voraus", 30, "third-in-advance"),
)
GONE_TERMS = ("Z99", "N045", "???")
"""Codes that customers carry and that the table of terms has not."""

COMPANIES = {"01": "meridian-benelux", "02": "meridian-deutschland"}
WAREHOUSES = {"01": "ghent", "02": "liege", "03": "koeln"}
WAREHOUSE_COMPANY = {"01": "01", "02": "01", "03": "02"}
PRICE_LISTS = {"GH": "price-wholesale", "IN": "price-installers", "WS": "price-web", "EX": "price-pounds"}
CHANNELS = {"G": "customer-wholesale", "I": "customer-installer", "W": "customer-web"}
CARRIERS = {"PK": "by-parcel", "EX": "by-express", "AB": None}
"""`AB`: the customer collects."""


@dataclass(frozen=True)
class Tax:
    """A tax code of the old ERP, for one company."""

    company: str
    code: str
    percent: int
    text: str


TAXES = (
    Tax("01", "V21", 21, "TVA/BTW 21 %"),
    Tax("01", "V06", 6, "TVA/BTW 6 %"),
    Tax("01", "IGL", 0, "Innergemeinschaftliche Lieferung"),
    Tax("01", "EXP", 0, "Ausfuhr"),
    Tax("02", "D19", 19, "Umsatzsteuer 19 %"),
    Tax("02", "D07", 7, "Umsatzsteuer 7 %"),
    Tax("02", "IGL", 0, "Innergemeinschaftliche Lieferung"),
    Tax("02", "EXP", 0, "Ausfuhr"),
)


@dataclass(frozen=True)
class Unit:
    """A unit of the old ERP: so many of the base unit."""

    code: str
    text: str
    base: str
    factor: int
    template: str
    also: tuple[str, ...] = ()
    """Other codes that people typed for it."""


UNITS = (
    Unit("ST", "Stück", "ST", 1, "uom.product_uom_unit", ("EA", "PCE", "Stk")),
    Unit("DZ", "Dutzend", "ST", 12, "uom.product_uom_dozen", ("DZN",)),
    Unit("KT", "Karton zu 12", "ST", 12, "case-12", ("CS",)),
    Unit("SC", "Schachtel zu 100", "ST", 100, "box-100", ("BX", "HDT")),
    Unit("PA", "Palette zu 40 Kartons", "ST", 480, "pallet-480", ("PAL",)),
    Unit("M", "Meter", "M", 1, "uom.product_uom_meter", ("MTR", "m")),
    Unit("RO", "Rolle zu 50 m", "M", 50, "coil-50", ("COIL",)),
    Unit("STD", "Stunde", "STD", 1, "uom.product_uom_hour", ("HUR",)),
)
