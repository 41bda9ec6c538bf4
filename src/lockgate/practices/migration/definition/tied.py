"""Which figures have to agree, and what becomes of what is under way on the day of the cutover?

K1  A figure is what SQL makes of a round, or what Odoo answers to a question. Either way it is an amount by company and
    by the groups of the tie, which both sides call by the same names.
K2  What explains a difference by itself is a query for records with an amount, and says in which figures that is not.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lockgate.practices.migration.definition.judged import Expression
from lockgate.practices.migration.definition.matched import ColumnName
from lockgate.workspace import Declares, Definition, Key, Reference, Text, fault
from lockgate.workspace.frame.probes import Domain as Terms
from lockgate.workspace.frame.probes import ModelName
from lockgate.workspace.models.model import Distinct, Some

_PATH = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
_MEASURE = Annotated[str, Field(pattern=r"^(__count|[a-z][a-z0-9_]*(:[a-z_]+)?)$")]


class Question(Definition):
    """What Odoo is asked, company by company."""

    model: ModelName
    """The model of Odoo."""
    where: Terms = ()
    """Which of its records, as Odoo writes it."""
    measure: _MEASURE
    """What is added up: `balance:sum`, `__count`; a field without `:` is read of each record, where Odoo can't sum."""
    by: dict[ColumnName, _PATH] = Field(default_factory=dict)
    """By what, for each group of the tie: `account_id.code`."""


class Figure(Definition):
    """One of the figures that have to agree."""

    key: Key
    """How explanations name it."""
    title: Text
    """What it is called on the sheet."""
    sql: Expression | None = None
    """What makes it, with the columns `company`, the groups and `amount`."""
    odoo: Question | None = None
    """Or what Odoo is asked."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.sql is None) == (self.odoo is None):
            message = "it says neither `sql` nor `odoo`" if self.sql is None else "it says both `sql` and `odoo`"
            raise fault("not-one-way", message, "Say one of them.")
        return self


class Accounted(Definition):
    """What explains a difference by itself."""

    because: Text
    """Why the amount is not there."""
    sql: Expression
    """The records: `company`, the groups, `amount`, and `key` for the record."""
    lacks: Distinct[Key] = ()
    """The figures that lack it; those of Odoo when left out."""


class Tie(Definition):
    """Figures that have to agree."""

    key: Annotated[Key, Declares("tie")]
    """How evidence names it."""
    title: Text
    """What people call it."""
    why: Text
    """What goes wrong where they don't."""
    owner: Annotated[str, Reference("person")]
    """Who explains a difference."""
    companies: Some[Key]
    """The companies that it is about, by the keys of their resources."""
    by: Distinct[ColumnName] = ()
    """The groups besides the company."""
    unit: Text
    """In what it is measured, like `EUR`; or the group that says so, in which case nothing is added up across it."""
    tolerance: Annotated[float, Field(ge=0)] = 0
    """By how much the figures of a group may differ."""
    figures: Annotated[tuple[Figure, ...], Field(min_length=2, max_length=6)]
    """The figures, the oldest first."""
    explained: Annotated[tuple[Accounted, ...], Field(max_length=50)] = ()
    """What explains differences by itself."""

    @model_validator(mode="after")
    def _named(self) -> Self:
        keys = {one.key for one in self.figures}
        if len(keys) < len(self.figures):
            raise fault("figure-twice", "two of its figures have the same key", "Rename one.", at=("figures",))
        for at, one in enumerate(self.figures):
            if one.odoo is not None and set(one.odoo.by) != set(self.by):
                hint = f"Its groups are: {', '.join(self.by) or 'none'}."
                raise fault("other-groups", "it is not by the groups of the tie", hint, at=("figures", at, "odoo"))
        for at, account in enumerate(self.explained):
            unknown = set(account.lacks) - keys
            if unknown:
                message = f"`{min(unknown)}` is no figure of this tie"
                raise fault("no-figure", message, f"There are: {', '.join(sorted(keys))}.", at=("explained", at))
        return self


Way = Literal["convert", "close-before", "re-enter", "leave"]


class Treatment(Definition):
    """What becomes of a class of transactions that are under way."""

    key: Annotated[Key, Declares("class")]
    """How evidence names the class: `in-transit`, `unapplied-receipts`."""
    title: Text
    """What people call them."""
    treatment: Way | None = None
    """Converted, closed in the old system before, entered again by hand, or left there; nothing while undecided."""
    why: Text | None = None
    """Why so."""
    owner: Annotated[str, Reference("person")]
    """Who decides, and answers for it."""
    due: date | None = None
    """By when what is not converted has to be closed or entered."""
    value_in: Text = "EUR"
    """In what the value is, where the transaction does not say its `currency`."""
    sql: Expression
    """The transactions as the old system has them: `key`, `value`, and `overdue` for one older than agreed; besides,
    where there are several, its `company` and its `currency`."""

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if self.treatment is not None and self.why is None:
            raise fault("no-reason", "it says a treatment and no reason", "Add `why`.", at=("treatment",))
        return self
