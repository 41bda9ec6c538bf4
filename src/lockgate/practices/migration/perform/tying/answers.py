"""What do programs learn of ties and treatments? The keys of `tie-out --json`, `treatments --json` and the API."""

from typing import Literal

from typing_extensions import TypedDict

State = Literal["met", "unmet", "stale", "missing"]
"""Of what was compared or counted: whether it holds, and whether what it was measured from is another thing now."""


class BecauseAnswer(TypedDict):
    """What explains a part of a difference."""

    because: str
    by: str
    """The person who says so; empty for what the round tells by itself."""
    lacks: list[str]
    amount: float
    records: int
    keys: list[str]
    """The first of the records."""


class TieGroupAnswer(TypedDict):
    """The figures of one group."""

    company: str
    group: dict[str, str]
    figures: dict[str, float]
    difference: float
    unexplained: float
    ok: bool
    because: list[BecauseAnswer]


class FigureAnswer(TypedDict):
    """What a figure is."""

    key: str
    title: str


class TieAnswer(TypedDict):
    """A tie in one company and one unit."""

    tie: str
    title: str
    company: str
    unit: str
    left: float
    right: float
    """Of the other figures the one that is furthest from the left."""
    figures: dict[str, float]
    difference: float
    """The largest of a group."""
    unexplained: float
    tolerance: float
    ok: bool
    state: State
    off: int
    """How many groups don't tie."""
    owner: str
    evidence: int | None


class TieOutAnswer(TypedDict):
    """The answer of `lockgate migrate tie-out`, and of the API to who asks for the ties."""

    ok: bool
    round: int | None
    """The round that was asked for; None where nothing was ever compared."""
    instance: str
    ties: list[TieAnswer]
    missing: list[str]
    """Ties that were asked for and never compared."""


class TieSheet(TypedDict):
    """What is kept with the evidence of a tie, to be looked at and signed."""

    tie: str
    title: str
    why: str
    owner: str
    unit: str
    tolerance: float
    by: list[str]
    round: int
    instance: str
    figures: list[FigureAnswer]
    lines: list[TieAnswer]
    groups: list[TieGroupAnswer]
    groups_in_all: int


class TreatmentValue(TypedDict):
    """What a company has under way in a currency."""

    company: str
    """Empty where the class does not say."""
    currency: str
    open: int
    value: float


class TreatmentAnswer(TypedDict):
    """A class of transactions that are under way."""

    treatment: str
    title: str
    way: str | None
    why: str | None
    owner: str
    due: str | None
    open: int
    value: float
    """What is in the currency of the class; others stand in `values` only."""
    value_in: str
    values: list[TreatmentValue]
    undecided: int
    overdue: int
    state: State
    evidence: int | None


class TreatmentsAnswer(TypedDict):
    """The answer of `lockgate migrate treatments`, and of the API to who asks for them."""

    ok: bool
    round: int | None
    treatments: list[TreatmentAnswer]
    missing: list[str]
    """Classes that were never counted."""


class CountAnswer(TypedDict):
    """A count of a site."""

    count: str
    title: str
    owner: str
    day: str
    blind: bool


class PlaceAnswer(TypedDict):
    """A place that was not counted, or where something else was found."""

    place: str
    counted: bool
    differing: int
    """Lines that differ from the books."""
    value: float
    """What the differences are worth; lines without a cost add nothing."""
    unapproved: int
    keys: list[str]


class CountedSiteAnswer(TypedDict):
    """A site whose stock was counted."""

    site: str
    places: int
    counted: int
    accuracy: float
    variance_value: float
    unapproved: int
    """Differences that nobody has accepted."""
    blind: bool
    counts: list[CountAnswer]
    apart: list[PlaceAnswer]
    apart_in_all: int
    state: State
    evidence: int | None


class CountsAnswer(TypedDict):
    """The answer of `lockgate migrate counts`, and of the API to who asks for them."""

    ok: bool
    round: int | None
    sites: list[CountedSiteAnswer]
    missing: list[str]
    """Counts of which no line was compared: their queries found none."""
