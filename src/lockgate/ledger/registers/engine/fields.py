"""May a record be raised with these values, or edited to them?

E2  Who edits says which version was read. When it has changed since, the loser learns who changed what, and when.
E5  A record in a closed state is not edited: open it again first.
"""

from collections.abc import Mapping
from typing import Any

from lockgate.ledger.registers.action import Actor, Edit, Outcome, Raise, Refusal
from lockgate.ledger.registers.due import is_open
from lockgate.ledger.registers.engine.rights import missing_right
from lockgate.ledger.registers.engine.subject import On, changed_by, event_of, no, required, stale, state_of, way_out
from lockgate.ledger.registers.known import Known
from lockgate.ledger.registers.values import fitted, near


def raise_(action: Raise, actor: Actor, known: Known) -> Outcome:
    """Return the event of a new record, or why there can be none."""
    register = known.registers.get(action.register)
    if register is None:
        return no(
            Refusal(
                "unknown-register", f"There is no register {action.register!r}.", near(action.register, known.registers)
            )
        )
    values, refusals = fitted(action.values, register, known)
    given = {key: value for key, value in values.items() if value is not None}
    told = {refusal.field for refusal in refusals}
    missing = [one for one in register.fields if one.required and one.key not in given and one.key not in told]
    right = missing_right(
        register.raised_by, actor, given, register=register, raiser="", known=known, doing=f"raise a {register.key}"
    )
    refusals += tuple(map(required, missing))
    refusals += (right,) if right else ()
    if refusals:
        return no(*refusals)
    new = known.entries.next_id(register.prefix)
    return Outcome((event_of(register, "raised", new, state=register.initial, values=given),))


def edit(action: Edit, on: On) -> Outcome:
    """Return the event of an edit, none when it changes nothing, or why it may not be."""
    values, refusals = fitted(action.values, on.register, on.known)
    found = [*on.right(on.register.edited_by, f"edit {on.entry.id}"), *stale(action.version, on.entry), *refusals]
    changed = changed_by(values, on.entry)
    moved = {**on.entry.values, **changed}
    if not found and moved != on.entry.values:
        found += on.right(on.register.edited_by, f"move {on.entry.id} there", _as_owned(moved, on))
    if not is_open(on.entry, on.register):
        found.append(
            Refusal("closed", f"{on.entry.id} is {state_of(on)}, so it is not edited.", way_out(on))  # E5
        )
    found += [
        required(one) for one in on.register.fields if one.required and one.key in changed and changed[one.key] is None
    ]
    if found:
        return no(*found)
    files = {"artifacts": list(action.files)} if action.files else {}
    return Outcome((on.event("edited", values=changed, **files),) if changed else ())


def _as_owned(moved: Mapping[str, Any], on: On) -> Mapping[str, Any]:
    """Return the new values with the old owner, so that a record can be handed over by the one who has it."""
    return {**moved, "owner": on.entry.values.get("owner")}
