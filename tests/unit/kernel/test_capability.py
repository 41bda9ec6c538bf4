from lockgate.kernel.capability import (
    Edition,
    app_sets,
    capabilities,
    controls,
    enterprise_modules,
    oca_modules,
    recognise,
)

THIRTEEN = (
    "CRM",
    "Sales",
    "Purchase",
    "Inventory",
    "Accounting",
    "Manufacturing",
    "Quality",
    "Maintenance",
    "Planning",
    "Project",
    "Documents",
    "Helpdesk",
    "HR",
)


def test_the_thirteen_capabilities_are_named_in_their_order():
    assert tuple(capability.name for capability in capabilities()) == THIRTEEN


def test_an_odoo_without_modules_has_no_capability():
    found = recognise([])
    assert {name: item.ready for name, item in found.items()} == dict.fromkeys(THIRTEEN, False)
    assert found["Documents"].missing == ("dms", "document_page_approval")


def test_community_has_a_capability_once_all_it_requires_is_installed():  # R1
    half = recognise(["dms", "document_page"])["Documents"]
    assert (half.ready, half.edition, half.missing) == (False, None, ("document_page_approval",))
    whole = recognise(["dms", "document_page", "document_page_approval"])["Documents"]
    assert (whole.ready, whole.edition, whole.missing) == (True, Edition.COMMUNITY, ())
    assert whole.present == ("dms", "document_page_approval", "document_page")


def test_enterprise_has_quality_by_its_own_modules_and_misses_nothing():  # R1
    found = recognise(["quality", "quality_control", "quality_mrp"])["Quality"]
    assert (found.ready, found.edition, found.missing) == (True, Edition.ENTERPRISE, ())
    assert found.present == ("quality", "quality_control", "quality_mrp")


def test_the_technical_base_of_enterprise_quality_is_not_quality():  # R1: mrp_workorder brings `quality` along
    found = recognise(["mrp", "mrp_workorder", "quality"])
    assert (found["Quality"].ready, found["Quality"].missing) == (False, ("quality_control_oca",))
    assert found["Manufacturing"].edition == Edition.ENTERPRISE


def test_where_both_editions_have_it_enterprise_is_named():  # R2
    assert recognise(["helpdesk_mgmt", "helpdesk"])["Helpdesk"].edition == Edition.ENTERPRISE


def test_extras_do_not_decide_whether_a_capability_is_there():  # R3
    bare = recognise(["maintenance"])["Maintenance"]
    assert (bare.ready, bare.missing_extras) == (True, ("hr_maintenance", "maintenance_plan"))
    assert recognise(["hr_maintenance", "maintenance_plan"])["Maintenance"].ready is False


def test_an_app_without_an_enterprise_way_is_made_by_community_modules_everywhere():
    assert recognise(["purchase", "web_enterprise"])["Purchase"].edition == Edition.COMMUNITY


def test_the_set_all_makes_every_capability_with_every_extra():
    found = recognise(app_sets()["all"])
    assert {name: (item.ready, item.missing_extras) for name, item in found.items()} == dict.fromkeys(
        THIRTEEN, (True, ())
    )


def test_each_smaller_set_makes_the_capabilities_of_its_trade():
    ready = {
        apps: tuple(name for name, item in recognise(modules).items() if item.ready)
        for apps, modules in app_sets().items()
    }
    factory = ("Manufacturing", "Quality", "Maintenance", "Planning")
    assert ready == {
        "core": THIRTEEN[:5],
        "distribution": tuple(name for name in THIRTEEN if name not in factory),
        "manufacturing": tuple(name for name in THIRTEEN if name not in {"CRM", "Helpdesk"}),
        "all": THIRTEEN,
    }


def test_the_core_set_needs_no_module_from_oca():
    assert set(app_sets()["core"]) & set(oca_modules()) == set()


def test_what_an_oca_module_needs_of_oca_stands_before_it_and_only_once():
    modules = app_sets()["all"]
    assert len(set(modules)) == len(modules)
    assert modules.index("date_range") < modules.index("account_financial_report")
    assert modules.index("base_exception") < modules.index("sale_exception")


def test_every_oca_module_is_installed_by_the_set_all():
    assert set(oca_modules()) - set(app_sets()["all"]) == set()


def test_no_module_is_both_free_and_enterprise():
    free = {module for modules in app_sets().values() for module in modules}
    assert free & enterprise_modules() == set()


def test_no_module_makes_two_capabilities():
    named = [module for capability in capabilities() for module in capability.modules]
    named += [module for modules in controls().values() for module in modules]
    assert sorted(named) == sorted(set(named))
