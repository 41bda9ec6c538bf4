"""What follows when somebody wants something of a gate? Events to write; or why not, which is on record too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lockgate.gates.asking.evaluating import CriterionState, GateState
from lockgate.gates.facts.history import REFUSED, Choice
from lockgate.gates.facts.wanted import People

Producers = Mapping[int, str]
"""Who took each piece of evidence, by its number."""


@dataclass(frozen=True)
class No:
    """One reason why something is not done, and what would help."""

    rule: str
    why: str
    do: str


@dataclass(frozen=True)
class Happening:
    """An event to be written into the ledger."""

    kind: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What follows: events to write, of which a refusal is one, and the reasons when it is refused."""

    events: tuple[Happening, ...]
    refusals: tuple[No, ...] = ()
    choice: Choice | None = None
    """The decision that was taken, None when votes are still lacking."""
    lacking: int = 0
    """How many votes it still takes."""


@dataclass(frozen=True)
class Electorate:
    """Who may decide, who stands for whom, and who had a hand in what is decided."""

    people: People
    producers: Producers
    delegates: Mapping[str, str]
    """The delegate of each person who has named one."""
    lent: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Who may vote for whom at this gate since a role was lent to them, with the record that says so."""

    def stands_for(self, person: str, behalf: str) -> bool:
        """Return whether the person may vote for the other."""
        return self.delegates.get(behalf) == person or (behalf, person) in self.lent


def refused(state: GateState, actor: str, wanted: str, refusals: Sequence[No]) -> Answer:
    """Return the refusals, and the event that keeps them: who tried what, and which rules said no."""
    rules = [no.rule for no in refusals]
    event = event_of(REFUSED, state, {"by": actor, "wanted": wanted, "rules": rules})
    return Answer((event,), tuple(refusals))


def no_right(state: GateState, actor: str, people: People) -> No:
    """Return that the person has not the role that decides the gate."""
    role = state.gate.decides.role
    names = ", ".join(sorted(people.holders(role, state.scope))) or "nobody"
    return No("D1", f"{actor} is not {role} for {state.scope}.", f"Those who are: {names}.")


def produced(criteria: Iterable[CriterionState], who: Electorate, person: str) -> list[str]:
    """Return the criteria of whose evidence the person produced a part."""
    return [
        found.criterion.key
        for found in criteria
        if any(who.producers.get(number) == person for number in found.found.evidence)
    ]


def had_a_hand(state: GateState, criteria: Sequence[CriterionState], who: Electorate, person: str) -> list[str]:
    """Return the criteria that the person owns, by whatever right, or of whose evidence they produced a part."""
    owned = [
        found.criterion.key for found in criteria if person in who.people.bound(found.criterion.owner, state.scope)
    ]
    return [*owned, *produced(criteria, who, person)]


def right_of(state: GateState, person: str, people: People) -> dict[str, Any]:
    """Return by which role somebody acts, and the record that gave it where it is not declared."""
    role = state.gate.decides.role
    return {"role": role, "given": people.given(role, state.scope).get(person, 0)}


def event_of(kind: str, state: GateState, more: Mapping[str, Any]) -> Happening:
    """Return an event about a gate."""
    return Happening(kind, {"gate": state.gate.key, "scope": str(state.scope), **more})
