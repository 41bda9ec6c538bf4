"""How do records of the old systems become records of Odoo?

P1  A field gets an expression over the record, or a `FieldRule`. What `s` is in expressions is the record itself.
P2  Each record has its external id before it is sent: the key of the mapping and the key of the record. So a second
    load changes what is there, and other mappings can refer to it.
P3  What was merged into another record is referred to by what it was called before: references follow.
P4  What Odoo makes of a record by itself (a state, a quantity delivered) is not sent. What it should be is said with
    `holds`, and compared like all the rest.
P5  Odoo keeps one record where the old system had several lines, once what they are about was merged. They become one
    by what their fields hold then, and each of them is accounted for.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lockgate.practices.migration.definition.judged import Expression
from lockgate.workspace import Declares, Definition, Key, Reference, Text, fault
from lockgate.workspace.frame.probes import ModelName
from lockgate.workspace.models.model import Distinct, Some
from lockgate.workspace.models.technical import FieldName
from lockgate.workspace.words import listed

Plain = bool | int | float | str
Posting = Literal["apply-inventory", "confirm", "post"]


class FieldRule(Definition):
    """How a field gets its value, where an expression is not enough."""

    of: Expression | None = None
    """What it is made of, in SQL."""
    value: Plain | None = None
    """The same value for every record."""
    map: dict[Text, Text] | None = None
    """What it becomes, by what it is made of; what is not named here keeps the record back."""
    otherwise: Text | None = None
    """What it becomes where `map` does not name it."""
    record: Annotated[str, Reference("mapping")] | None = None
    """It refers to a record of this mapping, whose key it is made of (P3)."""
    line: FieldName | None = None
    """It refers to a line of that record, in the field that holds its lines; it is made of the key of the line."""
    inherited: ModelName | None = None
    """It refers to what that record inherits from, of this model: the `product.template` of a product."""
    dataset: Annotated[str, Reference("dataset")] | None = None
    """The dataset whose key that is, where the mapping is of an entity; its first part when left out."""
    resource: bool = False
    """It refers to a resource of the template by its key, or to a record of Odoo by its external id, like `base.de`.
    `{KEY}` in that stands for the id of a resource: `account.{our-company}_a100`."""
    many: bool = False
    """It refers to several, with commas between them."""

    @model_validator(mode="after")
    def _clear(self) -> Self:
        if (self.of is None) == (self.value is None):
            message = (
                "it says neither what it is made of nor a value" if self.of is None else "it says both `of` and `value`"
            )
            raise fault("not-one-way", message, "Say `of` or `value`.")
        if self.record is not None and self.resource:
            raise fault("not-one-way", "it refers to a `record` and to a `resource`", "Say one.", at=("resource",))
        if self.many and self.record is None and not self.resource:
            raise fault("not-many", "only what refers to records can be several", "Leave `many` out.", at=("many",))
        for name in ("dataset", "line", "inherited"):
            if getattr(self, name) is not None and self.record is None:
                raise fault("no-record", f"`{name}` goes with `record`", "Add `record`, or leave it out.", at=(name,))
        if self.otherwise is not None and self.map is None:
            raise fault("no-map", "`otherwise` goes with `map`", "Add `map`, or leave it out.", at=("otherwise",))
        return self


FieldValue = Expression | FieldRule
Fields = dict[FieldName, FieldValue]


class Lines(Definition):
    """Lines that are part of a record: those of an order."""

    dataset: Annotated[str, Reference("dataset")]
    """Where they stand."""
    where: Expression | None = None
    """Which of them; all when left out."""
    join: Expression | None = None
    """Other datasets that are looked up, in SQL: `left join terms t on t.code = s.terms`."""
    of: Expression
    """To which record a line belongs: the key of it, in SQL."""
    key: Some[Expression]
    """What tells a line from the others."""
    fields: Annotated[Fields, Field(min_length=1)]
    """What its fields hold."""
    holds: Fields = Field(default_factory=dict)
    """What other fields of it should hold afterwards, by what Odoo makes of it (P4)."""


class Total(Definition):
    """Sums that have to be the same in the old systems and in Odoo, group by group."""

    title: Text
    """What people call it."""
    by: Annotated[dict[Text, Expression], Field(min_length=1, max_length=5)]
    """What the groups are, in SQL over the record: `warehouse: s.SITE`."""
    of: Distinct[FieldName] = ()
    """The fields that are added up, besides the number of records; of `fields` or `holds`."""
    tolerance: Annotated[float, Field(ge=0)] = 0
    """By how much the sums of a group may differ."""


class Mapping(Definition):
    """Records of the old systems, and the records of Odoo that they become."""

    key: Annotated[Key, Declares("mapping")]
    """How others refer to it; the external ids of its records begin with it."""
    domain: Annotated[str, Reference("domain")]
    """What it is a part of."""
    model: ModelName
    """The model of Odoo."""
    dataset: Annotated[str, Reference("dataset")] | None = None
    """Where its records stand."""
    entity: Annotated[str, Reference("entity")] | None = None
    """Or of which entity they are: one record for all that were merged."""
    where: Expression | None = None
    """Which of them; all when left out."""
    join: Expression | None = None
    """Other datasets that are looked up, in SQL: `left join terms t on t.code = s.terms`."""
    record: Some[Expression] | None = None
    """What tells its records apart; the key of the dataset when left out."""
    same_as: Annotated[str, Reference("mapping")] | None = None
    """It says more of the records of this mapping: what holds in one company, for example."""
    company: Text | None = None
    """The company in which they are loaded, by the key of the resource or its external id."""
    one_per: Distinct[FieldName] = ()
    """Records with the same values in these fields become one, like what lies of an item in a bin (P5)."""
    adds_up: Distinct[FieldName] = ()
    """With `one_per`: the fields that hold the sum of theirs; the others hold what the first of them has."""
    fields: Fields = Field(default_factory=dict)
    """What their fields hold (P1)."""
    holds: Fields = Field(default_factory=dict)
    """What other fields of them should hold afterwards, by what Odoo makes of them (P4)."""
    lines: dict[FieldName, Lines] = Field(default_factory=dict)
    """Their lines, by the field that holds them."""
    then: Posting | None = None
    """What is done with them once they are there."""
    dated: date | None = None
    """The day for which that is done, where it can be another than today: the day before counts are good for."""
    after: Distinct[Annotated[str, Reference("mapping")]] = ()
    """Mappings that are loaded before, although it refers to none of their records."""
    once: bool = False
    """True where what Odoo has already is not sent again: what became of it since is Odoo's."""
    also_found: bool = False
    """With `same_as`: true where it is said, too, of records that were found there and not loaded."""
    find: FieldName | None = None
    """Where Odoo has a record with the same value here, that is taken for it: it is identified, and stays as it is."""
    apart_by: FieldName | None = None
    """Records with the same value here go through the hands of one worker, since Odoo locks what they share."""
    loose: Distinct[FieldName] = ()
    """Fields that Odoo may change by itself, and that are not compared afterwards."""
    tolerance: dict[FieldName, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    """By how much a number may differ afterwards."""
    totals: Annotated[tuple[Total, ...], Field(max_length=10)] = ()
    """What is added up by groups when it is compared."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.dataset is None) == (self.entity is None):
            message = (
                "it says neither a dataset nor an entity" if self.dataset is None else "it says a dataset and an entity"
            )
            raise fault("not-one-place", message, "Say `dataset` or `entity`.")
        if not self.fields and (self.same_as is None or self.then is None):
            raise fault("no-fields", "it says nothing of any field", "Add `fields`, or `same_as` with `then`.")
        if self.also_found and self.same_as is None:
            raise fault("not-the-same", "`also_found` goes with `same_as`", "Leave it out.", at=("also_found",))
        if self.once and self.same_as is not None:
            raise fault(
                "once-the-same", "what says more of a record can't be loaded once", "Leave it out.", at=("once",)
            )
        self._summed()
        if self.dated is not None and self.then is None:
            raise fault("nothing-done", "`dated` goes with `then`", "Leave it out.", at=("dated",))
        if self.find is not None and not isinstance(self.fields.get(self.find), str):
            raise fault(
                "not-found-by", f"`{self.find}` is no field with an expression", "Name one of `fields`.", at=("find",)
            )
        return self

    def _summed(self) -> None:
        there = {*self.fields, *self.holds}
        summed = [("totals", one.of) for one in self.totals]
        for name, said in (("one_per", self.one_per), ("adds_up", self.adds_up), *summed):
            unknown = sorted(set(said) - there)
            if unknown:
                raise fault("no-such-field", f"`{unknown[0]}` is none of its fields", listed(there), at=(name,))
        if self.one_per and (self.lines or self.same_as is not None):
            hint = "Leave `one_per` out."
            raise fault("not-one", "what has lines, or says more of a record, can't be added up", hint, at=("one_per",))
        if bool(self.one_per) != bool(self.adds_up):
            raise fault("not-one", "`one_per` and `adds_up` go together", "Say both.", at=("adds_up",))


class Domain(Definition):
    """What is loaded and reconciled as one, and has one owner."""

    key: Annotated[Key, Declares("domain")]
    """How evidence names it."""
    title: Text
    """What people call it."""
    owner: Annotated[str, Reference("person")]
    """Who answers for it."""
    capability: Annotated[str, Reference("capability")] | None = None
    """The area of Odoo that it is for."""
    treatment: Literal["convert", "archive", "recreate"] = "convert"
    """Whether it is loaded, kept to look at, or entered by hand."""
    why: Text
    """Why it comes along, or does not."""
    after: Distinct[Annotated[str, Reference("domain")]] = ()
    """Domains that have to be loaded before, although nothing refers to them."""
