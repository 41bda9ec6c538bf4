"""Which unit of measure is meant, what is it called in Odoo, and which code has it in UN/ECE Recommendation 20?

U1  A unit is known by its code, by Odoo's name for it, and by words of trade in English, German, French and Dutch.
U2  Case doesn't count, unless a word is one unit in capitals and another without them.
U3  A package (`CS`, `BX`, `PK`) has a code but no size: how many are in it says the item, so Odoo's standard units
    have none for it, and its name stays as it is.
U4  Units convert when they measure the same; how much is pint's answer, dozens and the like count pieces.
"""

import functools
from dataclasses import dataclass
from decimal import Decimal

import pint

from lockgate.engines.values.kind import Kind

PIECE = "count"


@dataclass(frozen=True)
class Unit:
    """One unit of measure."""

    code: str
    """Of UN/ECE Recommendation 20, or 21 for packages."""
    odoo: str | None
    """Its name in Odoo 19, None when it has none by default."""
    external_id: str | None
    """Of Odoo's module uom."""
    measure: str | None
    """What pint calls it; `N count` for N pieces; None for a package (U3)."""
    words: tuple[str, ...]


def _unit(code: str, odoo: str | None, record: str | None, measure: str | None, *words: str) -> Unit:
    return Unit(code, odoo, f"uom.product_uom_{record}" if record else None, measure, words)


UNITS = (
    _unit("C62", "Units", "unit", "1 count", "h87", "ea", "each", "pc", "pcs", "pce", "piece", "pieces", "unit", "un",
          "st", "stk", "stck", "stück", "stueck", "stuk", "stuks", "pièce", "pièces", "pzs", "no", "nos", "nr"),
    _unit("DZN", "Dozens", "dozen", "12 count", "dz", "doz", "dozen", "dtz", "dutzend", "douzaine", "dozijn"),
    _unit("PR", None, None, "2 count", "pair", "pairs", "paar", "paire", "npr"),
    _unit("CEN", None, None, "100 count", "hundred", "hundert", "cent"),
    _unit("MIL", None, None, "1000 count", "thousand", "tausend", "tsd", "mille"),
    _unit("SET", None, None, None, "sets", "satz", "kit", "garnitur", "jeu"),
    _unit("CS", None, None, None, "case", "cases", "xcs", "caisse"),
    _unit("BX", None, None, None, "box", "boxes", "xbx", "boîte", "schachtel", "doos", "bte"),
    _unit("CT", None, None, None, "carton", "cartons", "ctn", "karton", "kart", "xct"),
    _unit("PK", None, None, None, "pack", "packs", "package", "packung", "pkg", "paket", "paquet", "xpk", "vpe"),
    _unit("PF", None, None, None, "pallet", "pallets", "palette", "pal", "plt", "xpx", "px"),
    _unit("RO", None, None, None, "roll", "rolls", "rolle", "rollen", "rouleau", "rol", "xro"),
    _unit("CL", None, None, None, "coil", "coils", "ring", "xcl"),
    _unit("BG", None, None, None, "bag", "bags", "beutel", "sack", "sachet", "xbg"),
    _unit("DR", None, None, None, "drum", "drums", "fass", "fût", "xdr"),
    _unit("HUR", "Hours", "hour", "hour", "h", "hr", "hrs", "hour", "std", "stunde", "stunden", "heure", "uur"),
    _unit("DAY", "Days", "day", "day", "d", "day", "tag", "tage", "jour", "jours", "dag"),
    _unit("MIN", "Minutes", "minute", "minute", "minute", "minuten"),
    _unit("MMT", "mm", "millimeter", "millimeter", "millimeter", "millimetre", "millimètre"),
    _unit("CMT", "cm", "cm", "centimeter", "centimeter", "centimetre", "zentimeter", "centimètre"),
    _unit("MTR", "m", "meter", "meter", "meter", "metre", "meters", "metres", "mètre", "lfm", "lfdm", "mtr"),
    _unit("KMT", "km", "km", "kilometer", "kilometer", "kilometre", "kilomètre"),
    _unit("INH", "in", "inch", "inch", "inch", "inches", "zoll", '"', "pouce"),
    _unit("FOT", "ft", "foot", "foot", "foot", "feet", "fuß", "fuss", "pied"),
    _unit("YRD", "yd", "yard", "yard", "yard", "yards"),
    _unit("SMI", "mi", "mile", "mile", "mile", "miles", "meile"),
    _unit("MTK", "m²", "square_meter", "meter**2", "m2", "qm", "sqm", "quadratmeter", "square metre", "square meter"),
    _unit("FTK", "ft²", "square_foot", "foot**2", "ft2", "sqft", "square foot"),
    _unit("MLT", "ml", "milliliter", "milliliter", "milliliter", "millilitre"),
    _unit("CLT", None, None, "centiliter", "cl", "centiliter", "centilitre"),
    _unit("LTR", "L", "litre", "liter", "l", "lt", "ltr", "liter", "litre", "litres", "liters"),
    _unit("MTQ", "m³", "cubic_meter", "meter**3", "m3", "cbm", "kubikmeter", "cubic metre", "cubic meter"),
    _unit("OZA", "fl oz (US)", "floz", "US_fluid_ounce", "fl oz", "floz"),
    _unit("QT", "qt (US)", "qt", "quart", "quart"),
    _unit("GLL", "gal (US)", "gal", "gallon", "gal", "gallon", "gallons"),
    _unit("INQ", "in³", "cubic_inch", "inch**3", "in3", "cubic inch"),
    _unit("FTQ", "ft³", "cubic_foot", "foot**3", "ft3", "cubic foot"),
    _unit("MGM", None, None, "milligram", "mg", "milligram", "milligramm"),
    _unit("GRM", "g", "gram", "gram", "gr", "gram", "gramm", "gramme"),
    _unit("KGM", "kg", "kgm", "kilogram", "kilo", "kilogram", "kilogramm", "kgs", "kilogramme"),
    _unit("TNE", "Ton", "ton", "metric_ton", "t", "to", "tonne", "tonnes", "tonnen", "mt"),
    _unit("ONZ", "oz", "oz", "ounce", "ounce", "ounces", "unze"),
    _unit("LBR", "lb", "lb", "pound", "lbs", "pound", "pounds", "pfund"),
    _unit("KWH", "KWH", "kwh", "kilowatt_hour", "kilowatt hour", "kilowattstunde"),
)  # fmt: skip


def unit_of(text: str) -> Unit | None:
    """Return the unit that is meant, None when it is not known."""
    return _known().get(text) or _known().get(text.casefold().rstrip(".").replace(".", ""))


def factor(unit: Unit, other: Unit) -> Decimal | None:
    """Return how many of the other make one unit, None when they measure different things or a package has no size."""
    if unit == other:
        return Decimal(1)
    if unit.measure is None or other.measure is None:
        return None  # U3
    one, by = (_quantity(measure) for measure in (unit.measure, other.measure))
    if not one.check(by.dimensionality):
        return None
    return Decimal((one / by).to_base_units().magnitude)


def _quantity(measure: str) -> "pint.Quantity[Decimal]":
    amount, _, name = measure.partition(" ")
    return _registry().Quantity(Decimal(amount), name) if name else _registry().Quantity(Decimal(1), measure)


@functools.cache
def _registry() -> "pint.UnitRegistry[Decimal]":
    return pint.UnitRegistry(non_int_type=Decimal)


@functools.cache
def _known() -> dict[str, Unit]:
    known = {unit.code: unit for unit in UNITS}
    for unit in UNITS:
        known.update(dict.fromkeys(unit.words, unit))
    for unit in UNITS:
        for name in (unit.odoo or unit.code, (unit.odoo or unit.code).casefold(), unit.code.casefold()):
            known.setdefault(name, unit)  # U2: `CL` is a coil, `cl` a centilitre
    return known


def _fault(value: str, _country: str) -> str | None:
    return None if unit_of(value) else "it is no unit of measure that is known"


def _tidy(value: str, _country: str) -> str:
    unit = unit_of(value)
    return unit.odoo if unit and unit.odoo else value


def _code(value: str, _country: str) -> str:
    unit = unit_of(value)
    return unit.code if unit else value


UNIT = Kind("unit", "a unit of measure, written as in Odoo", _fault, _tidy)
UNIT_CODE = Kind("unit-code", "a unit of measure, written as its UN/ECE code", _fault, _code)
