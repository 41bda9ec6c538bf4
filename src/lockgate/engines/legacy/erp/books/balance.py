"""What does the trial balance say? `SALDEN.CSV`: it sums to zero, and its control accounts equal what they control."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from lockgate.engines.legacy.facts.house import COMPANIES
from lockgate.engines.legacy.making import Making
from lockgate.engines.legacy.outlets.german import amounts

FILE = "SALDEN.CSV"


@dataclass(frozen=True)
class Controlled:
    """What the accounts of one company must equal, in cents; debit positive."""

    receivable: int
    payable: int
    stock: int
    wip: int


@dataclass(frozen=True)
class Account:
    """An account of the old chart."""

    number: str
    name: str
    of: str = ""
    """Which controlled figure it equals."""
    share: float = 0.0
    """Else its balance, as a share of the worth of the stock; the last account takes what is left."""


_BELGIUM = (
    Account("100000", "Gezeichnetes Kapital", share=-0.4),
    Account("230000", "Anlagen und Maschinen", share=0.35),
    Account("239000", "Abschreibungen auf Anlagen", share=-0.18),
    Account("340000", "Handelswaren", of="stock"),
    Account("400000", "Kunden", of="receivable"),
    Account("411000", "Abziehbare Mehrwertsteuer", share=0.09),
    Account("440000", "Lieferanten", of="payable"),
    Account("444000", "Wareneingang ohne Rechnung", share=-0.07),
    Account("451000", "Geschuldete Mehrwertsteuer", share=-0.13),
    Account("550000", "Bank", share=0.21),
    Account("550100", "Bank in Pfund", share=0.02),
    Account("604000", "Einkauf von Handelswaren", share=1.9),
    Account("620000", "Löhne und Gehälter", share=0.6),
    Account("630000", "Abschreibungen", share=0.05),
    Account("700000", "Umsatz", share=-2.9),
    Account("140000", "Ergebnisvortrag"),
)
_GERMANY = (
    Account("0400", "Technische Anlagen", share=0.3),
    Account("0800", "Gezeichnetes Kapital", share=-0.35),
    Account("1200", "Bank", share=0.24),
    Account("1400", "Forderungen aus Lieferungen", of="receivable"),
    Account("1576", "Vorsteuer 19 %", share=0.08),
    Account("1600", "Verbindlichkeiten aus Lieferungen", of="payable"),
    Account("1605", "Wareneingang ohne Rechnung", share=-0.06),
    Account("1776", "Umsatzsteuer 19 %", share=-0.12),
    Account("3400", "Wareneingang 19 %", share=1.7),
    Account("3980", "Bestand Waren", of="stock"),
    Account("4100", "Löhne und Gehälter", share=0.55),
    Account("4830", "Abschreibungen auf Sachanlagen", share=0.04),
    Account("7050", "Unfertige Erzeugnisse", of="wip"),
    Account("8400", "Erlöse 19 %", share=-2.6),
    Account("0860", "Gewinnvortrag"),
)
CHARTS = {"01": _BELGIUM, "02": _GERMANY}


def trial_balance(making: Making, controlled: dict[str, Controlled]) -> None:
    """Write the trial balance of each company and its right balances."""
    frames = [_company(making, company, controlled[company]) for company in COMPANIES]
    making.dump(FILE, iter(frames))


def _company(making: Making, company: str, controlled: Controlled) -> pl.DataFrame:
    accounts = CHARTS[company]
    nudge = making.chance.between(f"balance/{company}/nudge", np.arange(len(accounts)), 900_000, 1_100_000)
    balances = [
        int(getattr(controlled, each.of)) if each.of else round(controlled.stock * each.share) * int(by) // 1_000_000
        for each, by in zip(accounts[:-1], nudge, strict=False)
    ]
    balances.append(-sum(balances))
    for account, cents in zip(accounts, balances, strict=True):
        making.truth.total("balance", cents, company=company, place=account.number)
    turnover = making.chance.between(f"balance/{company}/turnover", np.arange(len(accounts)), 0, abs(controlled.stock))
    saldo = np.array(balances)
    frame = pl.DataFrame(
        {
            "FIRMA": pl.repeat(company, len(accounts), eager=True),
            "KONTO": pl.Series([account.number for account in accounts]),
            "BEZ": pl.Series([account.name for account in accounts]),
            "SOLL": turnover + np.maximum(saldo, 0),
            "HABEN": turnover + np.maximum(-saldo, 0),
            "SALDO": saldo,
        }
    )
    return frame.with_columns(*amounts("SOLL", "HABEN", "SALDO")).sort("KONTO")
