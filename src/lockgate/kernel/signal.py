"""What tells early that a programme is going wrong? A signal: declared once, computed from records and evidence."""

from dataclasses import dataclass, field
from enum import StrEnum

from lockgate.kernel.comparison import Comparison


class Tells(StrEnum):
    """What a signal looks at."""

    AGE = "age"
    """Open records that are older than `days`."""
    SILENCE = "silence"
    """Open records whose owner has not touched them for `days`."""
    OVERDUE = "overdue"
    """Open records that are past their due date."""
    REOPENED = "reopened"
    """The share of closed records that were opened again, above `above`."""
    TREND = "trend"
    """A measure of an evidence series that goes the wrong way `over` times in a row."""
    CHURN = "churn"
    """Inputs that changed more than `above` times in `days` while evidence was measured from them."""


class Wrong(StrEnum):
    """Which way a measure must not go."""

    RISING = "rising"
    FALLING = "falling"
    NOT_RISING = "not-rising"
    NOT_FALLING = "not-falling"


@dataclass(frozen=True)
class RiskToRaise:
    """The risk that a signal raises or brings up to date."""

    title: str
    response: str = ""
    owner: str = ""
    """The role that owns it; people of that role are named when it is raised."""
    fields: tuple[tuple[str, str], ...] = ()
    """Further fields, like probability and impact."""


@dataclass(frozen=True)
class Signal:
    """One early warning."""

    key: str
    title: str
    tells: Tells
    risk: RiskToRaise
    register: str = ""
    """Whose records are looked at: age, silence, overdue, reopened."""
    where: tuple[Comparison, ...] = ()
    """Which of them."""
    evidence: tuple[str, ...] = ()
    """Kinds of evidence: trend, churn."""
    measure: str = ""
    inputs: str = ""
    """How the names of the inputs begin that should stand still, like `template`."""
    days: int = 0
    above: float = 0
    """How many there may be (a share, for reopened) before it is a signal."""
    at_least: int = 1
    """How many records there must be for a share to say something."""
    wrong: Wrong = Wrong.RISING
    over: int = field(default=3)
    serves: tuple[str, ...] = ()


def wants(signal: Signal) -> tuple[str, ...]:
    """Return what the declaration lacks, as sentences."""
    of_records = signal.tells in {Tells.AGE, Tells.SILENCE, Tells.OVERDUE, Tells.REOPENED}
    asked = {
        "register": (of_records, signal.register),
        "evidence": (not of_records, signal.evidence),
        "measure": (signal.tells is Tells.TREND, signal.measure),
        "inputs": (signal.tells is Tells.CHURN, signal.inputs),
        "days": (signal.tells in {Tells.AGE, Tells.SILENCE, Tells.CHURN}, signal.days > 0),
        "over": (signal.tells is Tells.TREND, signal.over > 1),
    }
    return tuple(
        f"A signal that tells of {signal.tells} needs `{key}`."
        for key, (needed, there) in asked.items()
        if needed and not there
    )
