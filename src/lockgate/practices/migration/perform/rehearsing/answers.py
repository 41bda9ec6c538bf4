"""What do programs learn of rounds and rehearsals? The keys of `status`, `rounds` and `rehearse` with `--json`."""

from typing_extensions import TypedDict


class HeldUpAnswer(TypedDict):
    """What holds a domain up."""

    what: str
    records: int


class StandingAnswer(TypedDict):
    """How a domain stands in the newest round."""

    domain: str
    title: str
    owner: str
    state: str
    """As the overview has it: `not-begun`, `blocked`, `ready`, `rejected`, `loaded`, `unexplained`, `reconciled`."""
    stale: bool
    """True when what is declared, or an extract, has changed since."""
    ready: float | None
    """Share of its records that nothing keeps back."""
    held_up: list[HeldUpAnswer]
    next: list[str]
    """What is done next, one command after the other."""


class FreezeAnswer(TypedDict):
    """What nobody changes any more."""

    domains: list[str]
    begins: str
    ends: str | None
    owner: str
    why: str
    frozen: bool
    """True when it stands still today."""


class EmergencyAnswer(TypedDict):
    """How frozen data is changed all the same."""

    rule: str
    agree: list[str]


class RehearsalStandAnswer(TypedDict):
    """What a rehearsal is measured against, and how the last one went."""

    rehearsal: str
    title: str
    window_minutes: int
    minutes: float | None
    rounds: int
    failed_steps: int | None
    under_way: str
    """The step at which one that began has come to; empty when none has."""
    freeze: list[FreezeAnswer]
    emergency: EmergencyAnswer | None


class StatusAnswer(TypedDict):
    """The answer of `lockgate migrate status`."""

    ok: bool
    round: int | None
    domains: list[StandingAnswer]
    rehearsals: list[RehearsalStandAnswer]


class RoundDomainAnswer(TypedDict):
    """How a domain went in a round."""

    domain: str
    rows: int
    loaded: int
    sent: int
    seconds: float
    rejected: int
    different: int | None
    unexplained: int | None
    ready: float | None


class RoundAnswer(TypedDict):
    """A round."""

    round: int
    minutes: float | None
    """How long its rehearsal took, None where it was none."""
    failed_steps: int | None
    domains: list[RoundDomainAnswer]


class ForecastAnswer(TypedDict):
    """How long the last load will take, in minutes."""

    quick: float
    likely: float
    slow: float
    window: float | None
    fits: bool | None
    margin: float | None
    rounds: int
    spread_known: bool
    unknown: list[str]


class RoundsAnswer(TypedDict):
    """The answer of `lockgate migrate rounds`."""

    ok: bool
    rounds: list[RoundAnswer]
    forecast: ForecastAnswer


class StepAnswer(TypedDict):
    """A step of a rehearsal."""

    step: str
    state: str
    seconds: float
    says: str
    evidence: list[int]


class RehearseAnswer(TypedDict):
    """The answer of `lockgate migrate rehearse`."""

    ok: bool
    rehearsal: str
    round: int
    instance: str
    minutes: float
    window_minutes: int
    rounds: int
    failed_steps: int
    volume_share: float
    interrupted: int
    """How often it was ended in the midst of a step, and taken up again."""
    evidence: int | None
    steps: list[StepAnswer]
