"""What does a register hold, and who may change it how? Declared once; storing, pages, API and files follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lockgate.kernel.comparison import Comparison


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes-no"
    CHOICE = "choice"
    PERSON = "person"
    SITE = "site"
    CAPABILITY = "capability"
    REFERENCE = "reference"
    ATTACHMENT = "attachment"


@dataclass(frozen=True)
class Field:
    """One thing that is known of a record."""

    key: str
    title: str
    kind: Kind
    several: bool = False
    """True for a list of such values."""
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    """The keys that a choice may have, with their titles."""
    register: str = ""
    """For a reference: which register the other record is in; empty for any."""
    help: str = ""


@dataclass(frozen=True)
class State:
    """How far a record can have come."""

    key: str
    title: str
    open: bool = True
    """False when nothing is left to be done."""
    due_days: int | None = None
    """How long a record may stay here before it is overdue, unless it has a due date of its own."""
    escalates_to: str = ""
    """The role that hears of an overdue one."""


@dataclass(frozen=True)
class Transition:
    """A step from one state to another."""

    key: str
    title: str
    source: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    """The roles that may; `owner`, `raiser` and `anyone` are understood too."""
    needs: tuple[str, ...] = ()
    """Fields that must have a value by then."""
    guards: tuple[Comparison, ...] = ()
    reason: bool = False
    """True when it must be said why."""
    not_by: tuple[str, ...] = ()
    """Who may not, whatever the role: `raiser`, `owner`, or the key of an earlier transition: whoever took that."""
    votes: int = 1
    """How many different people must say yes before it happens."""


@dataclass(frozen=True)
class Register:
    """A kind of record that people keep."""

    key: str
    title: str
    plural: str
    prefix: str
    """How the ids of its records begin, like GAP."""
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    raised_by: tuple[str, ...] = ("anyone",)
    edited_by: tuple[str, ...] = ("owner", "raiser")
    serves: tuple[str, ...] = ()
    """The items of the mission that it serves."""

    @property
    def initial(self) -> str:
        """The state of a new record."""
        return self.states[0].key
