"""What else lies around in the old ERP? Claims, the index of papers, and equipment."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.chance import Ints
from lockgate.engines.legacy.erp.partners import customers, suppliers
from lockgate.engines.legacy.erp.partners.roll import Roll
from lockgate.engines.legacy.erp.wares.items import Stocklist, key
from lockgate.engines.legacy.facts.house import TODAY, WAREHOUSE_COMPANY
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.outlets.german import amounts, days

REASONS = {
    "TS": "Karton eingedrückt.\nWare feucht; Fahrer hat unterschrieben",
    "FM": "Es fehlen zwei Stück;\nLieferschein sagt voll",
    "FA": "Falsche Größe geliefert",
    "VS": 'Zugesagt für Montag, kam "irgendwann"',
    "GM": "Nach zwei Wochen undicht.\nGarantie?",
    "FR": "Preis stimmt nicht mit Angebot überein",
}
"""Reasons of claims, in the order of the template's categories."""
PROCEDURES = ("Receive goods", "Pick a batch", "Pack and ship", "Count stock", "Take goods back", "Work without Odoo")
"""Those of the template."""


def claims(making: Making, buyers: Roll, listed: Stocklist) -> None:
    """Write the open claims."""
    making.dump("REKLA.CSV", _claims(making, buyers, listed))


def _claims(making: Making, buyers: Roll, listed: Stocklist) -> Iterator[pl.DataFrame]:
    chance = making.chance
    for lines in slices(making.sizes.of("claims")):
        buyer = chance.below("claims/customer", lines, buyers.rows)
        entities = buyers.entities[buyer]
        company = customers.companies(buyers.parties.countries(entities), entities)
        reason = chance.below("claims/reason", lines, len(REASONS))
        yield pl.DataFrame(
            {
                "REKNR": pl.Series(lines + 1).cast(pl.String).str.zfill(6),
                "FIRMA": pl.Series(["01", "02"]).gather(company - 1),
                "KDNR": customers.key(customers.numbers(buyer)),
                "ARTNR": key(chance.below("claims/item", lines, listed.rows)),
                "GRUND": pl.Series(list(REASONS)).gather(reason),
                "STAND": pl.Series(["N", "B", "L", "S"]).gather(chance.choose("claims/stage", lines, (4, 4, 1, 1))),
                "PRIO": pl.Series(chance.between("claims/priority", lines, 1, 3)).cast(pl.String),
                "MELDDAT": TODAY - 1 - chance.below("claims/told", lines, 60),
                "TEXT": pl.Series(list(REASONS.values())).gather(reason),
            }
        ).with_columns(*days("MELDDAT"))


def papers(making: Making, sellers: Roll, listed: Stocklist) -> None:
    """Write the index of papers: procedures, certificates of suppliers, safety data sheets, declarations."""
    making.dump("DOKIND.CSV", _papers(making, sellers, listed))


def _papers(making: Making, sellers: Roll, listed: Stocklist) -> Iterator[pl.DataFrame]:
    chance = making.chance
    hazardous = np.flatnonzero(listed.goods.tracking(listed.entities) == 2)  # noqa: PLR2004 - what is kept by lot
    for lines in slices(making.sizes.of("papers")):
        kind = np.where(lines < len(PROCEDURES), 0, 1 + lines % 3)
        item = hazardous[chance.below("papers/item", lines, len(hazardous))]
        seller = chance.below("papers/supplier", lines, sellers.rows)
        dated = TODAY - 10 - chance.below("papers/dated", lines, 1500)
        number = pl.Series(lines + 1).cast(pl.String).str.zfill(6)
        code = pl.Series(["VA", "ZE", "SD", "ZO"]).gather(kind)
        yield pl.DataFrame(
            {
                "DOKNR": number,
                "DOKART": code,
                "TITEL": _titles(lines, kind),
                "VERS": pl.Series(chance.between("papers/version", lines, 1, 9)).cast(pl.String) + ".0",
                "STAND": dated,
                "GUELTBIS": pl.Series(dated + 1095).set(pl.Series(kind != 1), None),
                "ARTNR": key(item).set(pl.Series(kind != 2), None),  # noqa: PLR2004 - a safety data sheet
                "LFNR": suppliers.key(suppliers.numbers(seller)).set(pl.Series(kind != 1), None),
                "PFAD": "\\\\ARCHIV\\" + code + "\\" + number + ".pdf",
            }
        ).with_columns(*days("STAND", "GUELTBIS"))


def _titles(lines: Ints, kind: Ints) -> pl.Series:
    names = pl.Series([*PROCEDURES, "Zertifikat", "Sicherheitsdatenblatt", "Zollanmeldung"])
    return names.gather(np.where(kind == 0, np.minimum(lines, len(PROCEDURES) - 1), len(PROCEDURES) - 1 + kind))


def equipment(making: Making) -> None:
    """Write the equipment."""
    chance, lines = making.chance, np.arange(making.sizes.of("equipment"))
    place, kind = lines % 3, lines // 3 % 3
    towns = pl.Series(["Gent", "Lüttich", "Köln"]).gather(place)
    names = pl.Series(["Stapler", "Tor", "Drucker"]).gather(kind)
    warehouses = list(WAREHOUSE_COMPANY)
    frame = pl.DataFrame(
        {
            "GERNR": pl.Series(lines + 1).cast(pl.String).str.zfill(6),
            "FIRMA": pl.Series(list(WAREHOUSE_COMPANY.values())).gather(place),
            "LAGER": pl.Series(warehouses).gather(place),
            "BEZ": names + " " + pl.Series(lines // 9 + 1).cast(pl.String) + ", " + towns,
            "KAT": pl.Series(["ST", "TO", "DR"]).gather(kind),
            "SERNR": "G" + pl.Series(chance.below("equipment/serial", lines, 10**8)).cast(pl.String).str.zfill(8),
            "ANSCHDAT": TODAY - 100 - chance.below("equipment/bought", lines, 4000),
            "ANSCHWERT": np.array([1_850_000, 420_000, 89_000])[kind]
            + 100 * chance.below("equipment/worth", lines, 5000),
            "PRUEFMON": pl.Series(["12", "6", "24"]).gather(kind),
            "NAECHPRUEF": TODAY + chance.between("equipment/check", lines, -20, 340),
        }
    ).with_columns(*amounts("ANSCHWERT"), *days("ANSCHDAT", "NAECHPRUEF"))
    making.dump("GERAET.CSV", iter([frame]))
