"""Of what must there be one each, and how are two records of one thing recognised?"""

from typing import Annotated, Literal

from pydantic import Field

from lockgate.practices.migration.definition.judged import Expression
from lockgate.workspace import Declares, Definition, Key, Reference, Text
from lockgate.workspace.models.model import FORMS, Distinct

_COLUMN = r"^[a-z][a-z0-9_]*$"
FORMS[_COLUMN] = "Small letters, digits and underscores, like `maker_number`."

ColumnName = Annotated[str, Field(pattern=_COLUMN)]
Strategy = Literal["first", "newest", "longest", "most-frequent"]
Share = Annotated[float, Field(gt=0, lt=1)]


class Part(Definition):
    """Where such things stand."""

    dataset: Annotated[str, Reference("dataset")]
    """The dataset."""
    where: Expression | None = None
    """Which of its records; all when left out."""
    columns: Annotated[dict[ColumnName, Expression], Field(min_length=1)]
    """What each column of the thing is here, in SQL: `name: NAME1`."""


class Entity(Definition):
    """Things of which there must be one each: customers, suppliers, items."""

    key: Annotated[Key, Declares("entity")]
    """How mappings refer to it."""
    title: Text
    """What people call them."""
    kind: Literal["organisation", "person", "item"]
    """What they are, which says how they are compared when nothing else is said."""
    owner: Annotated[str, Reference("person")] | None = None
    """Who decides in doubt."""
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=50)]
    """Where they stand; the first is trusted most."""
    same: Distinct[Expression] = ()
    """What makes two certainly one, in SQL over `l` and `r`: `l.vat = r.vat`."""
    never: Distinct[Expression] = ()
    """What makes two certainly two."""
    block: Distinct[Expression] = ()
    """Which pairs are compared at all; what suits their kind when left out."""
    sure: Share = 0.95
    """From which probability two are one without anybody looking."""
    review: Share = 0.5
    """From which probability somebody looks."""
    reviewers: Annotated[int, Field(ge=1, le=2)] = 1
    """How many have to say the same."""
    survivor: dict[ColumnName, Strategy] = Field(default_factory=dict)
    """Which value stays, by column; the first that is known when nothing is said."""
    newest_by: ColumnName | None = None
    """The column that tells which record is the newest."""
