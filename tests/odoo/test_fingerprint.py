"""Does the fingerprint tell the truth about a real Odoo?"""

from collections.abc import Iterator

import pytest

from lockgate.kernel.capability import Edition, app_sets, enterprise_modules, oca_modules
from lockgate.kernel.secret import Secret
from lockgate.odoo.acting import Acting
from lockgate.odoo.client import Client
from lockgate.odoo.connect import connect
from lockgate.odoo.credentials import ApiKey
from lockgate.odoo.fingerprint import Company, Owner, fingerprint


@pytest.fixture(scope="module")
def own(lab):
    """A database of these tests' own, straight from the lab's template."""
    with lab.clone() as made:
        yield made


def signed_in(live, key=None, **options) -> Client:
    return connect(live.url, live.database, ApiKey(key or Secret(live.api_key)), allow_private=True, **options)


@pytest.fixture
def admin(own) -> Iterator[Client]:
    with signed_in(own) as client:
        yield client


def test_the_lab_is_a_community_with_all_thirteen_capabilities(own):
    with signed_in(own, read_only=True) as client:
        found = fingerprint(client)
        assert client.stats.calls <= 9
    assert (found.version, found.edition, found.unknown) == ("19.0", Edition.COMMUNITY, ())
    assert [name for name, item in found.capabilities.items() if not item.ready or item.missing_extras] == []
    assert sorted(module.name for module in found.modules if module.owner == Owner.OCA) == sorted(oca_modules())
    assert {module.owner for module in found.modules} == {Owner.CORE, Owner.OCA}
    assert found.companies == (Company("My Company", "US", "USD"),)
    assert found.languages == ("en_US",)
    assert len(found.uuid or "") == 36


def test_two_looks_are_equal_and_a_clone_is_of_the_same_make(lab, admin):
    first = fingerprint(admin)
    assert fingerprint(admin.within(lang="en_US", tz="Asia/Tokyo", active_test=True)) == first
    with lab.clone(admin.server.database) as made, signed_in(made) as client:
        clone = fingerprint(client)
    assert clone.uuid != first.uuid
    assert clone.digest != first.digest
    assert clone.digest_of_make == first.digest_of_make


def test_what_is_made_by_hand_is_found_and_moves_the_digest(fresh):
    with signed_in(fresh) as client:
        before = fingerprint(client)
        customise(client)
        after = fingerprint(client)
        assert before.custom == ()
        assert [(custom.kind, custom.name) for custom in after.custom] == [
            ("action", "Rename"),
            ("automation", "Rename new ones"),
            ("code", "Greet"),
            ("field", "res.partner.x_grade"),
            ("field", "x_claim.x_name"),
            ("model", "x_claim"),
            ("view", "Partners of ours"),
            ("view", "base.view_partner_tree"),
        ]
        assert after.digest != before.digest
        edit_the_code(client)
        assert [old.name for old, new in zip(after.custom, fingerprint(client).custom, strict=True) if old != new] == [
            "Greet"
        ]


def customise(client: Client) -> None:
    (partner,) = client.search("ir.model", [["model", "=", "res.partner"]])
    field = {"model_id": partner, "name": "x_grade", "ttype": "char", "field_description": "Grade"}
    client.create("ir.model.fields", [field])
    own_field = [0, 0, {"name": "x_name", "ttype": "char", "field_description": "Name"}]
    client.create("ir.model", [{"model": "x_claim", "name": "Claim", "field_id": [own_field]}])
    client.create("ir.actions.server", [{"name": "Greet", "model_id": partner, "state": "code", "code": "pass"}])
    step = {"name": "Rename", "model_id": partner, "state": "object_write", "update_path": "function", "value": "x"}
    automation = {"name": "Rename new ones", "model_id": partner, "trigger": "on_create_or_write"}
    client.create("base.automation", [{**automation, "action_server_ids": [[0, 0, step]]}])
    view = client.call("ir.model.data", "check_object_reference", module="base", xml_id="view_partner_tree")[1]
    (arch,) = client.read("ir.ui.view", view, ["arch"])
    client.write("ir.ui.view", view, {"arch": arch["arch"] + "<!-- ours -->"})
    own_view = {"name": "Partners of ours", "model": "res.partner", "arch": '<list><field name="name"/></list>'}
    client.create("ir.ui.view", [own_view])


def edit_the_code(client: Client) -> None:
    client.write("ir.actions.server", client.search("ir.actions.server", [["name", "=", "Greet"]]), {"code": "x = 1"})


def test_a_plain_users_look_says_what_it_could_not_see(admin, own):
    group = admin.call("ir.model.data", "check_object_reference", module="base", xml_id="group_user")[1]
    admin.create("res.users", [{"name": "Looker", "login": "looker", "group_ids": [[6, 0, [group]]]}])
    with Acting(admin, connect=lambda key: signed_in(own, key.key)) as acting:
        found = fingerprint(acting.as_user("looker"))
    assert found.unknown == (
        "uuid",
        "companies",
        "custom models",
        "custom fields",
        "custom code",
        "custom automations",
        "custom views",
    )
    assert (found.uuid, found.custom, found.edition) == (None, (), Edition.COMMUNITY)
    assert found.modules == fingerprint(admin).modules
    assert found.digest_of_make != fingerprint(admin).digest_of_make


def test_every_free_module_of_the_table_is_known_to_odoo_and_no_enterprise_one_is_free(admin):
    rows = admin.search_read("ir.module.module", [], ["name", "license", "state"])
    known = {row["name"]: row for row in rows}
    assert [name for modules in app_sets().values() for name in modules if name not in known] == []
    free = [row["name"] for row in rows if row["license"] != "OEEL-1" or row["state"] != "uninstallable"]
    assert enterprise_modules() & set(free) == set()
