"""What does the tower show of the template? Pages and API of the practice, from the files and from what was kept."""

import csv
import io

import pytest

from support.planned_template import GOODS, change, look, template
from support.recorded import SCRIPT, place_of

__all__ = ["template"]


def rows_of(answer):
    return [row["resource"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]


def test_resources_are_shown_with_what_they_refer_to_and_nothing_of_another_site(template, browser_of):
    browser = browser_of("daan")

    told = browser.get("/api/template").json()
    page = browser.get("/template/").content.decode()

    assert [(one["key"], one["turn"], one["refers_to"], one["referred_by"]) for one in told] == [
        ("goods", 1, [], ["pump"]),
        ("pump", 2, ["goods"], []),
    ]
    assert [one["why"] for one in told] == ["Goods are valued by their category.", "Sold everywhere."]
    assert [("unheard-of" in page, "/template/resource/pump/" in page)] == [(False, True)]
    assert browser.get("/template/resource/unheard-of/").status_code == 404
    assert browser.get("/api/template/resource/unheard-of").status_code == 404
    assert [one["key"] for one in browser_of("anna").get("/api/template?model=product.tag").json()] == ["unheard-of"]


def test_a_resource_shows_its_values_the_lines_that_say_them_and_no_markup_of_somebody(template, browser_of):
    page = browser_of("daan").get("/template/resource/goods/").content.decode()
    pump = browser_of("anna").get("/api/template/resource/pump").json()

    assert (SCRIPT in page, "&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (False, True)
    assert 'href="/workspace/template/goods.yaml#L6"' in page
    assert [(one["field"], one["value"], one["declared_at"].split(":")[1]) for one in pump["values"]] == [
        ("name", "goods", "10"),
        ("categ_id", "goods", "10"),
        ("list_price", 12.5, "10"),
    ]


def test_the_order_of_building_is_a_picture_and_a_table(template, browser_of):
    page = browser_of("daan").get("/template/order/").content.decode()

    assert (page.count("<rect"), page.count('class="need"'), page.count('<th scope="row" class="num">')) == (2, 1, 2)


def test_what_refers_to_itself_in_a_circle_is_told_instead_of_an_order(template, browser_of):
    template.joinpath("template/goods.yaml").write_text(
        "resources:\n"
        "  - { key: one, model: x.y, values: { other_id: two } }\n"
        "  - { key: two, model: x.y, values: { other_ids: [one] } }\n"
    )

    page = browser_of("daan").get("/template/order/").content.decode()

    assert ("There is no order" in page, "<rect" in page) == (True, False)


def test_what_differed_is_listed_with_who_when_and_where_and_given_as_a_file(template, browser_of):
    number = look(template, "ghent", change(), change(key="goods", field="name", live=SCRIPT, by="Bo"))
    look(template, "liege", change(live="Unheard-of-in-Ghent"))
    browser = browser_of("daan")

    [told] = browser.get("/api/template/drift").json()
    page = browser.get("/template/drift/").content.decode()

    assert (told["evidence"], told["scope"], told["drifted"], told["adherence"]) == (number, "site:ghent", 2, 50)
    assert told["changes"] == [change(), change(key="goods", field="name", live=SCRIPT, by="Bo")]
    assert 'href="/workspace/template/goods.yaml#L10"' in page
    assert (page.count("Raise a deviation<"), "Unheard-of" in page, SCRIPT in page) == (2, False, False)
    assert rows_of(browser.get("/template/drift/export.csv?by=Bo")) == ["goods"]
    assert rows_of(browser.get("/template/drift/export.csv?sort=key")) == ["goods", "pump"]
    assert browser.get("/template/drift/export.xlsx").content[:2] == b"PK"


def test_of_the_whole_programme_nobody_sees_what_another_site_declares(template, browser_of):
    of_liege = change(key="unheard-of", declared_at="template/sites/liege/tags.yaml:3:5")
    look(template, "", change(), of_liege, liege=1)

    here, everywhere = (browser_of(who).get("/api/template/drift").json()[0] for who in ("daan", "anna"))

    assert [one["key"] for one in here["changes"]] == ["pump"]
    assert [one["key"] for one in everywhere["changes"]] == ["pump", "unheard-of"]
    assert here["left_out"] == {"liege": 1}


def test_a_look_is_stale_once_the_template_is_another(template, browser_of):
    look(template, "ghent", change())
    browser = browser_of("daan")
    assert browser.get("/api/template/drift").json()[0]["stale"] is False

    template.joinpath("template/goods.yaml").write_text(GOODS.replace("12.5", "14"))
    from lockgate.programme.server import live

    live().workspace(anew=True)

    assert browser.get("/api/template/drift").json()[0]["stale"] is True
    assert "The template has changed since" in browser.get("/template/drift/").content.decode()


def test_what_was_not_kept_or_is_gone_never_looks_like_nothing(template, browser_of):
    look(template, "ghent", change(), kept=False)
    number = look(template, "liege", change())
    with place_of(template) as place:
        place.artifacts.remove(place.ledger.record(number).payload["artifact"])

    told = browser_of("anna").get("/api/template/drift").json()

    assert [(one["scope"], one["kept"], one["drifted"]) for one in told] == [
        ("site:ghent", "never-kept", 1),
        ("site:liege", "gone", 1),
    ]


def test_a_deviation_is_raised_from_a_form_that_is_filled(template, browser_of):
    page = browser_of("bart").get("/register/deviation/new/?title=pump%3A+price&site=ghent&resource=x").content.decode()

    assert ('value="pump: price"' in page, '<option value="ghent" selected' in page) == (True, True)


def test_each_site_has_a_line_and_one_that_was_never_looked_at_says_so(template, browser_of):
    first, last = look(template, "ghent", change(), change()), look(template, "ghent", change())
    browser = browser_of("daan")

    told = browser.get("/api/template/adherence").json()
    page = browser.get("/template/adherence/").content.decode()
    every = browser_of("anna").get("/api/template/adherence").json()

    [ghent] = [one for one in told if one["evidence"]]
    assert (ghent["scope"], ghent["evidence"], ghent["adherence"], ghent["in_sync"]) == ("site:ghent", last, 75, 3)
    assert [(run["evidence"], run["adherence"]) for run in ghent["runs"]] == [(first, 50), (last, 75)]
    assert ("site:liege" in {one["scope"] for one in told}, "site:liege" in page) == (False, False)
    assert [one["adherence"] for one in every if one["scope"] == "site:liege"] == [None]


@pytest.mark.parametrize("address", ["/template/", "/template/order/", "/template/drift/", "/template/adherence/"])
def test_what_is_not_there_yet_is_told(address, programme, browser_of):
    answer = browser_of("daan").get(address)

    assert (answer.status_code, "Template" in answer.content.decode()) == (200, True)
