"""How is the same phone number or country written by different people?"""

import polars as pl

from lockgate.engines.legacy.chance import Chance, Ints
from lockgate.engines.legacy.facts.places import COUNTRIES

PHONE_NOTATIONS = 5


def phones(chance: Chance, question: str, rows: Ints) -> pl.Expr:
    """Return the phone of each row (from dial, area and local) in one of five notations; the first is E.164."""
    dial, area, local = pl.col("dial"), pl.col("area"), pl.col("local")
    trunk = pl.when(dial == "352").then(pl.lit("")).otherwise(pl.lit("0"))
    first, rest = local.str.slice(0, 2), local.str.slice(2)
    way = pl.lit(pl.Series("way", chance.below(question, rows, PHONE_NOTATIONS)))
    return (
        pl.when(way == 0)
        .then(e164())
        .when(way == 1)
        .then(pl.concat_str(pl.lit("00"), dial, pl.lit(" "), area, pl.lit(" "), local))
        .when(way == 2)  # noqa: PLR2004 - the third notation
        .then(pl.concat_str(trunk, area, pl.lit("/"), first, pl.lit("."), rest))
        .when(way == 3)  # noqa: PLR2004 - the fourth
        .then(pl.concat_str(pl.lit("+"), dial, pl.lit(" ("), trunk, pl.lit(") "), area, pl.lit(" "), local))
        .otherwise(pl.concat_str(pl.lit("("), trunk, area, pl.lit(") "), first, pl.lit("-"), rest))
    )


def e164() -> pl.Expr:
    """Return the phone of each row as the standard has it."""
    return pl.concat_str(pl.lit("+"), pl.col("dial"), pl.col("area"), pl.col("local"))


def spelt_countries(chance: Chance, question: str, places: Ints, rows: Ints) -> pl.Series:
    """Return each row's country as somebody typed it instead of the code."""
    longest = max(len(country.spellings) for country in COUNTRIES)
    flat = pl.Series([country.spellings[n % len(country.spellings)] for country in COUNTRIES for n in range(longest)])
    return flat.gather(places * longest + chance.below(question, rows, longest))
