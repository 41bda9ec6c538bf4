"""Who are the customers and suppliers of the acquired firm? Those of the ERP are among them, written differently."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from lockgate.engines.legacy.acquired.overlap import Overlap, lines_in_erp, overlap
from lockgate.engines.legacy.chance import Ints, Mask
from lockgate.engines.legacy.erp.partners import customers, suppliers
from lockgate.engines.legacy.erp.partners.roll import Roll, terms
from lockgate.engines.legacy.facts.house import TERMS
from lockgate.engines.legacy.making import Making, slices
from lockgate.engines.legacy.mess.planting import Bed, shares
from lockgate.engines.legacy.parties.banking import ibans
from lockgate.engines.legacy.parties.notations import PHONE_NOTATIONS, e164, phones
from lockgate.engines.legacy.parties.taxids import with_wrong_check
from lockgate.engines.legacy.parties.variants import varied

_ADDRESS = dict.fromkeys(("name", "street", "zip", "city", "country", "vat", "email"), "TEXT")
CUSTOMER = {
    "customer_id": "INTEGER",
    **_ADDRESS,
    "phone": "TEXT",
    "terms_days": "INTEGER",
    "credit_limit_cents": "INTEGER",
    "active": "INTEGER",
}
SUPPLIER = {"supplier_id": "INTEGER", **_ADDRESS, "iban": "TEXT"}


def ids(rows: Ints) -> Ints:
    """Return the number of each customer or supplier."""
    return 1 + rows


def who(making: Making, people: Roll, table: str) -> Overlap:
    """Return who stands in which row of `customer` or `supplier`."""
    known = int(people.entities.max()) + 1
    return overlap(making.chance, f"acquired/{table}", making.sizes.of(f"acquired {table}s"), known)


def partners(making: Making, people: Roll, found: Overlap, table: str) -> Iterator[pl.DataFrame]:
    """Yield the customers or suppliers with their mess, and keep who they are."""
    chance, key = making.chance, f"{table}_id"
    bed = making.bed("acquired", table, key)
    alone = ~found.doubled & ~found.shared
    mess = chance.allot(f"acquired/{table}/vat", alone, shares("tax-id-invalid", "tax-id-missing"))
    mess |= chance.allot(f"acquired/{table}/mail", alone, shares("email-typo", "placeholder"))
    mess |= chance.allot(f"acquired/{table}/status", np.ones(found.rows, dtype=np.bool_), shares("inactive"))
    for rows in slices(found.rows):
        frame = _frame(making, people, found, table, rows)
        making.truth.add(
            f"{table}s",
            frame.select(
                pl.lit("acquired").alias("system"),
                pl.lit(table).alias("file"),
                pl.col(key).cast(pl.String).alias("record"),
                "entity",
            ),
        )
        _mark(bed, people, found, frame, rows)
        yield _messed(
            bed, frame, {name: mask[rows] for name, mask in mess.items()}, table, chance_rows=rows, making=making
        )


def _frame(making: Making, people: Roll, found: Overlap, table: str, rows: Ints) -> pl.DataFrame:
    """Return the rows as they were written down: what is shared or doubled is nearly the same."""
    parties, entities, chance = people.parties, found.entities[rows], making.chance
    plain = parties.described(entities)
    other = varied(plain, parties, entities, question=f"acquired/{table}", rows=rows).select(plain.columns)
    nearly = pl.lit(pl.Series(found.shared[rows] | found.doubled[rows]))
    known = plain.with_columns(
        pl.when(nearly).then(other[name]).otherwise(plain[name]).alias(name) for name in plain.columns
    )
    due = np.array([term.days for term in TERMS])[terms(parties, entities)]
    limit = 50_000 * chance.below(f"acquired/{table}/limit", rows, 20)
    return known.select(
        pl.lit(pl.Series(ids(rows))).alias(f"{table}_id"),
        "entity",
        "name",
        "street",
        pl.col("postcode").alias("zip"),
        pl.col("town").alias("city"),
        "country",
        "vat",
        pl.col("mail").alias("email"),
        e164().alias("phone"),
        pl.lit(pl.Series(due)).alias("terms_days"),
        pl.lit(pl.Series(limit)).alias("credit_limit_cents"),
        pl.lit(1).alias("active"),
        pl.lit(ibans(parties.countries(entities), entities)).alias("iban"),
        pl.lit(parties.vats(entities)).alias("right vat"),
        "dial",
        "area",
        "local",
    )


def _mark(bed: Bed, people: Roll, found: Overlap, frame: pl.DataFrame, rows: Ints) -> None:
    key = bed.key[0]
    numbers = customers if key == "customer_id" else suppliers
    shared = found.shared[rows]
    there = np.zeros(len(rows), dtype=np.int64)
    there[shared] = lines_in_erp(people.entities, people.master, found.entities[rows][shared])
    bed.mark(frame, "duplicate-across", shared, column=key, right=pl.lit(numbers.key(numbers.numbers(there))))
    master = pl.lit(pl.Series(ids(found.master[rows])))
    bed.mark(frame, "duplicate-within", found.doubled[rows], column=key, right=master)
    bed.mark(frame, "tax-id-missing", frame["vat"].is_null().to_numpy(), column="vat", right=pl.col("right vat"))


def _messed(
    bed: Bed, frame: pl.DataFrame, mess: dict[str, Mask], table: str, *, chance_rows: Ints, making: Making
) -> pl.DataFrame:
    frame = bed.plant(frame, "tax-id-missing", "vat", mess["tax-id-missing"], pl.lit(None, dtype=pl.String))
    frame = bed.plant(frame, "tax-id-invalid", "vat", mess["tax-id-invalid"], with_wrong_check(frame["vat"]))
    typo = pl.col("email").str.replace("@", "@@", literal=True)
    frame = bed.plant(frame, "email-typo", "email", mess["email-typo"], typo)
    frame = bed.plant(frame, "placeholder", "email", mess["placeholder"], pl.lit("x@x.x"))
    if table == "supplier":
        return frame
    question = "acquired/customer/phone"
    other = making.chance.below(question, chance_rows, PHONE_NOTATIONS) > 0
    written = frame.select(phones(making.chance, question, chance_rows).alias("phone"))["phone"]
    frame = bed.plant(frame, "phone-notation", "phone", other, written)
    frame = frame.with_columns(pl.when(pl.Series(mess["inactive"])).then(0).otherwise(1).alias("active"))
    bed.mark(frame, "inactive", mess["inactive"], column="active")
    return frame
