"""What was counted, and what do the books say lies there?

N1  A count is a query for lines: what should lie at a place, and what was found there; nothing where nobody was yet.
N2  Whether people counted blind is said by the owner of the count, since no sheet can tell.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from lockgate.practices.migration.definition.judged import Expression
from lockgate.workspace import Declares, Definition, Key, Reference, Text


class Count(Definition):
    """Stock that was counted."""

    key: Annotated[Key, Declares("count")]
    """How accepted differences name it."""
    title: Text
    """What people call it."""
    owner: Annotated[str, Reference("person")]
    """Who saw to it, and says how it was done."""
    day: date
    """The day on which it was done."""
    blind: bool = False
    """True when who counted did not see what the books say (N2)."""
    tolerance: Annotated[float, Field(ge=0)] = 0
    """Up to which value a difference of a line needs nobody's word."""
    sql: Expression
    """The lines (N1): `site`, `place`, `key`, `book`, `counted`, and what one costs: `cost`, empty if unknown."""
