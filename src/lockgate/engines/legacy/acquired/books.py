"""What is open with customers and suppliers of the acquired firm, and to what do its books add up?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.facts.house import TODAY
from lockgate.engines.legacy.making import Making, slices

COMPANY = "kempen"
OPEN_ITEM = {
    "item_id": "INTEGER",
    "partner_kind": "TEXT",
    "partner_id": "INTEGER",
    "document": "TEXT",
    "kind": "TEXT",
    "issued_on": "TEXT",
    "due_on": "TEXT",
    "debit_cents": "INTEGER",
    "credit_cents": "INTEGER",
    "settled_cents": "INTEGER",
}
BALANCE = {"account": "TEXT", "name": "TEXT", "balance_cents": "INTEGER"}
_CHART = (
    ("1000", "Bank", 0.3),
    ("1500", "Bedrijfsmiddelen", 0.4),
    ("2200", "Btw", -0.1),
    ("4000", "Omzet", -2.2),
    ("5000", "Inkoop", 1.5),
    ("6000", "Personeel", 0.4),
)
"""Account, name and balance as a share of the worth of the stock; 3000 takes what is left."""


@dataclass(frozen=True)
class Open:
    """All open items, as numbers."""

    of_customer: Mask
    partner: Ints
    kind: Ints
    """0 invoice, 1 credit note, 2 payment."""
    amount: Ints
    settled: Ints

    @property
    def debit(self) -> Mask:
        """Which of them are debits: invoices to customers; credit notes of suppliers and payments to them."""
        debit: Mask = self.of_customer == (self.kind == 0)
        return debit

    def total(self, *, of_customers: bool) -> int:
        """Return what is open in cents, debit positive."""
        rest = np.where(self.debit, 1, -1) * (self.amount - self.settled)
        return int(rest[self.of_customer == of_customers].sum())


def open_items(making: Making, customers: int, suppliers: int) -> Open:
    """Return the open items with so many customers and suppliers."""
    chance, rows = making.chance, np.arange(making.sizes.of("acquired open items"))
    of_customer = chance.share("acquired/open/side", rows) < 0.7  # noqa: PLR2004 - so many are of customers
    partner = 1 + chance.below("acquired/open/partner", rows, np.where(of_customer, customers, suppliers))
    kind = chance.choose("acquired/open/kind", rows, (0.84, 0.08, 0.08))
    amount = 500 + chance.skewed("acquired/open/amount", rows, 600_000)
    partly = chance.share("acquired/open/partly", rows) < 0.15  # noqa: PLR2004 - settled in part
    settled = np.where(partly, amount * chance.between("acquired/open/settled", rows, 10, 90) // 100, 0)
    return Open(of_customer, partner, kind, amount, settled)


def open_rows(making: Making, items: Open) -> Iterator[pl.DataFrame]:
    """Yield the open items as rows."""
    chance = making.chance
    for rows in slices(len(items.partner)):
        issued = TODAY - 1 - chance.below("acquired/open/issued", rows, 160)
        debit, amount = items.debit[rows], items.amount[rows]
        dates = pl.Series(issued).cast(pl.Int32).cast(pl.Date)
        letter = pl.Series(["F", "C", "B"]).gather(items.kind[rows])
        yield pl.DataFrame(
            {
                "item_id": rows + 1,
                "partner_kind": pl.Series(np.where(items.of_customer[rows], "customer", "supplier")),
                "partner_id": items.partner[rows],
                "document": letter + "2026/" + pl.Series(rows + 1).cast(pl.String),
                "kind": pl.Series(["invoice", "credit", "payment"]).gather(items.kind[rows]),
                "issued_on": dates.cast(pl.String),
                "due_on": dates.dt.offset_by("30d").cast(pl.String),
                "debit_cents": np.where(debit, amount, 0),
                "credit_cents": np.where(debit, 0, amount),
                "settled_cents": items.settled[rows],
            }
        )


def balances(making: Making, items: Open, stock: int) -> pl.DataFrame:
    """Return the trial balance, and keep the right totals."""
    receivable, payable = items.total(of_customers=True), items.total(of_customers=False)
    rows = [(account, name, round(stock * share)) for account, name, share in _CHART]
    rows += [("1100", "Klanten", receivable), ("1300", "Voorraad", stock), ("2100", "Leveranciers", payable)]
    rows.append(("3000", "Eigen vermogen", -sum(cents for _, _, cents in rows)))
    making.truth.total("stock", stock, company=COMPANY)
    making.truth.total("receivable", receivable, company=COMPANY)
    making.truth.total("payable", payable, company=COMPANY)
    for account, _, cents in sorted(rows):
        making.truth.total("balance", cents, company=COMPANY, place=account)
    return pl.DataFrame(sorted(rows), schema=list(BALANCE), orient="row")
