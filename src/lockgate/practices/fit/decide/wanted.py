"""What has to be read for some probes? Worked out before anything is asked, so that each part is read once.

W1  A setting of a company stands in the company; one that is a group, in what every employee's group implies; one
    that is a module, in the state of the module; one that is a system parameter, there. Nothing has to be written to
    read any of them. Where another setting is kept can't be told from outside.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lockgate.practices.fit.decide.facts import FieldSeen
from lockgate.workspace.frame.probes import Probe, SettingCheck

SETTINGS = "res.config.settings"
EMPLOYEES = "base.group_user"
"""The group that everybody has who works in Odoo."""
_COMPANY = "company_id."


@dataclass(frozen=True)
class Wanted:
    """What has to be read first."""

    models: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    """Pairs of model and name."""
    names: tuple[str, ...]
    """External ids."""
    parameters: tuple[str, ...]
    rights: tuple[str, ...]
    """Models whose access rights count."""
    choices: tuple[tuple[str, str], ...]
    """Fields of which a choice is asked for."""


def wanted(probes: Iterable[Probe]) -> Wanted:
    """Return what has to be read for these probes."""
    checks = [probe.check for probe in probes]
    fields = [one.field for one in checks if one.field]
    settings = [one.setting for one in checks if one.setting]
    asked = [one.access for one in checks if one.access]
    named = [one.value or one.count for one in checks if one.value or one.count]
    models = {one.model for one in checks if one.model} | {one.of for one in (*fields, *asked, *named) if one}
    names = {name for one in checks for name in (one.group, one.report) if name}
    names |= {one.group for one in asked} | {one.group for one in settings if one.group}
    if settings:
        names.add(EMPLOYEES)
    pairs = {(one.of, one.name) for one in fields} | {(SETTINGS, one.name) for one in settings}
    pairs |= {(one.value.of, one.value.field) for one in checks if one.value}
    return Wanted(
        tuple(sorted(models)),
        tuple(sorted(pairs)),
        tuple(sorted(names)),
        tuple(sorted({one.parameter for one in settings if one.parameter})),
        tuple(sorted({one.of for one in asked})),
        tuple(sorted({(one.of, one.name) for one in fields if one.offers})),
    )


def company_field(setting: SettingCheck, found: FieldSeen | None) -> str | None:
    """Return the field of the company that a setting stands in, None where it stands elsewhere (W1)."""
    related = found.related if found else ""
    own = related.removeprefix(_COMPANY)
    direct = related.startswith(_COMPANY) and "." not in own
    return own if direct and not setting.name.startswith(("module_", "group_")) else None


def group_names(setting: SettingCheck, found: FieldSeen | None) -> tuple[str, ...]:
    """Return what the group behind a setting may be called, in the modules that bring the setting."""
    if setting.group:
        return (setting.group,)
    if not setting.name.startswith("group_"):
        return ()
    short = [f"group_{setting.name.removeprefix(f'group_{module}_')}" for module in (found.modules if found else ())]
    return tuple(dict.fromkeys([setting.name, *(name for name in short if not name.startswith("group_group_"))]))
