"""What does `lockgate migrate match` answer? The same from the command, with `--json`, and from the API."""

from typing_extensions import TypedDict

from lockgate.practices.migration.perform.answers import DomainHeldAnswer


class SurvivorAnswer(TypedDict):
    """A value of a golden record."""

    column: str
    value: str | None
    record: str | None
    """The record that it comes from, as `dataset:key`."""
    differs: bool
    """True where another record of the cluster has another value."""


class GoldenAnswer(TypedDict):
    """What would become of records that are the same."""

    golden: str
    records: list[str]
    silent: list[str]
    """Those of them that stay behind, so that none of their values survive."""
    survivors: list[SurvivorAnswer]


class SkippedAnswer(TypedDict):
    """A block that says the same of so many records that they are not compared for it."""

    block: str
    times: int
    records: int


class MatchedAnswer(TypedDict):
    """What came of matching an entity."""

    entity: str
    records: int
    pairs: int
    sure: int
    open_reviews: int
    merged: int
    apart: int
    golden: int
    duplicate_rate: float
    decisions: int
    skipped: list[SkippedAnswer]
    preview: list[GoldenAnswer]
    """The first of the merged ones, when a preview was asked for."""
    evidence: int | None


class MatchAnswer(TypedDict):
    """The answer of `lockgate migrate match`."""

    ok: bool
    round: int
    preview: bool
    engine: str
    """What compared, with its version."""
    entities: list[MatchedAnswer]
    domains: list[DomainHeldAnswer]
    """How the domains into which these go stand to their rules now; none for a preview."""
