"""Where was what planted? Each wrong value is written down with the right one, at the moment it is put in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from lockgate.engines.legacy.chance import Mask
from lockgate.engines.legacy.mess.kinds import KINDS

COLUMNS = ("system", "file", "record", "kind", "column", "right", "written")
Keep = Callable[[pl.DataFrame], None]


@dataclass(frozen=True)
class Bed:
    """A slice of one file, while its values are still right; `keep` takes what is planted."""

    system: str
    file: str
    key: Sequence[str]
    """The columns that name a record, joined by `/`."""
    keep: Keep
    masks: dict[str, Mask] = field(default_factory=dict)

    def plant(
        self, frame: pl.DataFrame, kind: str, column: str, where: Mask, wrong: pl.Expr | pl.Series
    ) -> pl.DataFrame:
        """Return the frame with the column wrong where the mask says so, and keep what was planted."""
        if not where.any():
            return frame
        mask = pl.Series("__where", where)
        changed = frame.with_columns((wrong if isinstance(wrong, pl.Expr) else pl.lit(wrong)).alias("__wrong"))
        planted = changed.with_columns(
            pl.when(mask).then("__wrong").otherwise(column).alias(column), pl.col(column).alias("__right")
        )
        self._note(planted.filter(mask), kind, column, pl.col("__right"), pl.col(column))
        return planted.drop("__right", "__wrong")

    def mark(
        self, frame: pl.DataFrame, kind: str, where: Mask, *, column: str = "", right: pl.Expr | None = None
    ) -> None:
        """Keep that the records of the mask are of a kind, whose right value no single cell shows."""
        if where.any():
            written = pl.col(column) if column else pl.lit(None, dtype=pl.String)
            told = right if right is not None else pl.lit(None, dtype=pl.String)
            noted = frame.with_columns(told.alias("__right")).filter(pl.Series(where))
            self._note(noted, kind, column, pl.col("__right"), written)

    def _note(self, frame: pl.DataFrame, kind: str, column: str, right: pl.Expr, written: pl.Expr) -> None:
        if kind not in KINDS:
            msg = f"{kind} is not a declared kind of mess"
            raise KeyError(msg)
        noted = frame.select(
            pl.lit(self.system).alias("system"),
            pl.lit(self.file).alias("file"),
            pl.concat_str(*self.key, separator="/").alias("record"),
            pl.lit(kind).alias("kind"),
            pl.lit(column).alias("column"),
            right.cast(pl.String).alias("right"),
            written.cast(pl.String).alias("written"),
        )
        self.keep(noted)


def shares(*kinds: str) -> dict[str, float]:
    """Return the shares of the kinds."""
    return {kind: KINDS[kind].share for kind in kinds}


def deleted(column: str) -> pl.Expr:
    """Return the number after the one in the column: numbers have gaps, and what stood there is gone."""
    return (pl.col(column).cast(pl.Int64) + 1).cast(pl.String).str.zfill(8)
