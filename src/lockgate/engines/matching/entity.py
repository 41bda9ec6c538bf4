"""What is matched? Records of one kind from one or more tables, with the columns that tell who they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

EntityKind = Literal["organisation", "person", "item"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name", "street", "postcode", "city", "country", "vat", "phone", "email", "code"),
    "person": ("name", "street", "postcode", "city", "country", "phone", "email", "born", "code"),
    "item": ("name", "gtin", "maker", "maker_number", "code"),
}
"""What is known of each kind. A part may give more columns, for rules and for golden records."""

BLOCKS: Mapping[str, tuple[str, ...]] = {
    "organisation": (
        *("vat", "phone", "email", "domain", "name", "name_sorted", "left(name, 8)"),
        *("postcode || left(name, 3)", "postcode || left(street, 6)", "city || left(name_sorted, 5)"),
    ),
    "person": (
        *("phone", "email", "name", "name_sorted", "born || left(name_sorted, 2)"),
        *("postcode || left(name_sorted, 3)", "postcode || left(street, 6)", "left(name_sorted, 8)"),
    ),
    "item": (
        *("gtin", "maker_number", "code", "name", "name_sorted"),
        *("left(name, 10) || numbers", "left(maker_number, 5) || numbers"),
    ),
}
"""Records are compared when one of these says the same of both: SQL over the standard columns of one record."""


@dataclass(frozen=True)
class Part:
    """The records of one table."""

    dataset: str
    table: str
    key: str
    """The column that names a record."""
    columns: Mapping[str, str]
    """Standard column → SQL expression over the table."""


@dataclass(frozen=True)
class Entity:
    """What is matched, and by which rules beside the scores."""

    key: str
    kind: EntityKind
    parts: tuple[Part, ...]
    """In the order in which their values are trusted."""
    same: tuple[str, ...] = ()
    """SQL over `l` and `r`, their standard columns: pairs of which it is true are the same for certain."""
    never: tuple[str, ...] = ()
    """Likewise: pairs of which it is true are never the same."""
    block: tuple[str, ...] = ()
    """In place of the kind's own BLOCKS."""
    sure: float = 0.95
    """From this probability on a pair is taken for the same."""
    review: float = 0.5
    """From this one on a person is asked."""

    @property
    def blocks(self) -> tuple[str, ...]:
        """Return what decides which records are compared, of what the parts have."""
        return self.block or BLOCKS[self.kind]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that any part gives, the standard ones first."""
        given = {column for part in self.parts for column in part.columns}
        standard = tuple(column for column in COLUMNS[self.kind] if column in given)
        return standard + tuple(sorted(given - set(standard)))


@dataclass(frozen=True)
class Trained:
    """What a comparison learnt: of how many that are the same, and of how many that are not, each level is true."""

    column: str
    said: tuple[str, ...]
    same: tuple[float, ...]
    different: tuple[float, ...]


@dataclass(frozen=True)
class Matched:
    """What came of matching one entity."""

    records: int
    candidates: int
    """Pairs that were compared."""
    pairs: int
    """Pairs kept in the table `pairs`."""
    sure: int
    to_review: int
    clusters: int
    merged: int
    """Records that are the same as another one before them."""
    apart: int
    """Pairs that would be the same by rule or score, but join two that are kept apart."""
    unknown: int
    """Decisions about records that are not there."""
    skipped: tuple[tuple[str, int, int], ...]
    """Blocks that say the same of too many: the block, how often that was, and the records of the largest."""
    trained: tuple[Trained, ...] = field(default=())

    @property
    def duplicate_rate(self) -> float:
        """Return the share of records that are the same as another one before them."""
        return self.merged / self.records if self.records else 0.0
