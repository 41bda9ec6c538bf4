"""Who are the suppliers of the old ERP? `LIEFER.CSV`."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.erp.partners.roll import Roll, described, messed, roll, term_codes, terms
from lockgate.engines.legacy.facts.house import TODAY
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.outlets.german import amount, day
from lockgate.engines.legacy.parties.banking import ibans

FILE = "LIEFER.CSV"
BRITAIN = 5
COLUMNS = (
    "LFNR", "SUCHB", "NAMA", "NAMB", "STR", "PLZ", "ORT", "LAND", "SPRACH", "TEL", "MAIL", "USTID", "ZAHLB", "WAEHR",
    "IBAN", "MINBEST", "LFZEIT", "INAKT", "SPERRE", "ANLDAT", "NOTIZ",
)  # fmt: skip


def numbers(lines: Ints) -> Ints:
    """Return the number of the supplier in each line of the file; those between them are gone."""
    return 700_000 + 3 * lines


def key(number: Ints) -> pl.Series:
    """Return supplier numbers as the old ERP writes them."""
    return pl.Series(number).cast(pl.String).str.zfill(8)


def suppliers(making: Making) -> Roll:
    """Write the suppliers and who they are in truth; return who stands in which line."""
    people = roll(making, making.suppliers, making.sizes.of("suppliers"))
    making.dump(FILE, _slices(making, people))
    return people


def _slices(making: Making, people: Roll) -> Iterator[pl.DataFrame]:
    bed = making.bed("erp", FILE, "LFNR")
    for lines in slices(people.rows):
        known = described(people, lines)
        frame = _frame(making, people, known, lines)
        making.truth.add(
            "suppliers",
            known.select(
                pl.lit("erp").alias("system"), pl.lit(FILE).alias("file"), frame["LFNR"].alias("record"), "entity"
            ),
        )
        master = pl.lit(key(numbers(people.master[lines])))
        bed.mark(frame, "duplicate-within", people.doubled[lines], column="LFNR", right=master)
        for kind, column in (("inactive", "INAKT"), ("blocked", "SPERRE")):
            bed.mark(frame, kind, people.mess[kind][lines], column=column)
        yield messed(bed, people, frame, lines).select(COLUMNS)


def _frame(making: Making, people: Roll, known: pl.DataFrame, lines: Ints) -> pl.DataFrame:
    chance, entities = making.chance, people.entities[lines]
    countries = people.parties.countries(entities)
    term = terms(people.parties, entities)
    least = np.array([0, 5_000, 10_000, 25_000])[chance.choose("S/least", lines, (4, 2, 2, 1))]
    noted = pl.Series(chance.share("S/noted", lines) < 0.05)  # noqa: PLR2004 - so many have a note
    return known.select(
        pl.lit(key(numbers(lines))).alias("LFNR"),
        pl.col("family").str.to_uppercase().str.slice(0, 10).alias("SUCHB"),
        pl.col("name").alias("NAMA"),
        pl.lit(None, dtype=pl.String).alias("NAMB"),
        pl.col("street").alias("STR"),
        pl.col("postcode").alias("PLZ"),
        pl.col("town").alias("ORT"),
        pl.col("country").alias("LAND"),
        pl.col("language").alias("SPRACH"),
        pl.col("phone").alias("TEL"),
        pl.col("mail").alias("MAIL"),
        pl.col("vat").alias("USTID"),
        pl.lit(term_codes(term)).alias("ZAHLB"),
        pl.lit(pl.Series(np.where(countries == BRITAIN, "GBP", "EUR"))).alias("WAEHR"),
        pl.lit(ibans(countries, entities)).alias("IBAN"),
        amount(pl.lit(pl.Series(least))).alias("MINBEST"),
        pl.lit(pl.Series(chance.between("S/days", entities, 3, 35))).cast(pl.String).alias("LFZEIT"),
        _flag(people, "inactive", lines).alias("INAKT"),
        _flag(people, "blocked", lines).alias("SPERRE"),
        day(pl.lit(pl.Series(chance.between("S/began", lines, TODAY - 9000, TODAY - 30)))).alias("ANLDAT"),
        pl.when(pl.lit(noted)).then(pl.lit('Preise nur "frei Haus";\nJahresgespräch im März')).alias("NOTIZ"),
        "dial",
        "area",
        "local",
    )


def _flag(people: Roll, kind: str, lines: Ints) -> pl.Expr:
    letter = {"inactive": "J", "blocked": "L"}[kind]
    return pl.when(pl.lit(pl.Series(people.mess[kind][lines]))).then(pl.lit(letter)).otherwise(None)
