"""Who takes part, and who may decide what? Roles, people, RACI, decision rights, ways up and workstreams."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from lockgate.kernel.scope import Level
from lockgate.workspace.frame.standards import Currency, Duration, hours
from lockgate.workspace.models.model import FORMS, Declares, Definition, Distinct, Key, Reference, Some, Text, fault

_MAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
FORMS[_MAIL] = "Like ann@example.com."
RoleName = Annotated[str, Reference("role")]
PersonName = Annotated[str, Reference("person")]
SiteName = Annotated[str, Reference("site")]


class Role(Definition):
    """A part that people play."""

    key: Annotated[Key, Declares("role")]
    """How other files refer to it."""
    title: Text
    """What people call it."""
    answers_for: str = ""
    """What whoever has it answers for."""


class Assignment(Definition):
    """A role that somebody has."""

    role: RoleName
    """Which one."""
    sites: Distinct[SiteName] = ()
    """Where, the sites below included; everywhere when left out."""


class Person(Definition):
    """Somebody who takes part."""

    key: Annotated[Key, Declares("person")]
    """How other files, and every record, refer to this person."""
    name: Text | None = None
    """The name to show; it stays out of the records."""
    email: Annotated[str, Field(pattern=_MAIL)] | None = None
    """Where messages go."""
    roles: tuple[Assignment, ...] = ()
    """What this person is."""
    deputy: PersonName | None = None
    """Who stands in."""

    @model_validator(mode="after")
    def _somebody_else(self) -> Self:
        if self.deputy == self.key:
            raise fault("not-valid", "nobody stands in for themselves", "Name another person.", at=("deputy",))
        return self


class Responsibility(Definition):
    """Who does what in one activity."""

    key: Annotated[Key, Declares("activity")]
    """How other files refer to it."""
    activity: Text
    """What is done."""
    accountable: RoleName
    """The one role that answers for it."""
    responsible: Some[RoleName]
    """The roles that do it."""
    consulted: Distinct[RoleName] = ()
    """The roles that are asked before."""
    informed: Distinct[RoleName] = ()
    """The roles that hear of it."""


class Workstream(Definition):
    """A part of the business whose work is led as one."""

    key: Annotated[Key, Declares("workstream")]
    """How other files refer to it."""
    title: Text
    """What people call it."""
    owner: RoleName
    """The role that answers for it in the business."""
    capabilities: Distinct[Annotated[str, Reference("capability")]] = ()
    """The areas of Odoo that it works on. It takes part once one of them goes live; always when left out."""


class Amount(Definition):
    """A sum of money."""

    amount: Annotated[float, Field(ge=0)]
    """How much."""
    currency: Currency
    """Of what, by ISO 4217."""


class DecisionRight(Definition):
    """Who may decide one kind of question."""

    key: Annotated[Key, Declares("decision-right")]
    """How other files refer to it."""
    title: Text
    """What is decided."""
    role: RoleName
    """Who decides."""
    quorum: Annotated[int, Field(ge=1, le=50)] = 1
    """How many of them must agree."""
    level: Level = Level.PROGRAMME
    """For how much: `programme`, `wave` or `site`."""
    up_to: Amount | None = None
    """The largest sum that they may decide about."""
    beyond: RoleName | None = None
    """Who decides about larger ones."""

    @model_validator(mode="after")
    def _limit(self) -> Self:
        if self.beyond and self.up_to is None:
            raise fault("not-valid", "`beyond` needs `up_to`", "Say the largest sum.", at=("beyond",))
        return self


class EscalationStep(Definition):
    """Who hears of it, and when."""

    role: RoleName
    """Who."""
    after: Duration
    """How long after it began: 4h, 2d, 1w."""


class Escalation(Definition):
    """The way up that an open question takes."""

    key: Annotated[Key, Declares("escalation")]
    """How other files refer to it."""
    title: Text
    """What it is for."""
    steps: Annotated[tuple[EscalationStep, ...], Field(min_length=1)]
    """Who hears of it one after another."""

    @model_validator(mode="after")
    def _upwards(self) -> Self:
        for number in range(1, len(self.steps)):
            before, now = self.steps[number - 1].after, self.steps[number].after
            if hours(now) <= hours(before):
                message = f"`{now}` is not after `{before}`"
                raise fault("out-of-range", message, "Each step comes later.", at=("steps", number, "after"))
        return self


class PeopleFile(Definition):
    """The people of the programme, and what they may."""

    roles: tuple[Role, ...] = ()
    """The parts that people play."""
    people: tuple[Person, ...] = ()
    """Everybody who takes part."""
    raci: tuple[Responsibility, ...] = ()
    """Who is responsible, accountable, consulted and informed."""
    decision_rights: tuple[DecisionRight, ...] = ()
    """Who may decide what."""
    escalations: tuple[Escalation, ...] = ()
    """The ways up."""
    workstreams: tuple[Workstream, ...] = ()
    """The parts of the business whose work is led as one, beside those of the playbooks."""
