"""Where do goods go, and with whom does one speak? `LIEFADR.CSV` and `ANSPRE.CSV`."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Chance, Ints
from lockgate.engines.legacy.erp.partners import customers, suppliers
from lockgate.engines.legacy.erp.partners.roll import Roll
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.parties.notations import phones

_FUNCTIONS = ("Einkauf", "Buchhaltung", "Geschäftsführung", "Lager", "Technik")
_SALUTATIONS = ("Herr", "Frau", "Dhr.", "Mevr.", "M.", "Mme")


def delivery_addresses(chance: Chance, lines: Ints) -> Ints:
    """Return how many delivery addresses the customer of each line has."""
    return chance.choose("address/count", lines, (0.8, 0.14, 0.06))


def addresses(making: Making, buyers: Roll) -> None:
    """Write the delivery addresses."""
    making.dump("LIEFADR.CSV", _addresses(making, buyers))


def _addresses(making: Making, buyers: Roll) -> Iterator[pl.DataFrame]:
    chance, parties = making.chance, buyers.parties
    bed = making.bed("erp", "LIEFADR.CSV", "KDNR", "ADRNR")
    for part in slices(buyers.rows):
        count = delivery_addresses(chance, part)
        lines = np.repeat(part, count)
        place = np.arange(len(lines)) - np.repeat(np.cumsum(count) - count, count)
        rows = lines * 3 + place
        frames = []
        for nth in (0, 1):
            chosen = np.flatnonzero(place == nth)
            entities = buyers.entities[lines[chosen]]
            known = parties.described(entities).with_columns(**parties.address(f"delivery {nth}", entities))
            frames.append(known.with_columns(pl.Series("at", chosen)))
        known = pl.concat(frames).sort("at")
        frame = known.select(
            pl.lit(customers.key(customers.numbers(lines))).alias("KDNR"),
            pl.lit(pl.Series(place + 1)).cast(pl.String).str.zfill(3).alias("ADRNR"),
            pl.concat_str("family", "trade", pl.lit("Lager"), separator=" ").alias("NAMA"),
            pl.col("street").alias("STR"),
            pl.col("postcode").alias("PLZ"),
            pl.col("town").alias("ORT"),
            pl.col("country").alias("LAND"),
            pl.concat_str(pl.lit("+"), "dial", "area", "local").alias("TEL"),
            pl.when(pl.lit(pl.Series(place == 0))).then(pl.lit("J")).alias("STDADR"),
            "dial",
            "area",
            "local",
        )
        other = chance.below("address/phone", rows, 5) > 0
        written = frame.select(phones(chance, "address/phone", rows).alias("TEL"))["TEL"]
        yield bed.plant(frame, "phone-notation", "TEL", other, written).drop("dial", "area", "local")


def contacts(making: Making, buyers: Roll, sellers: Roll) -> None:
    """Write the contacts of customers and suppliers."""
    making.dump("ANSPRE.CSV", _contacts(making, buyers, sellers))


def _contacts(making: Making, buyers: Roll, sellers: Roll) -> Iterator[pl.DataFrame]:
    yield from _contacts_of(making, buyers, "K", (0.45, 0.4, 0.15))
    yield from _contacts_of(making, sellers, "L", (0.4, 0.6))


def _contacts_of(making: Making, people: Roll, kind: str, weights: tuple[float, ...]) -> Iterator[pl.DataFrame]:
    chance, parties = making.chance, people.parties
    bed = making.bed("erp", "ANSPRE.CSV", "PARTART", "PARTNR", "ANSNR")
    key = customers.key if kind == "K" else suppliers.key
    numbers = customers.numbers if kind == "K" else suppliers.numbers
    for part in slices(people.rows):
        count = chance.choose(f"contact/{kind}/count", part, weights)
        lines = np.repeat(part, count)
        place = np.arange(len(lines)) - np.repeat(np.cumsum(count) - count, count)
        rows = lines * 3 + place
        known = parties.described(people.entities[lines])
        countries = parties.countries(people.entities[lines])
        given, ending = (parties.spoken(book, f"contact/{book}", countries, rows) for book in ("given", "ending"))
        family = parties.spoken("beginning", "contact/family", countries, rows) + ending
        frame = known.select(
            pl.lit(kind).alias("PARTART"),
            pl.lit(key(numbers(lines))).alias("PARTNR"),
            pl.lit(pl.Series(place + 1)).cast(pl.String).str.zfill(2).alias("ANSNR"),
            pl.lit(pl.Series(_SALUTATIONS).gather(chance.below("contact/salutation", rows, 6))).alias("ANREDE"),
            pl.lit(given).alias("VORN"),
            pl.lit(family).alias("NACHN"),
            pl.lit(pl.Series(_FUNCTIONS).gather(chance.below("contact/function", rows, 5))).alias("FUNKT"),
            pl.concat_str(pl.lit("+"), "dial", "area", "local").alias("TEL"),
            pl.concat_str(
                pl.lit(given).str.slice(0, 1).str.to_lowercase().str.replace("é", "e"),
                pl.lit(pl.Series(rows)).cast(pl.String),
                pl.lit("@"),
                pl.col("mail").str.split("@").list.last(),
            ).alias("MAIL"),
            "dial",
            "area",
            "local",
        )
        other = chance.below(f"contact/{kind}/phone", rows, 5) > 0
        written = frame.select(phones(chance, f"contact/{kind}/phone", rows).alias("TEL"))["TEL"]
        yield bed.plant(frame, "phone-notation", "TEL", other, written).drop("dial", "area", "local")
