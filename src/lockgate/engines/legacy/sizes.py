"""How many of each are there at a scale? About 12,000 customers, 15,000 items and 60,000 lines of stock at scale 1."""

from dataclasses import dataclass

from lockgate.kernel.errors import UsageError

AT_SCALE_1 = {
    "customers": 12_000,
    "suppliers": 4_000,
    "items": 15_000,
    "stock": 60_000,
    "prices": 40_000,
    "sales": 8_000,
    "purchases": 3_000,
    "receivable": 28_000,
    "payable": 12_000,
    "production": 250,
    "claims": 600,
    "employees": 400,
    "papers": 1_000,
    "equipment": 450,
    "acquired customers": 1_500,
    "acquired suppliers": 400,
    "acquired items": 3_000,
    "acquired stock": 5_000,
    "acquired open items": 2_500,
}
ROWS_AT_SCALE_1, ROWS_AT_ANY_SCALE = 363_000, 600
"""So many records are in all files together, roughly; the second ones are there at any scale."""
SMALLEST = 0.02
"""Below it some kinds of mess have nothing to hold on to."""
LARGEST = 100.0


@dataclass(frozen=True)
class Sizes:
    """How many records each table has."""

    scale: float

    def of(self, table: str) -> int:
        """Return how many records the table has at this scale."""
        return round(AT_SCALE_1[table] * self.scale)


def expected_rows(scale: float) -> int:
    """Return how many records there will be in all, roughly, for whoever shows how far it is."""
    return round(ROWS_AT_SCALE_1 * scale) + ROWS_AT_ANY_SCALE


def sizes(scale: float) -> Sizes:
    """Return the sizes at a scale, or refuse one that can't be made."""
    if SMALLEST <= scale <= LARGEST:
        return Sizes(scale)
    raise UsageError(
        f"The sample can't be made at scale {scale:g}.",
        why=f"Below {SMALLEST:g} some mess has no record to be in; above {LARGEST:g} record numbers are too short.",
        do=f"Choose a scale from {SMALLEST:g} to {LARGEST:g}.",
    )
