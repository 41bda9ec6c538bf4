"""Do the records of another Odoo come as an extract: whole, in the order of their ids, and by reading alone?"""

import json

import pytest

from faults.proxy import FaultProxy
from lockgate.odoo.calls.policy import READING
from lockgate.odoo.keys import mint_for
from lockgate.practices.migration.perform.rounds import round_of

OLD = """
[instances.old]
role = "production"
url = "{url}"
database = "{database}"
key_variable = "OLD_KEY"
"""
DECLARED = """
sources:
  - {key: old, title: The old Odoo, kind: odoo, instance: old}
domains:
  - {key: partners, title: Partners, owner: example-sponsor, why: We sell to them}
datasets:
  - key: partners
    title: Partners of the old Odoo
    source: old
    model: res.partner
    fields: [external_id, name, ref, country_id, country_id/id, category_id, is_company, color, partner_latitude,
      active]
    where: [[ref, =like, OLD%]]
    archived: true
    id: [ref]
    columns: {partner_latitude: {type: decimal}, is_company: {type: boolean}, color: {type: integer}}
mappings:
  - key: customer
    domain: partners
    model: res.partner
    dataset: partners
    fields:
      name: s.name
      ref: "replace(s.ref, 'OLD', 'NEW')"
      is_company: s.is_company
      active: {of: s.active, map: {"true": "true", "false": "false"}}
      country_id: {of: s."country_id/id", resource: true}
"""
ROWS = "from raw.partners order by _row"


@pytest.fixture
def old(programme, lab, odoo, monkeypatch):
    """Partners that the old Odoo holds; the programme is to read them from there, as somebody with few rights."""
    plain = odoo.call("ir.model.data", "check_object_reference", module="base", xml_id="group_user")[1]
    [reader] = odoo.create("res.users", [{"name": "Reader", "login": "old-reader", "group_ids": [[6, 0, [plain]]]}])
    monkeypatch.setenv("OLD_KEY", mint_for(odoo, reader, "old", days=1).secret.reveal())
    with (programme.folder / "lockgate.toml").open("a") as file:
        file.write(OLD.format(url=lab.url, database=lab.database))
    programme.declare(DECLARED)
    [belgium] = odoo.search("res.country", [["code", "=", "BE"]])
    tags = odoo.create("res.partner.category", [{"name": "Old B"}, {"name": "Old A"}])
    partner = {"name": 'Zoë; "NV"', "ref": "OLD007", "country_id": belgium, "category_id": [[6, 0, tags]]}
    company = {"is_company": True, "partner_latitude": 51.0543422, "color": 3}
    made = odoo.create("res.partner", [partner | company, {"name": "Gone", "ref": "OLD008", "active": False}])
    odoo.create("ir.model.data", [{"module": "old", "name": "zoe", "model": "res.partner", "res_id": made[0]}])
    yield made, tags, belgium
    odoo.unlink("res.partner", made)
    odoo.unlink("res.partner.category", tags)
    odoo.unlink("res.users", [reader])


def rows(programme, query):
    with round_of(programme.folder) as store:
        return store.connection.execute(query).fetchall()


def refusals(programme):
    [read] = programme.say("profile")["datasets"]
    return [(one["at"], one["what"], one["do"]) for one in read["refusals"]]


def test_records_come_as_they_are_with_ids_and_external_ids_even_to_who_may_see_little(programme, old):
    (first, second), tags, belgium = old
    [read] = programme.say("profile")["datasets"]
    assert (read["rows"], read["errors"], read["refusals"]) == (2, 0, [])
    listed = ",".join(map(str, sorted(tags)))
    texts = ("old.zoe", 'Zoë; "NV"', "OLD007", str(belgium), "base.be", listed, "true", "3", "51.0543422", "true")
    assert rows(programme, ROWS) == [
        (first, str(first), *texts),
        (second, str(second), None, "Gone", "OLD008", None, None, None, "false", "0", "0", "false"),
    ]
    typed = "select is_company, color, partner_latitude from typed.partners order by _row"
    assert [tuple(map(str, row)) for row in rows(programme, typed)] == [
        ("True", "3", "51.0543422000"),
        ("False", "0", "0E-10"),
    ]


def test_archived_records_and_those_beside_the_domain_stay_where_they_are(programme, old):
    (first, _), _, _ = old
    programme.declare(DECLARED.replace("    archived: true\n", ""))
    programme.say("profile")
    assert [row[0] for row in rows(programme, ROWS)] == [first]


def test_what_was_read_can_be_loaded_until_it_changes_there(programme, old, odoo):
    (first, _), _, _ = old
    loaded = programme.brought()
    assert [(one["domain"], one["rows"], one["loaded"], one["rejected"]) for one in loaded["domains"]] == [
        ("partners", 2, 2, 0)
    ]
    [there] = odoo.search_read("res.partner", [["ref", "=", "NEW007"]], ["name", "is_company", "country_id"])
    assert (there["name"], there["is_company"], there["country_id"][1]) == ('Zoë; "NV"', True, "Belgium")
    odoo.write("res.partner", [first], {"color": 4})
    ran = programme.lockgate("migrate", "cleanse", "--by", "example-sponsor", "--json")
    assert (ran.code, json.loads(ran.err)["error"]["what"]) == (
        5,
        "The extract of 'partners' has changed since it was read.",
    )


def test_nothing_is_sent_to_it_that_could_change_something(programme, old, lab):
    with FaultProxy(lab.url) as proxy:
        file = programme.folder / "lockgate.toml"
        before, _, after = file.read_text().rpartition(lab.url)
        file.write_text(f"{before}{proxy.url}{after}")
        assert programme.say("profile")["code"] == 0
        called = {tuple(path.split("/")[-2:]) for path in proxy.seen if path.startswith("/json/2/")}
    assert {call for call in called if call[1] not in READING} == {("res.users", "context_get")}
    assert ("res.partner", "search_read") in called


NARROW = """
sources: [{key: old, title: The old Odoo, kind: odoo, instance: old}]
datasets:
  - key: partners
    title: Partners of the old Odoo
    source: old
    model: res.partner
    fields: [name, country_id/id, color]
    where: [[ref, =like, OLD%]]
    id: [id]
"""
WRONG = {
    "a field that there is not": (
        {"name,": "nmae,"},
        "8:14",
        "res.partner of old has no field 'nmae', or its user may not see it.",
    ),
    "the external id of what refers to nothing": (
        {"country_id/id": "name/id"},
        "8:20",
        "'name' of res.partner refers to no record: it is of the type char.",
    ),
    "a binary field": ({"color": "image_128"}, "8:35", "The field 'image_128' of res.partner is no text."),
    "a domain about a field that there is not": (
        {"[ref": "[rfe.name"},
        "9:14",
        "res.partner of old has no field 'rfe', or its user may not see it.",
    ),
    "a domain that Odoo does not take": (
        {"[[ref": "['|', [ref"},
        "7:12",
        "res.partner.search can't be carried out as it was asked. Domain() malformed domain",
    ),
    "a model that there is not": ({"res.partner": "res.partners"}, "7:12", "This Odoo has no model res.partners."),
    "a model that its user may not read": (
        {"res.partner": "account.move", "country_id/id, color": "ref"},
        "7:12",
        "Odoo does not let this user call account.move.search. You are not allowed to access 'Journal Entry'",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_it_does_not_have_or_give_is_told_where_the_dataset_says_it(case, programme, old):
    changes, place, what = WRONG[case]
    text = NARROW
    for said, instead in changes.items():
        text = text.replace(said, instead)
    programme.declare(text)
    [(at, told, _)] = refusals(programme)
    assert (at, told[: len(what)]) == (f"migration/own.yaml:{place}", what)


def test_a_key_that_is_not_there_is_told_by_the_name_of_its_variable(programme, old, monkeypatch):
    monkeypatch.delenv("OLD_KEY")
    ran = programme.lockgate("migrate", "profile", "--by", "example-sponsor")
    assert ran.code == 2
    assert "Error: The key of the instance `old` is not there.\nWhy:   OLD_KEY is not set.\n" in ran.err


REFERRED = """
sources: [{key: old, title: The old Odoo, kind: odoo, instance: old}]
datasets:
  - key: partners
    title: Partners of the old Odoo
    source: old
    model: res.partner
    fields: [parent_id/id, category_id/id]
    where: [[ref, =like, OLD%]]
    archived: true
    id: [id]
"""


def test_a_record_that_is_referred_to_and_has_no_external_id_is_told_by_its_model_and_id(programme, old, odoo):  # N2
    (first, second), tags, _ = old
    odoo.create("ir.model.data", [{"module": "old", "name": "b", "model": "res.partner.category", "res_id": tags[0]}])
    odoo.write("res.partner", [first], {"parent_id": second})
    programme.declare(REFERRED)
    programme.say("profile")
    assert rows(programme, ROWS) == [
        (first, str(first), f"res.partner,{second}", f"old.b,res.partner.category,{tags[1]}"),
        (second, str(second), None, None),
    ]
