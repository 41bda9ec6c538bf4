"""Who are the customers of the old ERP? `KUNDEN.CSV`."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.erp.partners.roll import Roll, described, messed, roll, term_codes, terms
from lockgate.engines.legacy.facts.house import TODAY
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.kinds import KINDS
from lockgate.engines.legacy.mess.planting import Bed
from lockgate.engines.legacy.outlets.german import amount, day
from lockgate.engines.legacy.parties.truth import Parties

FILE = "KUNDEN.CSV"
GERMANY, BRITAIN = 4, 5
CHANNELS = ("G", "I", "W")
LIMITS = (0, 250_000, 500_000, 800_000, 1_200_000, 2_500_000, 5_000_000, 10_000_000)
"""In cents."""


def numbers(lines: Ints) -> Ints:
    """Return the number of the customer in each line of the file; those between them are gone."""
    return 100_000 + 3 * lines


def key(number: Ints) -> pl.Series:
    """Return customer numbers as the old ERP writes them."""
    return pl.Series(number).cast(pl.String).str.zfill(8)


def customers(making: Making) -> Roll:
    """Write the customers and who they are in truth; return who stands in which line."""
    people = roll(making, making.customers, making.sizes.of("customers"))
    making.dump(FILE, _slices(making, people))
    return people


def channels(parties: Parties, entities: Ints) -> Ints:
    """Return the place of each customer's channel in `CHANNELS`."""
    return parties.chance.choose("C/channel", entities, (0.3, 0.5, 0.2))


def companies(countries: Ints, entities: Ints) -> Ints:
    """Return to which company each customer belongs: 1 or 2. British ones are shared out by their number."""
    german = (countries == GERMANY) | ((countries == BRITAIN) & (entities % 2 == 1))
    return np.where(german, 2, 1)


def _slices(making: Making, people: Roll) -> Iterator[pl.DataFrame]:
    bed = making.bed("erp", FILE, "KDNR")
    limited = making.chance.allot(
        "C/limit of duplicates", people.doubled, {"own": KINDS["credit-limit-per-duplicate"].share}
    )["own"]
    for lines in slices(people.rows):
        known = described(people, lines)
        frame = _frame(making, people, known, lines, limited[lines])
        doubled = people.doubled[lines]
        making.truth.add("customers", _truth(known, frame))
        bed.mark(frame, "duplicate-within", doubled, column="KDNR", right=pl.lit(key(numbers(people.master[lines]))))
        bed.mark(frame, "credit-limit-per-duplicate", limited[lines], column="KREDLIM")
        frame = _status(bed, people, frame, lines)
        yield messed(bed, people, frame, lines).select(COLUMNS)


COLUMNS = (
    "FIRMA", "KDNR", "SUCHB", "NAMA", "NAMB", "STR", "PLZ", "ORT", "LAND", "SPRACH", "TEL", "MAIL", "USTID", "ZAHLB",
    "KREDLIM", "WAEHR", "PRLIST", "KANAL", "STEUKL", "KONZERN", "INAKT", "SPERRE", "ANLDAT", "LETZTAUF", "NOTIZ",
)  # fmt: skip
NOTES = (
    "Ruft vor jeder Lieferung an.\nTor 3; bitte hupen",
    'Rechnung nur mit Bestellnummer, sonst "unbekannt"',
    "Zahlt pünktlich; Skonto immer",
    "Siehe Akte 1998",
)


def _frame(making: Making, people: Roll, known: pl.DataFrame, lines: Ints, limited: Mask) -> pl.DataFrame:
    chance, entities = making.chance, people.entities[lines]
    countries = people.parties.countries(entities)
    company = companies(countries, entities)
    channel = channels(people.parties, entities)
    british = countries == BRITAIN
    limit = np.array(LIMITS)[chance.choose("C/limit", lines, (4, 2, 3, 3, 3, 2, 1, 0.3))]
    limit = np.where(people.doubled[lines], np.where(limited, np.maximum(limit, 250_000), 0), limit)
    lists = np.where(british, 3, channel)
    parent = _parents(making, people, lines)
    began = chance.between("C/began", lines, TODAY - 9000, TODAY - 30)
    last = np.minimum(began + chance.below("C/last", lines, 3000), TODAY - 1)
    noted = chance.share("C/noted", lines) < 0.08  # noqa: PLR2004 - so many have a note
    return known.select(
        pl.lit(pl.Series(company)).cast(pl.String).str.zfill(2).alias("FIRMA"),
        pl.lit(key(numbers(lines))).alias("KDNR"),
        pl.col("family").str.to_uppercase().str.slice(0, 10).alias("SUCHB"),
        pl.col("name").alias("NAMA"),
        pl.when(pl.lit(pl.Series(chance.share("C/second name", lines) < 0.1)))  # noqa: PLR2004 - a department
        .then(pl.lit("Abt. Einkauf"))
        .alias("NAMB"),
        pl.col("street").alias("STR"),
        pl.col("postcode").alias("PLZ"),
        pl.col("town").alias("ORT"),
        pl.col("country").alias("LAND"),
        pl.col("language").alias("SPRACH"),
        pl.col("phone").alias("TEL"),
        pl.col("mail").alias("MAIL"),
        pl.col("vat").alias("USTID"),
        pl.lit(term_codes(terms(people.parties, entities))).alias("ZAHLB"),
        amount(pl.lit(pl.Series(limit))).alias("KREDLIM"),
        pl.lit(pl.Series(np.where(british, "GBP", "EUR"))).alias("WAEHR"),
        pl.lit(pl.Series(["GH", "IN", "WS", "EX"]).gather(lists)).alias("PRLIST"),
        pl.lit(pl.Series(CHANNELS).gather(channel)).alias("KANAL"),
        pl.lit(pl.Series(_tax(countries, company))).alias("STEUKL"),
        pl.lit(parent).alias("KONZERN"),
        pl.lit(None, dtype=pl.String).alias("INAKT"),
        pl.lit(None, dtype=pl.String).alias("SPERRE"),
        day(pl.lit(pl.Series(began))).alias("ANLDAT"),
        day(pl.lit(pl.Series(last))).alias("LETZTAUF"),
        pl.when(pl.lit(pl.Series(noted)))
        .then(pl.lit(pl.Series(NOTES).gather(chance.below("C/note", lines, len(NOTES)))))
        .alias("NOTIZ"),
        "dial",
        "area",
        "local",
    )


def _tax(countries: Ints, company: Ints) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    home = np.where(company == 1, 0, GERMANY)
    return np.where(countries == BRITAIN, "3", np.where(countries == home, "1", "2"))


def _parents(making: Making, people: Roll, lines: Ints) -> pl.Series:
    """Return the number of the group that a customer belongs to; only originals have one, and never themselves."""
    belongs = (making.chance.share("C/group", lines) < 0.04) & ~people.doubled[lines]  # noqa: PLR2004 - in a group
    heads = people.master[making.chance.below("C/group of", lines, max(1, people.rows // 50))]
    belongs &= (heads != lines) & (lines >= people.rows // 50)
    return key(numbers(heads)).set(pl.Series(~belongs), None)


def _status(bed: Bed, people: Roll, frame: pl.DataFrame, lines: Ints) -> pl.DataFrame:
    inactive, blocked = people.mess["inactive"][lines], people.mess["blocked"][lines]
    frame = frame.with_columns(
        pl.when(pl.Series(inactive)).then(pl.lit("J")).alias("INAKT"),
        pl.when(pl.Series(blocked)).then(pl.lit("L")).alias("SPERRE"),
    )
    bed.mark(frame, "inactive", inactive, column="INAKT")
    bed.mark(frame, "blocked", blocked, column="SPERRE")
    return frame


def _truth(known: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    return known.select(
        pl.lit("erp").alias("system"),
        pl.lit(FILE).alias("file"),
        frame["KDNR"].alias("record"),
        "entity",
    )
