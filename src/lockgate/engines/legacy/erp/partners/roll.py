"""What do customers and suppliers of the old ERP have in common? An address, phone, mail, ids, and mess in each.

Which record is whom is decided first, for the whole table; the texts follow slice by slice.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.facts.house import GONE_TERMS, TERMS
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.kinds import KINDS
from lockgate.engines.legacy.mess.planting import Bed, shares
from lockgate.engines.legacy.parties.notations import e164, phones, spelt_countries
from lockgate.engines.legacy.parties.taxids import with_wrong_check
from lockgate.engines.legacy.parties.truth import Parties
from lockgate.engines.legacy.parties.variants import varied


@dataclass(frozen=True)
class Roll:
    """Who stands in a table of partners: for each line of the file, in the order of the file."""

    parties: Parties
    entities: Ints
    """Which partner it is in truth."""
    master: Ints
    """The line of the first record of the same partner: its own, unless the line is a duplicate."""
    mess: dict[str, Mask]

    @property
    def rows(self) -> int:
        """How many lines there are."""
        return len(self.entities)

    @property
    def doubled(self) -> Mask:
        """Which lines are duplicates of another one."""
        doubled: Mask = self.master != np.arange(self.rows)
        return doubled


def roll(making: Making, parties: Parties, rows: int) -> Roll:
    """Return who stands in which line, and which mess each line gets."""
    chance, mark = making.chance, parties.mark
    again = max(2, round(rows * KINDS["duplicate-within"].share))
    people = rows - again
    entities = np.concatenate([np.arange(people), chance.shuffled(f"{mark}/doubled", people)[:again]])
    order = chance.shuffled(f"{mark}/order", rows)
    entities = entities[order]
    first = np.empty(people, dtype=np.int64)
    originals = np.flatnonzero(order < people)
    first[entities[originals]] = originals
    master = np.where(order < people, np.arange(rows), first[entities])
    return Roll(parties, entities, master, _mess(making, parties, entities, master))


def _mess(making: Making, parties: Parties, entities: Ints, master: Ints) -> dict[str, Mask]:
    chance, mark, rows = making.chance, parties.mark, len(entities)
    everybody, alone = np.ones(rows, dtype=np.bool_), master == np.arange(rows)
    placeholder = KINDS["placeholder"].share
    address = shares("swapped-columns") | {"street-placeholder": placeholder, "postcode-placeholder": placeholder}
    return {
        **chance.allot(f"{mark}/mess/name", alone, shares("trailing-blanks")),
        **chance.allot(
            f"{mark}/mess/vat",
            alone,
            shares("tax-id-missing", "tax-id-invalid", "tax-id-notation") | {"vat-placeholder": placeholder},
        ),
        **chance.allot(f"{mark}/mess/mail", alone, shares("email-typo") | {"mail-placeholder": placeholder}),
        **chance.allot(f"{mark}/mess/address", everybody, address),
        **chance.allot(f"{mark}/mess/country", everybody, shares("country-notation")),
        **chance.allot(f"{mark}/mess/term", everybody, shares("unknown-term")),
        **chance.allot(f"{mark}/mess/status", everybody, shares("inactive", "blocked")),
        "mojibake": _mojibake(making, parties, entities, alone),
    }


def _mojibake(making: Making, parties: Parties, entities: Ints, alone: Mask) -> Mask:
    """Return which names get it: a share of those that have a letter beyond ASCII."""
    eligible = np.zeros(len(entities), dtype=np.bool_)
    for lines in slices(len(entities)):
        names = parties.described(entities[lines])["name"]
        eligible[lines] = names.str.contains(r"[^\x00-\x7F]").to_numpy() & alone[lines]
    return making.chance.allot(f"{parties.mark}/mess/mojibake", eligible, shares("mojibake"))["mojibake"]


_TERMS = {"C": (2.0, 4.0, 3.0, 2.0, 0.5), "S": (0.5, 3.0, 4.0, 2.0, 0.5)}
"""How common each payment term is among customers and suppliers."""


def terms(parties: Parties, entities: Ints) -> Ints:
    """Return the place of each partner's payment term in `TERMS`."""
    return parties.chance.choose(f"{parties.mark}/term", entities, _TERMS[parties.mark])


def term_codes(places: Ints) -> pl.Series:
    """Return the codes of payment terms."""
    return pl.Series([term.code for term in TERMS]).gather(places)


def described(people: Roll, lines: Ints) -> pl.DataFrame:
    """Return the partners of a slice as they were written down, before any mess: duplicates are nearly the same."""
    parties = people.parties
    entities, doubled = people.entities[lines], people.doubled[lines]
    plain = parties.described(entities)
    again = varied(plain, parties, entities, question=f"{parties.mark}/again", rows=lines).select(plain.columns)
    names = plain.columns
    frame = plain.with_columns(
        pl.when(pl.lit(pl.Series(doubled))).then(again[name]).otherwise(plain[name]).alias(name) for name in names
    )
    return frame.with_columns(e164().alias("phone"))


def messed(bed: Bed, people: Roll, frame: pl.DataFrame, lines: Ints) -> pl.DataFrame:
    """Return the slice with the mess of the common columns: NAMA, STR, PLZ, ORT, LAND, TEL, MAIL, USTID, ZAHLB."""
    chance, mark = people.parties.chance, people.parties.mark
    mess = {name: mask[lines] for name, mask in people.mess.items()}
    frame = _names(bed, frame, mess)
    frame = _addresses(bed, frame, mess)
    places = people.parties.countries(people.entities[lines])
    spelt = spelt_countries(chance, f"{mark}/country spelling", places, lines)
    frame = bed.plant(frame, "country-notation", "LAND", mess["country-notation"], spelt)
    other = chance.below(f"{mark}/phone notation", lines, 5) > 0
    written = frame.select(phones(chance, f"{mark}/phone notation", lines).alias("TEL"))["TEL"]
    frame = bed.plant(frame, "phone-notation", "TEL", other, written)
    forgotten = frame["USTID"].is_null().to_numpy()
    vats = pl.lit(people.parties.vats(people.entities[lines]))
    bed.mark(frame, "tax-id-missing", forgotten, column="USTID", right=vats)
    gone = pl.Series(GONE_TERMS).gather(lines % len(GONE_TERMS))
    frame = bed.plant(frame, "unknown-term", "ZAHLB", mess["unknown-term"], gone)
    return _ids(bed, frame, mess)


def _names(bed: Bed, frame: pl.DataFrame, mess: dict[str, Mask]) -> pl.DataFrame:
    name = pl.col("NAMA")
    blanks = mess["trailing-blanks"] & ~mess["mojibake"]
    frame = bed.plant(frame, "trailing-blanks", "NAMA", blanks, pl.concat_str(name, pl.lit("   ")))
    wrong = pl.Series(
        [_read_as_cp1252(text) for text in frame["NAMA"].filter(pl.Series(mess["mojibake"]))], dtype=pl.String
    )
    spread = np.full(frame.height, None, dtype=object)
    spread[mess["mojibake"]] = wrong.to_numpy()
    return bed.plant(frame, "mojibake", "NAMA", mess["mojibake"], pl.Series(spread.tolist(), dtype=pl.String))


def _read_as_cp1252(text: str) -> str:
    return text.encode("utf-8").decode("cp1252")


def _addresses(bed: Bed, frame: pl.DataFrame, mess: dict[str, Mask]) -> pl.DataFrame:
    towns, postcodes = frame["ORT"], frame["PLZ"]
    frame = bed.plant(frame, "swapped-columns", "PLZ", mess["swapped-columns"], towns)
    frame = bed.plant(frame, "swapped-columns", "ORT", mess["swapped-columns"], postcodes)
    frame = bed.plant(frame, "placeholder", "STR", mess["street-placeholder"], pl.lit("N/A"))
    return bed.plant(frame, "placeholder", "PLZ", mess["postcode-placeholder"], pl.lit("99999"))


def _ids(bed: Bed, frame: pl.DataFrame, mess: dict[str, Mask]) -> pl.DataFrame:
    vat, mail = pl.col("USTID"), pl.col("MAIL")
    spaced = pl.concat_str(vat.str.slice(0, 2), pl.lit(" "), vat.str.slice(2, 4), pl.lit("."), vat.str.slice(6))
    frame = bed.plant(frame, "tax-id-missing", "USTID", mess["tax-id-missing"], pl.lit(None, dtype=pl.String))
    frame = bed.plant(frame, "tax-id-invalid", "USTID", mess["tax-id-invalid"], with_wrong_check(frame["USTID"]))
    frame = bed.plant(frame, "tax-id-notation", "USTID", mess["tax-id-notation"], spaced)
    frame = bed.plant(frame, "placeholder", "USTID", mess["vat-placeholder"], pl.lit("N/A"))
    typo = mail.str.replace("@", "(at)", literal=True).str.replace(".example", ",example", literal=True)
    frame = bed.plant(frame, "email-typo", "MAIL", mess["email-typo"], typo)
    return bed.plant(frame, "placeholder", "MAIL", mess["mail-placeholder"], pl.lit("x@x.x"))
