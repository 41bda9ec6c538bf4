"""Does a setting stand as it should? Told from where it is kept.

J3  A setting holds when every company says so.
"""

from lockgate.practices.fit.decide.answering import MOST, Answer, State, counted, no, same, shown, unread, untold, yes
from lockgate.practices.fit.decide.facts import FieldSeen, Part, Seen
from lockgate.practices.fit.decide.wanted import EMPLOYEES, SETTINGS, company_field, group_names
from lockgate.workspace.frame.probes import Plain, SettingCheck

INSTALLED = frozenset({"installed", "to upgrade"})
_TRUE = frozenset({"true", "1"})
_FALSE = frozenset({"", "false", "0"})


def setting(check: SettingCheck, seen: Seen) -> Answer:
    """Return whether a setting stands as it should."""
    if trouble := unread(seen, Part.FIELDS):
        return trouble
    found = seen.fields.get((SETTINGS, check.name))
    if found is None and check.parameter is None and check.group is None:
        return no(f"this Odoo has no setting {check.name}")
    if check.parameter:
        return _parameter(check.parameter, check.is_, seen)
    if check.name.startswith("module_"):
        answer = module(check.name.removeprefix("module_"), seen)
        return answer if check.is_ is True or answer.state is State.UNTOLD else _turned(answer)
    own = company_field(check, found)
    if own:
        return _in_companies(own, check.is_, seen)
    return _implied(check, found, seen)


def _turned(answer: Answer) -> Answer:
    return Answer(State.NOT_HELD if answer.state is State.HELD else State.HELD, answer.seen)


def _parameter(name: str, expected: Plain, seen: Seen) -> Answer:
    if trouble := unread(seen, Part.PARAMETERS):
        return trouble
    given = seen.parameters.get(name, "")
    holds = given.lower() in (_TRUE if expected else _FALSE) if isinstance(expected, bool) else given == str(expected)
    return Answer(State.HELD if holds else State.NOT_HELD, f"{name} is {given or 'not set'}")


def _in_companies(name: str, expected: Plain, seen: Seen) -> Answer:
    """Return whether every company says so (J3)."""
    if trouble := unread(seen, Part.COMPANIES):
        return trouble
    others = [company for company in seen.companies if not same(company.get(name), expected)]
    if not others:
        return yes(f"{name} is {shown(expected)} in {counted(len(seen.companies), 'company', 'companies')}")
    said = [f"{shown(company.get(name))} in {company['name']}" for company in others[:MOST]]
    more = f" and {len(others) - MOST} more" if len(others) > MOST else ""
    return no(f"{name} is {', '.join(said)}{more}")


def _implied(check: SettingCheck, found: FieldSeen | None, seen: Seen) -> Answer:
    """Return whether all employees have the group that the setting stands for."""
    if trouble := unread(seen, Part.NAMES, Part.GROUPS):
        return trouble
    names = group_names(check, found)
    groups = [name for name in seen.names if name in names or name.partition(".")[2] in names]
    if len(groups) != 1:
        hint = "name the `group` or `parameter` behind it"
        return untold(f"where {check.name} is kept can't be told from outside: {hint}")
    employees = seen.names.get(EMPLOYEES)
    on = employees is not None and seen.names[groups[0]].id in seen.implied.get(employees.id, frozenset())
    said = f"{groups[0]} is {'given' if on else 'not given'} to all employees"
    return Answer(State.HELD if on is bool(check.is_) else State.NOT_HELD, said)


def module(name: str, seen: Seen) -> Answer:
    """Return whether a module is installed."""
    if trouble := unread(seen, Part.MODULES):
        return trouble
    state = seen.modules.get(name)
    if state in INSTALLED:
        return yes(f"{name} is installed")
    return no(f"{name} is {state}" if state else f"this Odoo has no module {name}")
