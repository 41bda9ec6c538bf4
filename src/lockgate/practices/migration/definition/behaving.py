"""What work is tried on the data once it is in Odoo? Named sequences, and the records on which they are tried.

B1  A sequence is a small piece of work as people do it, from its beginning to its end. Data says on which records.
B2  Tried are so many records of each class at each site. The seed says which, always the same ones.
B3  It is done by somebody with the rights that are named and no others. Without them it is done by who connects.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from lockgate.practices.migration.definition.rehearsed import Count, PersonName
from lockgate.workspace import Declares, Definition, Key, Reference, Text, fault
from lockgate.workspace.frame.probes import Domain as Terms
from lockgate.workspace.models.model import Distinct
from lockgate.workspace.models.technical import FieldName

Work = Literal[
    "reserve-and-ship", "replenish", "buy-and-receive", "invoice-and-pay", "make", "finish", "count", "close-the-month"
]
PARTNERS: Final[frozenset[Work]] = frozenset({"reserve-and-ship", "buy-and-receive", "invoice-and-pay"})
"""What is done with somebody."""
MODELS: Final[dict[Work, str]] = {
    "reserve-and-ship": "product.product",
    "replenish": "product.product",
    "buy-and-receive": "product.product",
    "invoice-and-pay": "product.product",
    "make": "mrp.bom",
    "finish": "mrp.production",
    "count": "product.product",
}
"""Of which model the records are that a piece of work is tried on; a month has none."""


class Check(Definition):
    """Work that is tried on the data."""

    key: Annotated[Key, Declares("check")]
    """How evidence names it."""
    title: Text
    """What people call it."""
    does: Work
    """What is done (B1)."""
    owner: PersonName
    """Who answers for it."""
    why: Text
    """What goes wrong on the first morning otherwise."""
    company: Text
    """The company in which it is done, by the key of the resource or its external id."""
    warehouses: Distinct[Text] = ()
    """The sites: warehouses, by the key of the resource or their external id."""
    records: Annotated[str, Reference("mapping")] | None = None
    """On whose records it is tried."""
    where: Terms = ()
    """On which of them, as Odoo writes it; all when left out."""
    partners: Annotated[str, Reference("mapping")] | None = None
    """With whom: the customers or suppliers of this mapping."""
    each: FieldName | None = None
    """The field that says of which class a record is; all are one class when left out."""
    samples: Annotated[Count, Field(le=1_000)] = 3
    """How many records of each class at each site (B2)."""
    seed: int = 1
    """What chooses them (B2)."""
    groups: Distinct[Text] = ()
    """What the person may do who does it, by external ids of groups or keys of resources (B3)."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        month = self.does == "close-the-month"
        if (self.records is None) != month:
            message = "a month is closed on no records" if month else "it does not say on which records"
            raise fault("no-records", message, "Leave `records` out." if month else "Name a mapping in `records`.")
        if not self.warehouses and not month:
            raise fault("no-site", "it does not say where", "Name the warehouses.")
        if (self.partners is None) == (self.does in PARTNERS):
            message = "it does not say with whom" if self.partners is None else "nobody else has a part in it"
            do = "Name a mapping in `partners`." if self.partners is None else "Leave `partners` out."
            raise fault("no-partners", message, do)
        return self
