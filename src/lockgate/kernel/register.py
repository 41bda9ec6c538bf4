"""What does a register hold, and who may change it how? Declared once; storing, pages, API and files follow from it.

D1  Every register has a required text field `title`; `owner`, if there is one, is a person and `due` a date.
D2  No two fields, states or transitions share a key, and none takes a name that every record has.
D3  What is named is there: states of a transition, the fields that it needs or guards, the steps of `not_by`.
D4  Every state can be reached from the first, and one where something is left to be done has a way out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

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
    working_days: bool = False
    """True when only days count that are worked where the record belongs."""
    escalates_by: str = ""
    """The way up that an overdue one takes."""
    blind: bool = False
    """True when nobody is to see what was said so far: such a record is shown only where it is decided."""


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
    event: str = ""
    """What the ledger calls it, like `decided`; the key when empty."""

    @property
    def happened(self) -> str:
        """The word of its event."""
        return self.event or self.key


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

    def field(self, key: str) -> Field | None:
        """Return the field of that key."""
        return next((one for one in self.fields if one.key == key), None)

    def state(self, key: str) -> State | None:
        """Return the state of that key."""
        return self._states.get(key)

    @cached_property
    def _states(self) -> Mapping[str, State]:
        return {one.key: one for one in reversed(self.states)}

    def transition(self, key: str) -> Transition | None:
        """Return the transition of that key."""
        return next((one for one in self.transitions if one.key == key), None)


OF_EVERY_RECORD = frozenset(
    {"id", "register", "state", "version", "open", "raised_by", "raised_at", "changed_by", "changed_at"}
    | {"since", "age_days", "days_in_state", "overdue", "today", "tags", "links", "comments", "last_event"}
)
"""Names that every record answers to: comparisons may use them, fields may not take them."""
EVENTS = frozenset({"raised", "edited", "commented", "linked", "unlinked", "tagged", "untagged", "voted"})
"""What happens to records of all registers; a transition may not be called so."""
KEY = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a declaration: where in it, what, and what would be right."""

    at: tuple[str | int, ...]
    what: str
    do: str = ""


def faults(register: Register) -> tuple[Fault, ...]:
    """Return everything that is wrong in the declaration (D1 to D4)."""
    return (*_named(register), *_usual(register), *_steps(register), *_ways(register))


def _named(register: Register) -> Iterator[Fault]:
    if not KEY.fullmatch(register.key):
        yield Fault(("key",), f"{register.key!r} is no key.", "Use small letters, digits and hyphens.")
    if not PREFIX.fullmatch(register.prefix):
        yield Fault(("prefix",), f"{register.prefix!r} is no prefix.", "Use up to eight capitals, like GAP.")
    for part, keys in (
        ("fields", [one.key for one in register.fields]),
        ("states", [one.key for one in register.states]),
        ("transitions", [one.key for one in register.transitions]),
    ):
        for index, key in enumerate(keys):
            if not KEY.fullmatch(key):
                yield Fault((part, index, "key"), f"{key!r} is no key.", "Use small letters, digits, - and _.")
            if key in keys[:index]:
                yield Fault((part, index, "key"), f"{key!r} is there twice.", "Give each its own key.")  # D2
            if part == "fields" and key in OF_EVERY_RECORD:
                yield Fault((part, index, "key"), f"Every record has {key!r} already.", "Choose another key.")  # D2
    for index, one in enumerate(register.fields):
        if (one.kind is Kind.CHOICE) != bool(one.choices):
            yield Fault(
                ("fields", index, "choices"), f"{one.key!r}: choices go with the kind `choice`, and only there."
            )


def _usual(register: Register) -> Iterator[Fault]:
    title = register.field("title")
    if title is None or title.kind is not Kind.TEXT or not title.required or title.several:
        yield Fault(("fields",), "There is no required text field `title`.", "Add one: lists show it.")  # D1
    for key, kind in (("owner", Kind.PERSON), ("due", Kind.DATE)):
        one = register.field(key)
        if one is not None and (one.kind is not kind or one.several):
            yield Fault(("fields", register.fields.index(one), "kind"), f"`{key}` is one {kind}.")  # D1


def _steps(register: Register) -> Iterator[Fault]:
    states = [one.key for one in register.states]
    names = {one.key for one in register.fields} | OF_EVERY_RECORD
    steps = {one.key for one in register.transitions} | {"raiser", "owner"}
    for index, step in enumerate(register.transitions):
        at = ("transitions", index)
        yield from _missing((*at, "source"), step.source, states, "state")
        yield from _missing((*at, "target"), [step.target], states, "state")
        yield from _missing((*at, "needs"), step.needs, names, "field")
        for place, guard in enumerate(step.guards):
            yield from _missing((*at, "guards", place), guard.names, names, "field")
        yield from _missing((*at, "not_by"), step.not_by, steps, "transition")
        if step.happened in EVENTS:
            yield Fault((*at, "event"), f"{step.happened!r} happens to all records.", "Call the event differently.")
        if step.votes < 1:
            yield Fault((*at, "votes"), "Somebody must say yes.", "Ask for one vote at least.")
        if not step.source or not step.who:
            yield Fault(at, f"{step.key!r} needs a state to start from and somebody who may take it.")


def _missing(at: tuple[str | int, ...], wanted: Iterable[str], there: Iterable[str], what: str) -> Iterator[Fault]:
    """Yield what is named but not there (D3)."""
    known = sorted(there)
    for key in wanted:
        if key not in known:
            yield Fault(at, f"There is no {what} {key!r}.", f"There are: {', '.join(known)}.")


def _ways(register: Register) -> Iterator[Fault]:
    if not register.states:
        yield Fault(("states",), "A register has one state at least.", "Name the state of a new record first.")
        return
    reached = {register.initial}
    for _ in register.states:
        reached |= {step.target for step in register.transitions if reached & {*step.source}}
    for index, state in enumerate(register.states):
        if state.key not in reached:
            yield Fault(
                ("states", index), f"No transition leads to {state.key!r}.", "Add one, or drop the state."
            )  # D4
        leads = any(state.key in step.source and step.target != state.key for step in register.transitions)
        if state.open and not leads:
            yield Fault(
                ("states", index), f"Nothing leads out of {state.key!r}.", "Add a transition, or close it."
            )  # D4
