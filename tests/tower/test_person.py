"""Who holds which role where, as far as one is told."""

import re

from support.recorded import SCRIPT


def test_everybody_is_shown_with_their_roles_and_vacant_roles_are_named(programme, browser_of):
    path = programme / "programme" / "people.yaml"
    path.write_text(re.sub(r"  - \{ key: rosa,.*\n", "", path.read_text()))
    bart = browser_of("bart")

    told = bart.get("/api/person").json()
    page = bart.get("/person/").content.decode()

    assert {"anna", "daan", "georg"} <= {one["person"] for one in told["people"]}
    assert "support-lead" in told["vacant"]
    assert [one["holders"] for one in told["roles"] if one["role"] == "sponsor"] == [["anna"]]
    assert re.findall(r'<tr id="(\w+)"><th scope="row">', page) == [one["person"] for one in told["people"]]
    assert "<code>support-lead</code>" in page


def test_a_role_at_other_sites_is_not_told(programme, browser_of):
    daan = browser_of("daan")

    told = {one["person"]: [held["role"] for held in one["roles"]] for one in daan.get("/api/person").json()["people"]}

    assert ("georg" in told, "elise" in told, told["daan"], told["anna"]) == (
        False,
        False,
        ["site-lead", "key-user"],
        ["sponsor", "steering-member"],
    )
    assert "Georg Lindner" not in daan.get("/person/").content.decode()
    assert "Georg Lindner" not in str(daan.get("/api/search", {"q": "georg"}).json())


def test_mail_addresses_are_not_shown(programme, browser_of):
    assert "@meridian.example" not in browser_of("bart").get("/person/").content.decode()


def test_names_are_shown_as_text(programme, browser_of):
    path = programme / "programme" / "people.yaml"
    path.write_text(path.read_text().replace("Anna Peeters", SCRIPT))

    page = browser_of("bart").get("/person/").content.decode()

    assert (SCRIPT in page, "&lt;script&gt;" in page) == (False, True)


def test_people_are_shown_while_the_workspace_has_findings(programme, browser_of):
    (programme / "programme" / "sites.yaml").write_text("sites: 1\n")

    assert browser_of("bart").get("/person/").status_code == 200
