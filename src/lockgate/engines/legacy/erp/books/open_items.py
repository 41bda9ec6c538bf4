"""What do customers owe, and what is owed to suppliers? `OPDEB.CSV` and `OPKRE.CSV`, in two currencies."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.erp.partners import customers, suppliers
from lockgate.engines.legacy.erp.partners.roll import Roll, term_codes, terms
from lockgate.engines.legacy.erp.wares.prices import BRITAIN
from lockgate.engines.legacy.facts.house import COMPANIES, GONE_TERMS, TERMS, TODAY
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.planting import deleted, shares
from lockgate.engines.legacy.outlets.german import amounts, days

INVOICE, CREDIT, RECEIPT = 0, 1, 2
_KINDS = ("RE", "GU", "ZA")
_EURO_RATE = 10_000
"""Rates are in ten-thousandths: so many pounds for one euro."""


@dataclass(frozen=True)
class Side:
    """Customers or suppliers, and what differs between their open items."""

    file: str
    table: str
    measure: str
    partner: str
    first_number: int


DEBTORS = Side("OPDEB.CSV", "receivable", "receivable", "KDNR", 1_800_000_000)
CREDITORS = Side("OPKRE.CSV", "payable", "payable", "LFNR", 1_900_000_000)


@dataclass(frozen=True)
class Items:
    """All open items of a side, as numbers."""

    partner: Ints
    company: Ints
    kind: Ints
    british: Mask
    rate: Ints
    amount: Ints
    paid: Ints

    @property
    def open(self) -> Ints:
        """What is still open, in cents or pence."""
        rest: Ints = self.amount - self.paid
        return rest

    @property
    def open_in_euro(self) -> Ints:
        """What is still open in cents, at the rate at which it was booked."""
        size = (np.abs(self.open) * _EURO_RATE * 2 + self.rate) // (2 * self.rate)
        cents: Ints = np.sign(self.open) * size
        return cents


def open_items(making: Making, people: Roll, side: Side) -> Ints:
    """Write the open items of a side and their right totals; return what is open in cents by company."""
    items = _items(making, people, side)
    making.dump(side.file, _slices(making, people, side, items))
    owed = np.zeros(len(COMPANIES), dtype=np.int64)
    sign = 1 if side is DEBTORS else -1
    for place, company in enumerate(COMPANIES):
        there = items.company == place + 1
        owed[place] = items.open_in_euro[there].sum()
        making.truth.total(side.measure, sign * int(owed[place]), company=company)
        pounds = sign * int(items.open[there & items.british].sum())
        making.truth.total(side.measure, pounds, company=company, currency="GBP")
    return owed


def _items(making: Making, people: Roll, side: Side) -> Items:
    chance, rows = making.chance, making.sizes.of(side.table)
    lines = np.arange(rows)
    partner = chance.below(f"{side.file}/partner", lines, people.rows)
    entities = people.entities[partner]
    countries = people.parties.countries(entities)
    british = countries == BRITAIN
    if side is DEBTORS:
        company = customers.companies(countries, entities)
    else:
        company = 1 + (chance.below(f"{side.file}/company", lines, 100) < 35)  # noqa: PLR2004 - per cent of Germany
    kind = chance.choose(f"{side.file}/kind", lines, (0.86, 0.07, 0.07))
    size = (200 + chance.skewed(f"{side.file}/amount", lines, 400_000)) * 3 + lines % 97
    sign = np.where(kind == INVOICE, 1, -1)
    partly = (chance.share(f"{side.file}/partly", lines) < 0.12) & (kind != RECEIPT)  # noqa: PLR2004 - paid in part
    paid = np.where(partly, size * chance.between(f"{side.file}/paid", lines, 10, 90) // 100, 0)
    rate = np.where(british, chance.between(f"{side.file}/rate", lines, 8_400, 8_800), _EURO_RATE)
    return Items(partner, company, kind, british, rate, sign * size, sign * paid)


def _slices(making: Making, people: Roll, side: Side, items: Items) -> Iterator[pl.DataFrame]:
    chance = making.chance
    every = np.ones(len(items.partner), dtype=np.bool_)
    mess = chance.allot(f"{side.file}/mess", every, shares("orphan"))
    mess |= chance.allot(f"{side.file}/terms", every, shares("unknown-term"))
    bed = making.bed("erp", side.file, "FIRMA", "BELNR")
    for lines in slices(len(items.partner)):
        frame = _frame(making, people, side, items, lines)
        gone = deleted(side.partner)
        frame = bed.plant(frame, "orphan", side.partner, mess["orphan"][lines], gone)
        strange = pl.Series(GONE_TERMS).gather(lines % len(GONE_TERMS))
        yield bed.plant(frame, "unknown-term", "ZAHLB", mess["unknown-term"][lines], strange)


def _frame(making: Making, people: Roll, side: Side, items: Items, lines: Ints) -> pl.DataFrame:
    chance, partner, kind = making.chance, items.partner[lines], items.kind[lines]
    numbers = customers if side is DEBTORS else suppliers
    term = terms(people.parties, people.entities[partner])
    dated = TODAY - 1 - chance.below(f"{side.file}/dated", lines, 150)
    due = dated + np.array([term.days for term in TERMS])[term]
    late = np.maximum(TODAY - due, 0)
    texts = pl.Series(["Rechnung", "Gutschrift", "Zahlung ohne Zuordnung"])
    columns = {
        "FIRMA": pl.Series(list(COMPANIES)).gather(items.company[lines] - 1),
        side.partner: numbers.key(numbers.numbers(partner)),
        "BELNR": pl.Series(side.first_number + lines).cast(pl.String),
        "BELART": pl.Series(_KINDS).gather(kind),
    }
    if side is CREDITORS:
        columns["EXTNR"] = "R" + pl.Series(chance.below("OPKRE/number", lines, 10**7)).cast(pl.String)
    columns |= {
        "BELDAT": pl.Series(dated),
        "FAELLIG": pl.Series(due),
        "ZAHLB": term_codes(term),
        "WAEHR": pl.Series(np.where(items.british[lines], "GBP", "EUR")),
        "BETRAG": pl.Series(items.amount[lines]),
        "BEZAHLT": pl.Series(items.paid[lines]),
        "OFFEN": pl.Series(items.open[lines]),
        "KURS": pl.Series(items.rate[lines]),
        "OFFENHW": pl.Series(items.open_in_euro[lines]),
    }
    if side is DEBTORS:
        reminders = np.where(kind == INVOICE, np.minimum(late // 25, 3), 0)
        columns["MAHNST"] = pl.Series(reminders).cast(pl.String)
    columns["TEXT"] = texts.gather(kind)
    rate = pl.concat_str(
        (pl.col("KURS") // _EURO_RATE).cast(pl.String),
        pl.lit(","),
        (pl.col("KURS") % _EURO_RATE).cast(pl.String).str.zfill(4),
    )
    return pl.DataFrame(columns).with_columns(
        *amounts("BETRAG", "BEZAHLT", "OFFEN", "OFFENHW"), *days("BELDAT", "FAELLIG"), rate.alias("KURS")
    )
