"""Where does each value of a site come from? Template, region and site, with the deviations that allow a difference."""

import json

import pytest

from support.planned_template import GOODS, template
from support.recorded import SCRIPT
from support.running import lockgate

__all__ = ["lockgate", "template"]

OPEN = GOODS.replace("list_price: 12.5 }", "list_price: 12.5 }\n    open: [list_price]")
REGION = """
changes:
  - { resource: pump, values: { list_price: 13 } }
"""
GHENT = """
changes:
  - { resource: pump, values: { list_price: 14 } }
  - { resource: goods, values: { name: Pumps }, deviation: DEV-1 }
"""


@pytest.fixture
def layered(template, lockgate):
    """A template with a region and a site that have something otherwise, one of it by a deviation that is proposed."""
    (template / "template" / "goods.yaml").write_text(OPEN)
    for site, text in (("meridian-benelux", REGION), ("ghent", GHENT)):
        file = template / "template" / "sites" / site / "goods.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    said = (
        f"title={SCRIPT}",
        "site=ghent",
        "resource=goods",
        "justification=A contract",
        "owner=daan",
        "due=2027-01-01",
    )
    raised = lockgate("register", "raise", "deviation", *said, "--by", "bart", "--workspace", str(template))
    assert raised.code == 0, raised.err
    return template


def values(told):
    return {
        (one["key"], one["field"]): [(layer["site"], layer["value"], layer["allowed_by"]) for layer in one["layers"]]
        for one in told["values"]
        if len(one["layers"]) > 1
    }


def test_each_value_is_told_with_its_layers_and_what_allows_them(layered, browser_of):
    browser = browser_of("anna")

    told = browser.get("/api/template/merge/ghent").json()
    page = browser.get("/template/merge/ghent/").content.decode()

    assert values(told) == {
        ("goods", "name"): [(None, SCRIPT, ""), ("ghent", "Pumps", "DEV-1")],
        ("pump", "list_price"): [(None, 12.5, ""), ("meridian-benelux", 13, "open"), ("ghent", 14, "open")],
    }
    [deviation] = told["deviations"]
    assert {name: deviation[name] for name in ("id", "state", "owner", "reason", "until")} == {
        "id": "DEV-1",
        "state": "proposed",
        "owner": "daan",
        "reason": "A contract",
        "until": "2027-01-01",
    }
    assert [one["code"] for one in told["findings"]] == ["closed-value"]
    assert ("DEV-1 is proposed, not approved" in page, SCRIPT in page) == (True, False)
    assert 'href="/workspace/template/sites/ghent/goods.yaml#L3"' in page


def test_page_api_and_command_tell_the_same(layered, browser_of, lockgate):
    own = layered / "template" / "sites" / "ghent" / "goods.yaml"
    own.write_text(GHENT.replace("  - { resource: goods, values: { name: Pumps }, deviation: DEV-1 }\n", ""))
    from lockgate.programme.server import live

    live().workspace(anew=True)
    told = browser_of("anna").get("/api/template/merge/ghent").json()
    ran = lockgate("plan", "--site", "ghent", "--explain-merge", "--json", "--workspace", str(layered))

    assert (ran.code, json.loads(ran.out)) == (0, {"site": told["site"], "values": told["values"]})


def test_it_shows_what_is_otherwise_or_left_open_or_all_of_it(layered, browser_of):
    browser = browser_of("anna")

    def counted(query):
        page = browser.get(f"/template/merge/ghent/?{query}").content.decode()
        return page.count('<th scope="row"><a href="/template/resource/')

    assert [counted(query) for query in ("", "show=open", "show=all", "show=all&q=CATEG", "q=nothing")] == [
        2,
        1,
        4,
        1,
        0,
    ]


def test_nobody_sees_another_site_and_a_layer_of_a_region_is_counted_only(layered, browser_of):
    browser = browser_of("daan")

    told = browser.get("/api/template/merge/ghent").json()
    sites = browser.get("/api/template/merge").json()

    assert ("meridian-benelux" in json.dumps(told), told["left_out"]) == (False, 1)
    assert [(one["site"], one["own"], one["above"], one["deviations"]) for one in sites] == [("ghent", 2, 0, 1)]
    answers = [browser.get(address).status_code for address in ("/template/merge/liege/", "/api/template/merge/liege")]
    assert answers == [404, 404]


def test_a_site_that_differs_in_nothing_says_so(layered, browser_of):
    page = browser_of("anna").get("/template/merge/meridian-deutschland/").content.decode()

    assert "Everything is here as for all." in page


def test_without_a_template_it_is_told_what_would_fill_the_page(template, browser_of):
    for file in (template / "template").rglob("*.yaml"):
        file.unlink()

    page = browser_of("anna").get("/template/merge/ghent/").content.decode()

    assert "The template declares nothing yet." in page
