"""What do programs learn of work that was tried? The keys of `lockgate migrate behave` with `--json`."""

from typing_extensions import TypedDict


class FailedSampleAnswer(TypedDict):
    """A record on which work did not come to its end."""

    warehouse: str
    kind: str
    """The class of the record, by its id in Odoo."""
    record: str
    """Its external id; empty where there was none to try it on."""
    partner: str
    why: str
    """What Odoo said."""


class CheckAnswer(TypedDict):
    """A check."""

    check: str
    does: str
    samples: int
    passed: int
    seconds: float
    failed: list[FailedSampleAnswer]
    evidence: int | None


class BehaveAnswer(TypedDict):
    """The answer of `lockgate migrate behave`."""

    ok: bool
    round: int
    instance: str
    checks: list[CheckAnswer]
