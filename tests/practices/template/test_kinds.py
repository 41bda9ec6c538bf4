"""Each thing of Odoo that a template can say is set up on a real one, found as it should be, and found when changed.

The recipes of examples/recipes are applied together, once; they are what the page of kinds shows.
"""

import shutil
from pathlib import Path

import pytest
import yaml

from faults.partners import client_of
from lockgate.odoo.external_ids import targets_of
from lockgate.practices.template.definition.kinds.table import KINDS

RECIPES = Path(__file__).parents[3] / "examples" / "recipes"
OTHERWISE = {
    "acme": ("city", "Brugge"),
    "acme-partner": None,
    "acme-trade": ("city", "Gent"),
    "bills-as-received": ("json_value", '"purchase"'),
    "booster-parts": ("product_qty", 2),
    "credit": None,
    "discount-15": ("has_comment", False),
    "features": None,
    "ghent-internal": None,
    "ghent-picking": ("reservation_days_before", 4),
    "ghent-receipts": ("create_backorder", "never"),
    "ghent-to-liege": ("product_categ_selectable", False),
    "gasket": ("purchase_method", "purchase"),
    "house-account": ("acc_number", "BE68 5390 0754 7034"),
    "pound": None,
    "pound-rate": ("rate", 0.9),
    "pumps-to-shelves": None,
    "session-hours": ("value", "9"),
}
"""What somebody writes by hand where it is not the first field; None where that is tried elsewhere."""


def declared():
    """Return what the recipes declare."""
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(RECIPES.rglob("*.yaml"))]
    return {one["key"]: one for file in files for one in file.get("resources", ())}


@pytest.fixture
def recipes(country, answers, programme_at):
    """A programme with all recipes, applied once."""
    made = programme_at(country)
    shutil.rmtree(made.folder / "template")
    shutil.copytree(RECIPES, made.folder / "template")
    if not answers:
        answers.append(made.apply())
    return made


@pytest.fixture
def odoo(country):
    """A client of its Odoo."""
    with client_of(country) as client:
        yield client


def test_all_recipes_are_applied_at_once_and_the_plan_is_empty(recipes, answers):
    [came] = answers
    assert (came["code"], came["refused"], came["differing"]) == (0, [], [])
    plan = recipes.say("plan")
    assert (plan["code"], plan["resources"], plan["unchanged"]) == (0, [], len(declared()) + PARTS)


@pytest.mark.usefixtures("recipes")
@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_stands_for_what_this_odoo_has(name, odoo):
    kind = KINDS[name]
    odd = list(_odd(kind.model, kind.shorts, odoo))
    fields = odoo.fields_get(kind.model, ["type"])
    odd += [field for field in (*kind.defaults, *kind.find, kind.of_company or "id") if field not in fields]
    assert odd == []


def test_what_is_changed_by_hand_is_found_of_every_resource(recipes, odoo):
    names = {key: f"lockgate.template__{key}" for key in declared() if OTHERWISE.get(key, "") is not None}
    targets = targets_of(odoo, sorted(names.values()))
    changed = {}
    for key, name in names.items():
        target = targets[name]
        field, value = OTHERWISE.get(key) or _first(odoo, target, declared()[key])
        odoo.write(target.model, target.id, {field: value})
        changed[key] = field

    found = recipes.say("drift", "--by", "ann")

    assert {(one["key"], one["field"]) for one in found["changes"]} == set(changed.items())
    assert recipes.apply()["differing"] == []


def test_what_odoo_holds_is_taken_into_the_file_in_the_words_of_the_kind(recipes, odoo):
    liege = targets_of(odoo, ["template__liege"])["template__liege"]
    file = recipes.folder / "template/stock/supply-between-warehouses.yaml"
    said = file.read_text(encoding="utf-8")
    odoo.write("stock.warehouse", liege.id, {"reception_steps": "one_step"})

    assert recipes.lockgate("adopt", "liege:reception_steps", "--by", "ann").code == 0

    assert "receipts: one step, deliveries: pick and ship" in file.read_text(encoding="utf-8")
    assert recipes.say("plan")["resources"] == []
    file.write_text(said, encoding="utf-8")
    assert recipes.apply()["differing"] == []  # other tests find it as the recipes say


PARTS = 4
"""Modules and languages that the recipes name."""


def _first(odoo, target, one):
    """Return the name of a record, and another name."""
    name = next(field for field in ("name", "reference", "price", "product_min_qty") if field in _said(one))
    [row] = odoo.read(target.model, [target.id], [name])
    return name, f"{row[name]} too" if isinstance(row[name], str) else row[name] + 1


def _said(one):
    """Return the fields that a resource says, by Odoo's names."""
    kind = KINDS.get(one.get("kind"))
    shorts = {short.name: short.field for short in kind.shorts} if kind else {}
    return [shorts.get(name, name) for name in one["values"]]


def _odd(model, shorts, odoo):
    """Yield each short name that hides a field, stands for none, or has words for what the field does not hold."""
    fields = odoo.fields_get(model, ["type", "relation", "selection"])
    for one in shorts:
        if one.name in fields and one.name != one.field:
            yield f"{one.name} hides a field"
        if one.field not in fields or not fields.keys() >= one.sets.keys():
            yield f"{one.name} stands for no field"
            continue
        choices = {key for key, _ in fields[one.field].get("selection") or ()}
        if choices and one.choices and choices != {*one.choices.values()}:
            yield f"{one.name} has other choices: {choices}"
        if one.lines:
            yield from _odd(fields[one.field]["relation"], one.lines, odoo)
