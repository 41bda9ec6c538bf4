"""Who holds which role where, as far as one is told."""

import re

from support.recorded import SCRIPT, happen

PAST, FUTURE = "2026-01-01T00:00:00.000000Z", "2099-01-01T00:00:00.000000Z"


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


def test_roles_that_were_given_or_lent_in_the_tower_are_told_with_their_end_and_as_of_then(programme, browser_of):
    happen(programme, "role.given", by="ida", person="eve", role="support-lead", scope="programme", begins=PAST)
    given = {"role": "support-lead", "sites": [], "record": 2, "until": "", "lent_by": ""}
    more = {"scope": "site:koeln", "begins": PAST, "ends": FUTURE}
    happen(programme, "role.given", by="georg", person="eve", role="site-lead", lent_by="georg", **more)
    lent = {"role": "site-lead", "sites": ["koeln"], "record": 3, "until": FUTURE, "lent_by": "georg"}

    def told(browser, when=""):
        answer = browser.get(f"/api/person{when}").json()
        roles = {one["person"]: one["roles"] for one in answer["people"]}
        return roles.get("eve"), {one["role"]: one["holders"] for one in answer["roles"]}

    bart = browser_of("bart")
    now, holders = told(bart)
    page = bart.get("/person/").content.decode()

    assert now == [given, lent]
    assert ("eve" in holders["support-lead"], "eve" in holders["site-lead"]) == (True, False)
    assert told(bart, "?as-of=2")[0] == [given]
    assert told(bart, "?as-of=1")[0] is None
    assert told(browser_of("daan"))[0] == [given]
    assert ("lent by georg" in page, "2099" in page) == (True, True)


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
