"""Who is a partner in truth? Its name, address, tax id and how to reach it, as a function of its number alone."""

from dataclasses import dataclass
from functools import cache, reduce
from operator import add

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Chance, Ints
from lockgate.engines.legacy.facts import words
from lockgate.engines.legacy.facts.places import COUNTRIES
from lockgate.engines.legacy.parties.taxids import SLOTS_OF_LUXEMBOURG, vat_ids

CUSTOMERS, SUPPLIERS = 0, 1
_LUXEMBOURG = 3
_KINDS = 2
"""Slots of VAT ids take turns, so that a customer never shares one with a supplier."""


_PLAIN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "à": "a", "â": "a", "î": "i", " ": "-"}
"""How letters of names are written in a domain."""


class Wordbook:
    """Words by country, of which each row takes one."""

    def __init__(self, by_country: tuple[tuple[str, ...], ...]) -> None:
        self._counts = np.array([len(each) for each in by_country])
        self._starts = np.cumsum(self._counts) - self._counts
        self._words = pl.Series([word for each in by_country for word in each])

    def take(self, countries: Ints, numbers: Ints) -> pl.Series:
        """Return a word of its country for each row."""
        return self._words.gather(self._starts[countries] + numbers % self._counts[countries])


@cache
def _books() -> dict[str, Wordbook]:
    texts: dict[str, tuple[tuple[str, ...], ...]] = {
        "beginning": words.BEGINNINGS,
        "middle": words.MIDDLES,
        "ending": words.ENDINGS,
        "trade": words.TRADES,
        "form": words.FORMS,
        "street": words.STREETS,
        "given": words.GIVEN,
    }
    for place, name in enumerate(("postcode", "town", "area")):
        texts[name] = tuple(tuple(town[place] for town in country.towns) for country in COUNTRIES)
    return {name: Wordbook(by_country) for name, by_country in texts.items()}


@dataclass(frozen=True)
class Parties:
    """All partners of one kind there could be; those with the same number are the same partner."""

    chance: Chance
    kind: int
    weights: tuple[float, ...]
    """How many of them sit in which country, in the order of `COUNTRIES`."""
    mark: str
    """With what the id of such a partner begins: C or S."""

    def countries(self, entities: Ints) -> Ints:
        """Return the place of each one's country in `COUNTRIES`; Belgium's when Luxembourg is out of tax ids."""
        chosen = self.chance.choose(f"{self.mark}/country", entities, self.weights)
        too_many = (chosen == _LUXEMBOURG) & (self._slots(entities) >= SLOTS_OF_LUXEMBOURG)
        return np.where(too_many, 0, chosen)

    def _slots(self, entities: Ints) -> Ints:
        return entities * _KINDS + self.kind

    def vats(self, entities: Ints) -> pl.Series:
        """Return the VAT id of each one."""
        return vat_ids(self.countries(entities), self._slots(entities))

    def ids(self, entities: Ints) -> pl.Series:
        """Return what each one is called in the truth."""
        return self.mark + pl.Series(entities).cast(pl.String).str.zfill(8)

    def word(self, book: str, question: str, entities: Ints) -> pl.Series:
        """Return a word of its country for each one."""
        return self.spoken(book, question, self.countries(entities), entities)

    def spoken(self, book: str, question: str, countries: Ints, rows: Ints) -> pl.Series:
        """Return a word of the country for each row, whatever a row stands for."""
        numbers = self.chance.below(f"{self.mark}/{question}", rows, 1 << 40)
        return _books()[book].take(countries, numbers)

    def described(self, entities: Ints) -> pl.DataFrame:
        """Return one row for each: name, form, street, postcode, town, country, dial, area, phone, vat, mail, given."""
        countries = self.countries(entities)
        frame = pl.DataFrame(
            {
                "entity": self.ids(entities),
                "place": countries,
                "family": self._family(entities),
                "trade": self.word("trade", "trade", entities),
                "form": self.word("form", "form", entities),
                "pattern": self.chance.choose(f"{self.mark}/pattern", entities, (0.4, 0.3, 0.15, 0.15)),
                "second": self.word("trade", "second trade", entities),
                "given": self.word("given", "given", entities),
                "vat": self.vats(entities),
            },
        )
        frame = frame.with_columns(_name().alias("name"), **self.address("seat", entities))
        codes = pl.Series([country.code for country in COUNTRIES])
        dials = pl.Series([country.dial for country in COUNTRIES])
        languages = pl.Series([country.language for country in COUNTRIES])
        digits = pl.Series([country.digits for country in COUNTRIES]).gather(countries)
        number = pl.Series(self.chance.between(f"{self.mark}/phone", entities, 200_000_000, 899_999_999))
        return frame.with_columns(
            codes.gather(countries).alias("country"),
            dials.gather(countries).alias("dial"),
            languages.gather(countries).alias("language"),
            number.cast(pl.String).str.slice(0, digits - frame["area"].str.len_chars()).alias("local"),
            pl.Series("mailbox", self.chance.below(f"{self.mark}/mailbox", entities, 4)),
        ).with_columns(_domain())

    def address(self, question: str, entities: Ints) -> dict[str, pl.Series]:
        """Return street, postcode, town and dialling area of an address that each one has."""
        countries = self.countries(entities)
        towns = self.chance.below(f"{self.mark}/{question}/town", entities, 1 << 40)
        house = pl.Series(self.chance.between(f"{self.mark}/{question}/house", entities, 1, 240)).cast(pl.String)
        street = self.word("street", f"{question}/street", entities)
        return {
            "street": street + " " + house,
            **{name: _books()[name].take(countries, towns) for name in ("postcode", "town", "area")},
        }

    def _family(self, entities: Ints) -> pl.Series:
        parts = (self.word(part, f"family/{part}", entities) for part in ("beginning", "middle", "ending"))
        return reduce(add, parts)


def _name() -> pl.Expr:
    family, trade, form, second = pl.col("family"), pl.col("trade"), pl.col("form"), pl.col("second")
    return (
        pl.when(pl.col("pattern") == 0)
        .then(pl.concat_str(family, trade, form, separator=" "))
        .when(pl.col("pattern") == 1)
        .then(pl.concat_str(trade, family, form, separator=" "))
        .when(pl.col("pattern") == 2)  # noqa: PLR2004 - the third pattern
        .then(pl.concat_str(pl.col("given"), family, trade, form, separator=" "))
        .otherwise(pl.concat_str(family, trade, pl.lit("&"), second, form, separator=" "))
    )


def _domain() -> pl.Expr:
    plain = pl.concat_str(pl.col("family"), pl.col("trade"), separator="-").str.to_lowercase()
    for letter, instead in _PLAIN.items():
        plain = plain.str.replace_all(letter, instead, literal=True)
    boxes = pl.lit(pl.Series(["info", "office", "contact", "sales"])).gather(pl.col("mailbox"))
    return pl.concat_str(boxes, pl.lit("@"), plain, pl.lit(".example")).alias("mail")
