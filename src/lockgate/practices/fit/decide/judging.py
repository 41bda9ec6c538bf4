"""Does a claim hold? A probe and what an Odoo shows, and an answer with what was seen.

J2  What is not there does not do what is claimed of it: without the model or the field the claim does not hold. But
    where there are no records to look at, nobody can tell what they would hold.
J4  A group has the rights of all groups that it implies, and those that everybody has.
"""

from collections.abc import Callable
from typing import Any, Final

from lockgate.practices.fit.decide.answering import MOST, Answer, counted, no, same, shown, unread, untold, yes
from lockgate.practices.fit.decide.facts import Part, Seen
from lockgate.practices.fit.decide.settings import module, setting
from lockgate.workspace.frame.probes import AccessCheck, CountCheck, FieldCheck, Probe, ValueCheck


def judged(probe: Probe, seen: Seen) -> Answer:
    """Return whether the claim holds."""
    for name, answer in _ANSWERS.items():
        asked = getattr(probe.check, name)
        if asked is not None:
            return answer(asked, seen, probe.key)
    raise AssertionError(probe)  # a probe has exactly one check


def _missing_model(model: str, seen: Seen) -> Answer | None:
    """Return why there is nothing to look at, None when the model is there (J2)."""
    if trouble := unread(seen, Part.MODELS):
        return trouble
    return None if model in seen.models else no(f"this Odoo has no {model}")


def _field(check: FieldCheck, seen: Seen, _: str) -> Answer:
    about = f"{check.of}.{check.name}"
    if trouble := _missing_model(check.of, seen) or unread(seen, Part.FIELDS):
        return trouble
    found = seen.fields.get((check.of, check.name))
    if found is None:
        return no(f"{check.of} has no field {check.name}")
    if check.type and found.type != check.type:
        return no(f"{about} is {found.type}, not {check.type}")
    if check.relation and found.relation != check.relation:
        return no(f"{about} points to {found.relation or 'nothing'}, not to {check.relation}")
    if check.offers and check.offers not in found.choices:
        return no(f"{about} offers {', '.join(found.choices) or 'no choices'}, and not {check.offers}")
    return yes(f"{about} offers {check.offers}" if check.offers else f"there is {about}, {found.type}")


def _value(check: ValueCheck, seen: Seen, key: str) -> Answer:
    if trouble := _missing_model(check.of, seen) or unread(seen, Part.FIELDS):
        return trouble
    if (check.of, check.field) not in seen.fields:
        return no(f"{check.of} has no field {check.field}")
    rows = seen.rows[key]
    if rows.why_not:
        return untold(rows.why_not)
    if not rows.values:
        return untold(f"no {check.of} is there to look at")  # J2
    others = [value for value in rows.values if not same(value, check.is_)]
    if not others:
        return yes(f"{check.field} is {shown(check.is_)} in {counted(len(rows.values), 'record', 'records')}")
    kinds = list(dict.fromkeys(shown(value) for value in others))
    told = f"{', '.join(kinds[:MOST])}{' …' if len(kinds) > MOST else ''}"
    return no(f"{check.field} is {told} in {len(others)} of {counted(len(rows.values), 'record', 'records')}")


def _count(check: CountCheck, seen: Seen, key: str) -> Answer:
    if trouble := _missing_model(check.of, seen):
        return trouble
    rows = seen.rows[key]
    if rows.why_not:
        return untold(rows.why_not)
    least, most = check.at_least or 0, check.at_most
    holds = least <= rows.count and (most is None or rows.count <= most)
    asked = [f"at least {least}"] if check.at_least is not None else []
    asked += [f"at most {most}"] if most is not None else []
    said = f"there are {rows.count} of {check.of}"
    return yes(said) if holds else no(f"{said}; asked is {' and '.join(asked)}")


def _access(check: AccessCheck, seen: Seen, _: str) -> Answer:
    if trouble := _missing_model(check.of, seen) or unread(seen, Part.NAMES, Part.GROUPS, Part.RIGHTS):
        return trouble
    group = seen.names.get(check.group)
    if group is None or group.model != "res.groups":
        return no(f"this Odoo has no group {check.group}")
    groups = {None, group.id, *seen.implied.get(group.id, ())}  # J4
    rights = {right for one in seen.rights if one.model == check.of and one.group in groups for right in one.rights}
    lacks = [right for right in check.may if right not in rights]
    has = [right for right in check.may_not if right in rights]
    wrong = [*(f"can't {right}" for right in lacks), *(f"can {right}" for right in has)]
    if wrong:
        return no(f"{check.group} {' and '.join(wrong)} {check.of}")
    said = ", ".join(sorted(rights)) or "nothing"
    return yes(f"{check.group} may do this with {check.of}: {said}")


def _named(name: str, model: str, seen: Seen) -> Answer:
    if trouble := unread(seen, Part.NAMES):
        return trouble
    found = seen.names.get(name)
    if found is None:
        return no(f"this Odoo has no {name}")
    return yes(f"there is {name}") if found.model == model else no(f"{name} is of {found.model}, not of {model}")


_ANSWERS: Final[dict[str, Callable[[Any, Seen, str], Answer]]] = {
    "module": lambda name, seen, _: module(name, seen),
    "model": lambda name, seen, _: _missing_model(name, seen) or yes(f"there is {name}"),
    "field": _field,
    "setting": lambda check, seen, _: setting(check, seen),
    "value": _value,
    "count": _count,
    "group": lambda name, seen, _: _named(name, "res.groups", seen),
    "report": lambda name, seen, _: _named(name, "ir.actions.report", seen),
    "access": _access,
}
