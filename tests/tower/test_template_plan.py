"""What does the tower show of plans, and what can be asked for there? The last plan of each instance and site."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from lockgate.kernel.secret import MASK
from support.planned_template import applied, change, kept_plan, look, step, template
from support.recorded import SCRIPT
from support.running import lockgate

__all__ = ["lockgate", "template"]

PRICE = {"old": 13.0, "new": 12.5, "at": "template/goods.yaml:10:40"}
LIEGE = {"old": None, "new": "Unheard", "at": "template/sites/liege/tags.yaml:5:14"}


def said_in(form):
    return {name: value[0] for name, value in parse_qs(form).items()}


def test_a_plan_is_read_resource_by_resource_with_the_lines_that_say_it(template, browser_of):
    kept_plan(template, "ghent", step("pump", list_price=PRICE), step("goods", "create", name={"new": SCRIPT}))
    browser = browser_of("bart")

    [told] = browser.get("/api/template/plan").json()
    page = browser.get("/template/plan/").content.decode()

    assert (told["create"], told["change"], told["archive"], told["scope"]) == (1, 1, 0, "site:ghent")
    assert (told["stale"], told["evidence"], told["locked"]) == (False, None, "")
    assert 'href="/workspace/template/goods.yaml#L10"' in page
    assert (SCRIPT in page, "<del>13</del>" in page, "<ins>12.5</ins>" in page) == (False, True, True)


def lacking(model, at):
    return {"model": model, "right": "write", "resources": 2, "at": at, "why": f"Only bosses may: {SCRIPT}"}


def test_rights_that_are_missing_are_told_with_the_line_that_needs_them(template, browser_of):
    denied = (lacking("product.template", PRICE["at"]), lacking("product.tag", LIEGE["at"]))
    kept_plan(template, "", step("pump", list_price=PRICE), denied=denied)
    bart = browser_of("bart")

    page = bart.get("/template/plan/").content.decode()
    [told] = bart.get("/api/template/plan").json()
    assert "Rights that are missing" in page
    assert (SCRIPT in page, 'href="/workspace/template/goods.yaml#L10"' in page) == (False, True)
    assert [one["model"] for one in told["denied"]] == ["product.template", "product.tag"]

    kept_plan(template, "", step("pump", list_price=PRICE))
    assert "Rights that are missing" not in bart.get("/template/plan/").content.decode()


def test_rights_are_told_of_files_that_the_viewer_sees(template, browser_of):
    elsewhere = lacking("product.tag", LIEGE["at"])
    kept_plan(template, "ghent", step("pump", list_price=PRICE), denied=(elsewhere,))

    daan = browser_of("daan")

    [told] = daan.get("/api/template/plan").json()
    assert told["denied"] == []
    assert "product.tag" not in daan.get("/template/plan/").content.decode()


def test_page_api_and_command_tell_the_same_plan(template, browser_of, lockgate):
    kept_plan(template, "", step("pump", list_price=PRICE))

    [told] = browser_of("bart").get("/api/template/plan").json()
    ran = lockgate("plan", "--last", "--json", "--workspace", str(template))

    assert (ran.code, {**json.loads(ran.out), "evidence": None, "locked": ""}) == (1, told)


def test_where_no_plan_was_made_the_command_says_what_to_do(template, lockgate):
    ran = lockgate("plan", "--last", "--site", "ghent", "--workspace", str(template))

    assert (ran.code, ran.err.splitlines()[0]) == (2, "Error: No plan was made yet.")


def test_it_is_narrowed_by_words_by_what_is_done_and_by_kind(template, browser_of):
    goods = step("goods", "create", kind="product.category", name={"new": "Goods"})
    kept_plan(template, "", goods, step("pump", list_price=PRICE))
    browser = browser_of("bart")

    def keys(query):
        page = browser.get(f"/template/plan/?{query}").content.decode()

        return [key for key in ("goods", "pump") if f"<strong>{key}</strong>" in page]

    assert [keys(query) for query in ("", "action=create", "model=product.template", "q=LIST_price", "q=nothing")] == [
        ["goods", "pump"],
        ["goods"],
        ["pump"],
        ["pump"],
        [],
    ]


def test_nobody_sees_the_plan_of_another_site_nor_what_it_declares(template, browser_of):
    of_liege = step("unheard-of", "create", name=LIEGE)
    kept_plan(template, "", step("pump", list_price=PRICE), of_liege, left_out={"liege": 1})
    kept_plan(template, "liege", of_liege)

    here, everywhere = (browser_of(who).get("/api/template/plan").json() for who in ("daan", "anna"))
    page = browser_of("georg").get("/template/plan/").content.decode()

    assert [(one["scope"], one["create"], one["change"]) for one in here] == [("programme", 0, 1)]
    assert [(one["scope"], one["create"], one["change"]) for one in everywhere] == [
        ("programme", 1, 1),
        ("site:liege", 1, 0),
    ]
    assert "Unheard" not in page


def test_what_was_carried_out_since_takes_the_place_of_the_plan(template, browser_of):
    kept_plan(template, "ghent", step("pump", list_price=PRICE), made=datetime.now(UTC) - timedelta(hours=1))
    number = applied(template, "ghent", step("pump", list_price=PRICE))
    browser = browser_of("bart")

    [told] = browser.get("/api/template/plan").json()
    page = browser.get("/template/plan/").content.decode()

    assert (told["evidence"], told["change"], "carried out" in page, "Apply this plan" in page) == (
        number,
        1,
        True,
        False,
    )


def test_as_of_the_past_there_is_no_plan_that_was_made_later_and_nothing_to_ask_for(template, browser_of):
    number = applied(template, "ghent", step("pump", list_price=PRICE))
    kept_plan(template, "ghent", made=datetime.now(UTC) + timedelta(minutes=1))
    browser = browser_of("bart")

    [now] = browser.get("/api/template/plan").json()
    [then] = browser.get(f"/api/template/plan?as-of={number}").json()
    page = browser.get(f"/template/plan/?as-of={number}").content.decode()

    assert (now["evidence"], then["evidence"]) == (None, number)
    assert ("Make a new plan" in page, "Apply this plan" in page) == (False, False)


def test_a_plan_is_stale_once_the_template_is_another_and_is_not_applied_then(template, browser_of):
    kept_plan(template, "ghent", step("pump", list_price=PRICE))
    file = template / "template" / "goods.yaml"
    file.write_text(file.read_text().replace("12.5", "14"))
    from lockgate.programme.server import live

    live().workspace(anew=True)
    browser = browser_of("bart")

    assert browser.get("/api/template/plan").json()[0]["stale"] is True
    page = browser.get("/template/plan/").content.decode()
    assert ("The template has changed since" in page, "Apply it" in page) == (True, False)


def test_production_says_why_it_is_locked(template, browser_of):
    kept_plan(template, "", step("pump", list_price=PRICE), instance="production")
    browser = browser_of("bart")

    [told] = browser.get("/api/template/plan").json()
    page = browser.get("/template/plan/").content.decode()

    assert told["locked"] != ""
    assert ("production is locked." in page, "Apply it" in page) == (True, False)


def test_what_is_asked_for_names_the_plan_that_was_seen(template, browser_of):
    from lockgate.tower.runs.models import Run

    kept_plan(template, "ghent", step("pump", list_price=PRICE))
    browser = browser_of("bart")
    page = browser.get("/template/plan/").content.decode()
    asked = page.split('name="asked" value="')[1].split('"')[0].replace("&amp;", "&")

    browser.post("/run/start/", {"asked": asked})
    browser.post("/run/start/", {"verb": "template.plan", "instance": "build", "site": ""})

    assert [(run.verb, run.arguments, run.asked_by) for run in Run.objects.order_by("id")] == [
        ("template.apply", {"instance": "build", "site": "ghent", "plan": "d-1"}, "bart"),
        ("template.plan", {"instance": "build"}, "bart"),
    ]


@pytest.mark.parametrize("verb", ["template.apply", "template.adopt"])
def test_who_has_no_role_for_the_whole_programme_asks_for_nothing(template, browser_of, verb):
    kept_plan(template, "ghent", step("pump", list_price=PRICE))
    browser = browser_of("daan")

    page = browser.get("/template/plan/").content.decode()

    assert ("Apply this plan" in page, "Make a new plan" in page) == (False, False)
    assert browser.post("/run/start/", {"verb": verb, "only": "pump"}).status_code == 403


def test_a_difference_is_accepted_or_taken_back_from_the_inbox(template, browser_of):
    secret = change(key="goods", field="password", declared=MASK, live=MASK)
    gone = change(key="old", declared_at="")
    look(template, "ghent", change(), secret, gone)
    page = browser_of("bart").get("/template/drift/").content.decode()

    asked = [part.split('"')[0].replace("&amp;", "&") for part in page.split('name="asked" value="')[1:]]

    assert [said_in(one) for one in asked] == [
        {"verb": "template.adopt", "instance": "build", "site": "ghent", "what": "pump:list_price"},
        {"verb": "template.apply", "instance": "build", "site": "ghent", "only": "pump"},
        {"verb": "template.apply", "instance": "build", "site": "ghent", "only": "goods"},
    ]
    assert 'name="asked"' not in browser_of("daan").get("/template/drift/").content.decode()


@pytest.mark.parametrize("address", ["/template/plan/", "/template/drift/"])
def test_a_page_of_one_and_of_three_plans_asks_the_database_as_often(template, browser_of, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = browser_of("bart")
    counts = []
    for sites in (("ghent",), ("liege", "webshop")):
        for site in sites:
            kept_plan(template, site, step("pump", list_price=PRICE))
            look(template, site, change())
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
