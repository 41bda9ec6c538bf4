"""What is right, what is put right, and what stays behind?

J1  What a rule or a cleansing says in SQL is one expression over the columns of its dataset; other datasets are tables
    of the same names. In a cleansing the record is `s`, where a name alone could be another table's.
J2  A rule tells what must be; what is not known does not satisfy it.
J3  A standard is kept or broken by its rules, and agreed by a decision on record. Nobody types that it is.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lockgate.workspace import Declares, Definition, Key, Reference, Text, fault
from lockgate.workspace.words import listed

Severity = Literal["blocks", "warns"]
Expression = Annotated[str, Field(min_length=1, max_length=5_000, pattern=r"\S")]


class Standard(Definition):
    """How names, units, places, accounts or statuses are written, whichever system they come from (J3)."""

    key: Annotated[Key, Declares("standard")]
    """How rules and evidence name it."""
    title: Text
    """What people call it."""
    text: Text
    """What it says, for who has to keep to it."""
    owner: Annotated[str, Reference("person")]
    """Who answers for it."""
    decision: Text | None = None
    """The record of the register `decision` by which it was agreed, like `DEC-4`."""


class Rule(Definition):
    """What must be right."""

    id: Annotated[Key, Declares("data-rule")]
    """How findings name it."""
    dataset: Annotated[str, Reference("dataset")]
    """The records that it is about."""
    must: Expression
    """What must hold, in SQL (J1, J2)."""
    when: Expression | None = None
    """For which records; for all when left out."""
    column: Text | None = None
    """The column to mend, where there is one."""
    severity: Severity = "blocks"
    """Whether a record that breaks it is kept back, or only named."""
    why: Text
    """What goes wrong otherwise, for who has to mend it."""
    owner: Annotated[str, Reference("person")] | None = None
    """Who stands for the rule."""
    standard: Annotated[str, Reference("standard")] | None = None
    """The standard that it holds records against."""


class Cleansing(Definition):
    """How values are put right; each change is kept, before and after."""

    key: Annotated[Key, Declares("cleansing")]
    """How changes name it."""
    dataset: Annotated[str, Reference("dataset")]
    """The records that it changes."""
    column: Text
    """The column that it changes."""
    normalise: Key | None = None
    """As values of this kind are written: `vat`, `phone`, `organisation`, …"""
    or_empty: bool = False
    """True when what is not of that kind is emptied."""
    country: Text | None = None
    """The column that says of which country they are."""
    lookup: dict[Text, Text | None] | None = None
    """What stands there, and what should; nothing for what is to be empty."""
    set: Expression | None = None
    """What should stand there, in SQL."""
    when: Expression | None = None
    """For which records; for all when left out."""
    why: Text
    """Why that is right."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = ("normalise", "lookup", "set")
        said = [way for way in ways if getattr(self, way) is not None]
        if len(said) != 1:
            message = "it says in more than one way what to do" if said else "it does not say what to do"
            raise fault("not-one-way", message, f"Say one of {listed(ways)}.", at=(said[-1],) if said else ())
        if self.or_empty and self.normalise is None:
            raise fault("no-kind", "`or_empty` goes with `normalise`", "Leave it out.", at=("or_empty",))
        return self


class LeftOut(Definition):
    """Records that don't come along."""

    key: Annotated[Key, Declares("left-out")]
    """How it is named where they are counted."""
    dataset: Annotated[str, Reference("dataset")]
    """The records that it is about."""
    when: Expression
    """Which of them."""
    treatment: Literal["archive", "leave", "recreate"] = "leave"
    """What becomes of them: kept to look at, left behind, or entered by hand."""
    why: Text
    """Why they are not needed."""
    owner: Annotated[str, Reference("person")] | None = None
    """Who says so."""
