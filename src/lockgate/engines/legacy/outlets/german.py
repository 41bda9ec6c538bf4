"""How did the old ERP write numbers and dates? `1.234,56` and `31.12.2025`."""

import polars as pl

_GROUP = 1000


def amount(hundredths: pl.Expr) -> pl.Expr:
    """Return whole hundredths as `1.234,56`, with the sign in front."""
    size: pl.Expr = hundredths.abs()
    sign = pl.when(hundredths < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.concat_str(sign, whole(size // 100), pl.lit(","), (size % 100).cast(pl.String).str.zfill(2))


def amounts(*names: str) -> list[pl.Expr]:
    """Return the columns, which hold whole hundredths, as amounts."""
    return [amount(pl.col(name)).alias(name) for name in names]


def days(*names: str) -> list[pl.Expr]:
    """Return the columns, which hold days since 1970, as dates."""
    return [day(pl.col(name)).alias(name) for name in names]


def whole(number: pl.Expr) -> pl.Expr:
    """Return a number that is not negative with a dot before each group of three digits."""
    groups = [number // _GROUP**power % _GROUP for power in range(4)]
    padded = [group.cast(pl.String).str.zfill(3) for group in groups]
    text: pl.Expr = groups[0].cast(pl.String)
    for power in range(1, 4):
        longer = pl.concat_str(groups[power].cast(pl.String), *padded[power - 1 :: -1], separator=".")
        text = pl.when(number >= _GROUP**power).then(longer).otherwise(text)
    return text


def day(days: pl.Expr) -> pl.Expr:
    """Return days since 1970 as `31.12.2025`."""
    text: pl.Expr = days.cast(pl.Int32).cast(pl.Date).dt.strftime("%d.%m.%Y")
    return text
