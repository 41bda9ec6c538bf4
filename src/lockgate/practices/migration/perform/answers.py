"""What do programs learn of the migration? The keys of `lockgate migrate …` with `--json`."""

from typing_extensions import TypedDict


class RefusalAnswer(TypedDict):
    """Why an extract was not read."""

    at: str
    what: str
    do: str


class DatasetAnswer(TypedDict):
    """A dataset, read and judged."""

    dataset: str
    rows: int
    errors: int
    warnings: int
    ready: float
    """Share of its records that nothing keeps back."""
    changes: int
    left_out: int
    refusals: list[RefusalAnswer]
    evidence: int | None


class DomainHeldAnswer(TypedDict):
    """The records of a domain, held against its rules."""

    domain: str
    rows: int
    violations: int
    """Records that a rule keeps back."""
    accuracy: float
    """Share of the records without any fault."""
    duplicate_rate: float | None
    """None while it was not matched in this round."""
    stewarded: bool
    evidence: int


class StandardHeldAnswer(TypedDict):
    """The records that a standard is about, held against it."""

    standard: str
    records: int
    violations: int | None
    """None while no rule holds records against it."""
    agreed: bool
    evidence: int


class ProfileAnswer(TypedDict):
    """The answer of `lockgate migrate profile` and `cleanse`."""

    ok: bool
    round: int
    datasets: list[DatasetAnswer]
    domains: list[DomainHeldAnswer]
    standards: list[StandardHeldAnswer]


class FaultAnswer(TypedDict):
    """Something that Odoo would refuse."""

    mapping: str
    field: str
    rows: int
    what: str
    do: str


class PreflightMappingAnswer(TypedDict):
    """What of a mapping would be sent."""

    mapping: str
    model: str
    rows: int
    kept_back: int


class PreflightAnswer(TypedDict):
    """The answer of `lockgate migrate preflight`."""

    ok: bool
    round: int
    mappings: list[PreflightMappingAnswer]
    faults: list[FaultAnswer]


class LoadedMappingAnswer(TypedDict):
    """What came of a mapping."""

    mapping: str
    model: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    unknown: int
    kept_back: int
    posted: int
    not_posted: int
    seconds: float
    rejects: str | None
    """The file with what Odoo refused, None where it refused nothing."""


class LoadedDomainAnswer(TypedDict):
    """What came of a domain."""

    domain: str
    rows: int
    loaded: int
    rejected: int
    seconds: float
    evidence: int | None
    mappings: list[LoadedMappingAnswer]


class LoadAnswer(TypedDict):
    """The answer of `lockgate migrate load`."""

    ok: bool
    round: int
    instance: str
    domains: list[LoadedDomainAnswer]


class SumAnswer(TypedDict):
    """What is added up in a group."""

    of: str
    """The field; `records` for how many there are."""
    source: float
    kept_back: float
    odoo: float
    difference: float
    """What the source has, less what was kept back, less what Odoo holds."""


class TotalGroupAnswer(TypedDict):
    """A group."""

    group: list[str]
    sums: list[SumAnswer]
    ok: bool


class TotalAnswer(TypedDict):
    """A control total."""

    mapping: str
    title: str
    by: list[str]
    groups: list[TotalGroupAnswer]
    off: int
    """How many groups don't agree."""


class UnaccountedAnswer(TypedDict):
    """Records of a dataset that were neither loaded, nor left out or kept back for a reason that is told."""

    dataset: str
    records: int
    keys: list[str]
    """Of the first of them."""


class ReconciledDomainAnswer(TypedDict):
    """How a domain compares."""

    domain: str
    source_rows: int
    target_rows: int
    missing: int
    extra: int
    different: int
    unexplained: int
    evidence: int | None
    fields: dict[str, int]
    """Field → in how many records it differs."""
    unaccounted: list[UnaccountedAnswer]
    totals: list[TotalAnswer]
    """Sums by groups, where a mapping declares them."""


class ReconcileAnswer(TypedDict):
    """The answer of `lockgate migrate reconcile`."""

    ok: bool
    round: int
    instance: str
    engine: str
    """What compared, with its version."""
    domains: list[ReconciledDomainAnswer]
