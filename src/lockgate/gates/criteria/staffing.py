"""Is there somebody to decide each gate, and to act on each criterion? Roles with too few people, for whom and where.

T1  A role that decides a gate or owns one of its criteria has a holder, for everybody whom the gate is asked for.
T2  As many people hold the deciding role as have to agree.
T3  Who alone holds the deciding role owns no criterion of the gate: they could not decide it alone (D5 of voting).
T4  What is lacking is told once for each role, with the scopes and the gates.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from lockgate.gates.criteria.definition import Gate
from lockgate.kernel.scope import Scope


class Lacking(StrEnum):
    """What is the matter with the people of a role."""

    NOBODY = "nobody-acts"
    TOO_FEW = "too-few-decide"
    ALONE = "decides-alone"


@dataclass(frozen=True)
class Lack:
    """A role with too few people."""

    code: Lacking
    role: str
    there: tuple[str, ...] = ()
    """Who has the role."""
    quorum: int = 1
    """How many have to agree."""


@dataclass
class Where:
    """For whom, and at which gates, people are lacking; in the order in which they were met."""

    scopes: dict[str, None] = field(default_factory=dict)
    gates: dict[str, None] = field(default_factory=dict)


Holders = Callable[[str, Scope], tuple[str, ...]]


def needed(gates: Iterable[Gate]) -> Mapping[str, int]:
    """Return how many people it takes in each role, so that nothing is lacking when nobody has two roles."""
    found: dict[str, int] = defaultdict(lambda: 1)
    for gate in gates:
        owners = {criterion.owner for criterion in gate.criteria}
        least = 2 if gate.decides.role in owners else 1  # T3
        found[gate.decides.role] = max(found[gate.decides.role], gate.decides.quorum, least)
    return found


def lacks(gates: Iterable[Gate], scopes: Callable[[Gate], Iterable[Scope]], holders: Holders) -> Mapping[Lack, Where]:
    """Return what lacks people, and where (T4)."""
    asked = cache(holders)
    found: dict[Lack, Where] = {}
    for gate in gates:
        for scope in scopes(gate):
            for lack in _lacks(gate, scope, asked):
                where = found.setdefault(lack, Where())
                where.scopes.setdefault(str(scope))
                where.gates.setdefault(gate.key)
    return found


def _lacks(gate: Gate, scope: Scope, holders: Holders) -> Iterator[Lack]:
    role, quorum = gate.decides.role, gate.decides.quorum
    owners = dict.fromkeys(criterion.owner for criterion in gate.criteria if criterion.owner)
    for each in dict.fromkeys((role, *owners)):
        if not holders(each, scope):
            yield Lack(Lacking.NOBODY, each)  # T1
    deciding = holders(role, scope)
    if 0 < len(deciding) < quorum:
        yield Lack(Lacking.TOO_FEW, role, deciding, quorum)  # T2
    elif len(deciding) == 1 and any(deciding[0] in holders(owner, scope) for owner in owners):
        yield Lack(Lacking.ALONE, role, deciding)  # T3
