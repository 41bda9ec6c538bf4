"""Which settings does an Odoo have, and what are its companies called? Read in the view of each company."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lockgate.odoo.client import Client
from lockgate.practices.template.decide.adopting import LeftOut, adoptable, settings_said, values_said
from lockgate.practices.template.decide.facts import COMPANY, SETTINGS, Models, Target
from lockgate.practices.template.decide.names import LINES, TO_MANY
from lockgate.practices.template.perform.looking.holding import settings_of
from lockgate.practices.template.perform.looking.looking import managed_in
from lockgate.practices.template.perform.looking.naming import called, note
from lockgate.practices.template.perform.looking.viewing import companies_of
from lockgate.practices.template.perform.telling.kept import sounds_secret

_NOT_SET: Final = frozenset({"company_id", "chart_template"})
"""What only says whose settings they are, or is said of the company itself."""


def others(client: Client) -> dict[str, Client]:
    """Return by name a view on each company but the own one; those without a name can't be told of."""
    ids = companies_of(client)
    names = called(client, {COMPANY: ids}, managed_in(client))
    return {
        names[Target(COMPANY, each)]: client.within(companies=[each, *(one for one in ids if one != each)])
        for each in ids[1:]
        if Target(COMPANY, each) in names
    }


def settings_of_companies(
    client: Client, models: Models, managed: Mapping[str, Target], left: list[LeftOut]
) -> Iterator[dict[str, Any]]:
    """Yield the settings, as resources: what all companies share, and what each has for itself."""
    fields = models[SETTINGS]
    asked = [
        name
        for name in sorted(adoptable(SETTINGS, models, stored=False))
        if not sounds_secret(name)
        and not name.startswith("module_")
        and name not in _NOT_SET
        and fields[name].type not in {LINES, TO_MANY, "datetime"}  # a moment is worked out anew each time
    ]
    held = {name: settings_of(there, asked) for name, there in {"": client, **others(client)}.items()}
    home = called(client, {COMPANY: companies_of(client)[:1]}, managed)
    names_at_home = "".join(home.values())
    held = {company or names_at_home: values for company, values in held.items()}
    wanted: dict[str, set[int]] = defaultdict(set)
    for values in held.values():
        note(values, fields, models, wanted)
    names = called(client, wanted, managed)
    for company, values in settings_said(held, fields, models).items():
        key = f"settings-{company.rpartition('.')[2].replace('_', '-')}" if company else "settings"
        said, lost = values_said(key, values, fields, (models, names))
        left += lost
        if said:
            about = {"company": company} if company else {}
            yield {"key": key, "model": SETTINGS, **about, "values": said}
