"""What does an Odoo show of the resources? Read in bulk: a few calls for each model, however many records there are.

K1  Looking calls no method that writes.
K2  Texts are read as they are in English, the language that Odoo's records are written in first, and then in others.
"""

from collections.abc import Sequence
from dataclasses import replace

from lockgate.odoo.client import Client
from lockgate.odoo.external_ids import OWN_MODULE, targets_of
from lockgate.practices.template.decide.facts import SETTINGS, Declared, Live, Part, Target
from lockgate.practices.template.decide.known import PREFIX, key_of, names_of, record_of
from lockgate.practices.template.decide.names import filled
from lockgate.practices.template.decide.planning import Step
from lockgate.practices.template.perform.looking.finding import with_found
from lockgate.practices.template.perform.looking.holding import THE_SETTINGS, records_of
from lockgate.practices.template.perform.looking.modelling import models_of
from lockgate.practices.template.perform.looking.parts import states
from lockgate.practices.template.perform.looking.viewing import everywhere


def external_id(key: str) -> str:
    """Return the external id of a resource's record."""
    return f"{OWN_MODULE}.{PREFIX}{key}"


def taking_over(step: Step, record: int) -> dict[str, object]:
    """Return the external id that makes a record the one of a resource."""
    name = f"{PREFIX}{step.key}"
    return {"module": OWN_MODULE, "name": name, "model": step.model, "res_id": record, "noupdate": True}


def look(client: Client, declared: Sequence[Declared], parts: Sequence[Part] = ()) -> Live:
    """Return what this Odoo shows of the resources, and of the modules and languages that they need."""
    there = everywhere(client)
    managed = managed_in(there)
    models = models_of(there, declared, {target.model for target in managed.values()})
    settings = {one.resource.key: Target(SETTINGS, THE_SETTINGS) for one in declared if one.resource.model == SETTINGS}
    in_parts = bool(parts) or any(one.resource.translations for one in declared)
    live = Live(models, managed | settings, parts=states(there) if in_parts else {})
    live = replace(live, managed=_standing(there, live))
    live = _referred(there, declared, live)
    live = with_found(there, declared, live)
    if live.found:  # what is found may be in the external ids of what is referred to
        live = _referred(there, declared, live)
        live = with_found(there, declared, live)
    return replace(live, records=records_of(there, declared, live))


def managed_in(client: Client) -> dict[str, Target]:
    """Return by key the records that a template made or took over."""
    domain = [["module", "=", OWN_MODULE], ["name", "=like", f"{PREFIX}%"]]
    rows = client.search_read("ir.model.data", domain, ["name", "model", "res_id"], order="id", load="")
    keys = {row["name"]: key_of(row["name"]) for row in rows}
    return {key: Target(row["model"], row["res_id"]) for row in rows if (key := keys[row["name"]]) is not None}


def _standing(client: Client, live: Live) -> dict[str, Target]:
    """Return what is managed without what was deleted by hand."""
    there: set[Target] = set()
    for model in {target.model for target in live.managed.values()} & live.models.keys():
        ids = [target.id for target in live.managed.values() if target.model == model]
        if model == SETTINGS:
            there.add(Target(SETTINGS, THE_SETTINGS))
        else:
            there |= {Target(model, each) for each in client.search(model, [["id", "in", ids]])}
    return {key: target for key, target in live.managed.items() if target in there}


def _referred(client: Client, declared: Sequence[Declared], live: Live) -> Live:
    named = {name for one in declared for name in names_of(one, live) if "." in name}
    full = {filled(name, lambda key: record_of(key, live)) for name in named}
    found = targets_of(client, sorted(name for name in full if name))
    return replace(live, references={name: Target(one.model, one.id) for name, one in found.items()})
