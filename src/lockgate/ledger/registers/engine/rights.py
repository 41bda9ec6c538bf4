"""May this person do that with this record? By role and scope, and never against the separation of duties.

P1  `anyone` is everybody, `owner` and `raiser` are whom the record names; every other word is a role.
P2  A role counts where its scope holds every site of the record; a record without a site is the programme's.
P3  `not_by` rules: whoever raised it, ever owned it, or ever took (or voted for) the step named may not take this one.
"""

from collections.abc import Collection, Mapping
from typing import Any

from lockgate.kernel.register import Register, Transition
from lockgate.ledger.registers.action import Actor, Refusal
from lockgate.ledger.registers.entry import Entry
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import sites_of


def missing_right(
    who: Collection[str],
    actor: Actor,
    values: Mapping[str, Any],
    *,
    register: Register,
    raiser: str,
    known: Known,
    doing: str,
) -> Refusal | None:
    """Return why the actor may not, None when it may (P1, P2)."""
    persons = {"owner": str(values.get("owner") or ""), "raiser": raiser}
    if "anyone" in who or any(persons.get(word) == actor.person for word in who):
        return None
    sites = sites_of(values, register)
    held = [grant for grant in actor.grants if grant.role in who and grant.role not in persons]
    if any(holds_role(actor, grant.role, sites, known) for grant in held):
        return None
    where = "" if sites == ("",) else f" for {', '.join(sites)}"
    has = f" {actor.person} is {', '.join(map(str, held))}." if held else ""
    return Refusal(
        "no-right",
        f"{actor.person} may not {doing}{where}.{has}",
        f"Ask one who may: {', '.join(_names(who, persons))}.",
    )


def holds_role(actor: Actor, role: str, sites: Collection[str], known: Known) -> bool:
    """Return whether somebody has a role in one scope that holds all of the sites (P2)."""
    scopes = [grant.scope for grant in actor.grants if grant.role == role]
    return any(all(known.covers(scope, site) for site in sites) for scope in scopes)


def barred(step: Transition, entry: Entry, actor: Actor) -> tuple[Refusal, ...]:
    """Return why the separation of duties keeps the actor from the step (P3)."""
    found = []
    for word in step.not_by:
        if actor.person in _bound(word, entry):
            did = {"raiser": "raised it", "owner": "owns it or owned it"}.get(word, f"took the step {word!r}")
            found.append(
                Refusal(
                    "separation-of-duties",
                    f"{actor.person} {did}, so may not take the step {step.key!r} of {entry.id}.",
                    f"Ask somebody else who may: {', '.join(step.who)}.",
                )
            )
    return tuple(found)


def _bound(word: str, entry: Entry) -> Collection[str]:
    if word == "raiser":
        return (entry.raised_by,)
    if word == "owner":
        return entry.owners
    taken = {person for step in entry.steps if step.transition == word for person in step.takers}
    return taken | {vote.by for vote in entry.votes if vote.transition == word and vote.yes}


def _names(who: Collection[str], persons: Mapping[str, str]) -> list[str]:
    return [f"the {word}, {persons[word]}" if persons.get(word) else word for word in who]
