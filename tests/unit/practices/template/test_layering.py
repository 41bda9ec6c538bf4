"""What holds at a site? Rules L1 to L3."""

import pytest

from lockgate.practices.template.decide.facts import Declared
from lockgate.practices.template.decide.layering import Deviation, Local, merged
from lockgate.practices.template.definition import LocalChange, Resource

TODAY = "2026-03-31"
PUMP = Resource(
    key="pump",
    model="product.template",
    values={"name": "Pump", "list_price": 12, "product_tag_ids": ["urgent", "fragile"]},
    open=("list_price",),
)
DECLARED = [Declared(PUMP, "template/items.yaml", 0)]
BELGIUM, GHENT, BRUGES = ("be",), ("ghent", "be"), ("bruges", "be")


def local(above, values, deviation=None, number=0):
    change = LocalChange(resource="pump", values=values, deviation=deviation)
    return Local(change, above[0], above, f"template/sites/{above[0]}/items.yaml", number)


def hold(*changes, **deviations):
    found = merged(DECLARED, changes, deviations, TODAY)
    return found.declared[0].resource.values, [(fault.code, fault.path, fault.what) for fault in found.faults]


def test_a_site_sets_what_is_left_open_and_the_nearest_layer_wins():  # L1, L2
    values, faults = hold(local(GHENT, {"list_price": 14}), local(BELGIUM, {"list_price": 13}))
    assert (values, faults) == ({**PUMP.values, "list_price": 14}, [])


def test_where_each_value_comes_from_is_known():
    found = merged(DECLARED, [local(BELGIUM, {"list_price": 13}), local(GHENT, {"list_price": 14})], {}, TODAY)
    told = [(one.site, one.value, one.allowed_by) for one in found.layers if one.field == "list_price"]
    assert told == [("", 12, ""), ("be", 13, "open"), ("ghent", 14, "open")]
    [one] = found.declared
    assert one.place("values", "list_price") == (
        "template/sites/ghent/items.yaml",
        ("changes", 0, "values", "list_price"),
    )
    assert one.place("values", "name") == ("template/items.yaml", ("resources", 0, "values", "name"))


@pytest.mark.parametrize(
    ("change", "tags"),
    [
        ({"has": ["heavy"]}, ["urgent", "fragile", "heavy"]),
        ({"lacks": ["urgent"]}, ["fragile"]),
        ({"has": ["fragile"], "lacks": ["urgent"]}, ["fragile"]),
        (["heavy"], ["heavy"]),
    ],
)
def test_a_list_of_names_is_added_to_and_taken_from(change, tags):  # L2
    allowed = Deviation("DEV-1", "approved", "be", "pump")
    values, faults = hold(local(BELGIUM, {"product_tag_ids": change}, "DEV-1"), **{"DEV-1": allowed})
    assert (values["product_tag_ids"], faults) == (tags, [])


@pytest.mark.parametrize(
    ("deviation", "why"),
    [
        (None, "no deviation is named"),
        ("DEV-9", "there is no deviation DEV-9"),
        ("DEV-1", "DEV-1 is proposed, not approved"),
        ("DEV-2", "DEV-2 is for bruges"),
        ("DEV-3", "DEV-3 is about `valve`"),
        ("DEV-4", "DEV-4 ended on 2026-03-30"),
    ],
)
def test_anything_else_takes_an_approved_deviation(deviation, why):  # L1
    there = {
        "DEV-1": Deviation("DEV-1", "proposed", "ghent", "pump"),
        "DEV-2": Deviation("DEV-2", "approved", "bruges", "pump"),
        "DEV-3": Deviation("DEV-3", "approved", "ghent", "valve"),
        "DEV-4": Deviation("DEV-4", "approved", "ghent", "pump", "2026-03-30"),
    }
    _, faults = hold(local(GHENT, {"name": "Pomp", "list_price": 3}, deviation), **there)
    what = f"`name` of `pump` is not left open, and {why}"
    assert faults == [("closed-value", "template/sites/ghent/items.yaml", what)]


@pytest.mark.parametrize(
    "deviation",
    [
        Deviation("DEV-1", "approved", "ghent", "pump", TODAY),
        Deviation("DEV-1", "approved", "be", "product.template:pump", "2027-01-01"),
    ],
)
def test_a_deviation_of_the_site_or_one_above_it_allows_it_until_its_end(deviation):  # L1
    values, faults = hold(local(GHENT, {"name": "Pomp"}, "DEV-1"), **{"DEV-1": deviation})
    assert (values["name"], faults) == ("Pomp", [])


def test_two_sites_in_one_odoo_can_t_want_different_things():  # L3
    _, faults = hold(local(GHENT, {"list_price": 14}), local(BRUGES, {"list_price": 15}))
    what = "ghent wants something else of `list_price` of `pump`"
    assert faults == [("contradiction", "template/sites/bruges/items.yaml", what)]
    assert hold(local(GHENT, {"list_price": 14}), local(BRUGES, {"list_price": 14}))[1] == []


def test_what_is_changed_of_a_resource_that_is_not_set_up_here_is_left():
    elsewhere = LocalChange(resource="valve", values={"name": "Vanne"})
    found = merged(DECLARED, [Local(elsewhere, "be", ("be",), "template/sites/be/items.yaml", 0)], {}, TODAY)
    assert (found.declared, found.faults) == (tuple(DECLARED), ())


FRENCH = Resource(
    key="pump",
    model="product.template",
    values={"name": "Pump"},
    company="acme",
    by_company={"acme": {"standard_price": 7}},
    translations={"fr_BE": {"name": "Pompe"}},
    open=("standard_price",),
)


def hold_french(change, *, deviations=None):
    path = "template/sites/ghent/items.yaml"
    found = merged([Declared(FRENCH, "a.yaml", 0)], [Local(change, "ghent", GHENT, path, 0)], deviations or {}, TODAY)
    return found.declared[0], found


def test_a_site_sets_what_holds_in_a_company_by_the_same_rules():  # L4
    change = LocalChange(resource="pump", by_company={"acme": {"standard_price": 8}, "acme-de": {"standard_price": 9}})
    one, found = hold_french(change)
    assert one.resource.by_company == {"acme": {"standard_price": 8}, "acme-de": {"standard_price": 9}}
    assert found.faults == ()
    told = [(each.site, each.way, each.value) for each in found.layers if each.field == "standard_price"]
    assert told == [
        ("", ("by_company", "acme"), 7),
        ("ghent", ("by_company", "acme"), 8),
        ("ghent", ("by_company", "acme-de"), 9),
    ]
    assert one.place("by_company", "acme", "standard_price") == (
        "template/sites/ghent/items.yaml",
        ("changes", 0, "by_company", "acme", "standard_price"),
    )


def test_a_text_in_another_language_takes_a_deviation_where_it_is_not_open():  # L1, L4
    said = {"fr_BE": {"name": "Pompe de Gand"}}
    one, found = hold_french(LocalChange(resource="pump", translations=said))
    assert (one.resource.translations, one.resource.values) == (said, {"name": "Pump"})
    assert [(fault.code, fault.steps) for fault in found.faults] == [
        ("closed-value", ("changes", 0, "translations", "fr_BE", "name"))
    ]
    approved = {"DEV-1": Deviation("DEV-1", "approved", "ghent", "pump")}
    _, allowed = hold_french(LocalChange(resource="pump", translations=said, deviation="DEV-1"), deviations=approved)
    assert allowed.faults == ()


def test_two_sites_can_t_want_different_texts():  # L3, L4
    there = [
        Local(LocalChange(resource="pump", translations={"fr_BE": {"name": name}}), site[0], site, "b.yaml", 0)
        for name, site in (("Pompe 1", GHENT), ("Pompe 2", BRUGES))
    ]
    open_to_all = FRENCH.model_copy(update={"open": ("name",)})
    found = merged([Declared(open_to_all, "a.yaml", 0)], there, {}, TODAY)
    assert [(fault.code, fault.what) for fault in found.faults] == [
        ("contradiction", "ghent wants something else of `name` of `pump`")
    ]
