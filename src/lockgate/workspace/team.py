"""Who could be there on the first day? An example team for the roles of the playbooks, as text with comments.

E1  Every role has somebody, and as many as it takes where several have to agree.
E2  What may be decided up to a sum is written out, so that the sum is the programme's own, in its own currency.
"""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from lockgate.workspace.brought import Method
from lockgate.workspace.frame.people import DecisionRight, Role

_WIDTH = 110


def person(role: str, number: int = 1) -> str:
    """Return the key of an example person."""
    return f"example-{role}" if number == 1 else f"example-{role}-{number}"


def people(method: Method, needed: Mapping[str, int]) -> str:
    """Return the lines of the people, where gates need so many in a role (E1)."""
    quorums = {(right.role, right.quorum) for right in method.decision_rights.values()}
    counts = {
        key: max(needed.get(key, 1), *(quorum for role, quorum in {*quorums, (key, 1)} if role == key))
        for key in method.roles
    }
    return "\n".join(line for key, role in method.roles.items() for line in _people(role, counts[key]))


def rights(method: Method, currency: str) -> str:
    """Return the lines of the decision rights that have a sum (E2)."""
    return "\n".join(line for right in method.decision_rights.values() for line in _right(right, currency))


def keys(known: Iterable[str]) -> str:
    """Return keys as the lines of a comment."""
    return "\n".join(f"# {line}" for line in wrap(f"{', '.join(known)}.", _WIDTH, break_on_hyphens=False))


def _people(role: Role, count: int) -> Iterator[str]:
    yield f"  # {role.title}{f': {role.answers_for}' if role.answers_for else ''}."
    for number in range(1, count + 1):
        yield f"  - key: {person(role.key, number)}"
        yield "    roles:"
        yield f"      - role: {role.key}"


def _right(right: DecisionRight, currency: str) -> Iterator[str]:
    if right.up_to is None:
        return
    yield f"  # {right.title}."
    said = [f"key: {right.key}", f'title: "{right.title}"', f"role: {right.role}"]
    said += [f"quorum: {right.quorum}"] if right.quorum > 1 else []
    said += [f"level: {right.level}"] if right.level != type(right).model_fields["level"].default else []
    said += [f"up_to: {{ amount: {right.up_to.amount:.0f}, currency: {currency} }}"]
    said += [f"beyond: {right.beyond}"] if right.beyond else []
    yield f"  - {{ {', '.join(said)} }}"
