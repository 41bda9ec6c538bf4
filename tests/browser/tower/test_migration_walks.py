"""What people do with the data of the sample, in a browser: look at a pair as one, give a list back, see counts."""

import csv
import io
import json
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from support import sample
from support.extracts import extracts
from support.looking import WIDE, look
from support.tower import PASSWORD, environment, start

TWO = ("title=Two of one name", "entity=customer", "reviewers=1")
LIST = "/migration/rules/item-name/export.csv"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A tower of its own, in which the sample's extracts were read, put right, matched and counted."""
    written = extracts(tmp_path_factory.mktemp("legacy"))
    running = start(sample.filled(tmp_path_factory), tmp_path_factory.mktemp("migrated"))
    known = environment() | {"LOCKGATE_EXTRACTS": str(written.folder), "LOCKGATE_PERSON": "jonas"}

    def say(*words):
        command = [sys.executable, "-m", "lockgate", *words, "--json", "--workspace", str(running.root)]
        ran = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
        assert ran.stdout, ran.stderr
        return json.loads(ran.stdout)

    try:
        said = {verb: say("migrate", verb) for verb in ("profile", "cleanse", "match", "counts")}
        merged = next(one for one in said["match"]["entities"] if one["entity"] == "customer")
        preview = say("migrate", "match", "--entity", "customer", "--preview", "--most", "1")["entities"][0]["preview"]
        assert (merged["merged"] > 0, len(preview)) == (True, 1)
        left, right = preview[0]["records"][:2]
        raised = say("register", "raise", "match-review", *TWO, f"left={left}", f"right={right}")["records"][0]["id"]
        yield running, raised
    finally:
        running.stop()


@pytest.fixture(scope="module")
def cookies(kept, browser, tmp_path_factory):
    """Where the cookies of the owner of the data lie."""
    running, _ = kept
    context = browser.new_context()
    page = context.new_page()
    page.goto(running.link("jonas"))
    page.fill("[name=name]", "Jonas")
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url(f"{running.url}/")
    file = tmp_path_factory.mktemp("cookies") / "jonas.json"
    context.storage_state(path=file)
    context.close()
    return file


@pytest.fixture
def office(kept, browser, cookies):
    """The window of the owner of the data; a script that fails in it fails the test."""
    running, _ = kept
    context = browser.new_context(base_url=running.url, storage_state=cookies, viewport=WIDE)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    yield page
    context.close()
    assert faults == []


def test_a_pair_is_looked_at_as_one_record_by_the_keyboard(kept, office):
    _, pair = kept
    office.goto(f"/migration/reviews/{pair}/")
    office.keyboard.press("g")

    office.wait_for_url(f"**/migration/reviews/{pair}/golden/")
    expect(office.get_by_role("heading", level=1)).to_contain_text("as one record")
    expect(office.locator("main")).to_contain_text("the first that is known")
    look(office, "migration-golden")
    office.keyboard.press("Alt+b")
    office.wait_for_url(f"**/migration/reviews/{pair}/")
    look(office, "migration-review")


def test_a_mended_list_is_given_back_after_a_look_at_it(kept, office):
    rows = list(csv.DictReader(io.StringIO(office.request.get(LIST).body().decode("utf-8-sig"))))
    rows[0]["BEZA"], rows[1]["VKPREIS"] = "Angle valve, brass", "a lot"
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file = {"name": "items.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode("utf-8-sig")}

    office.goto("/migration/rules/item-name/")
    office.get_by_role("link", name="Give it back mended").click()
    office.get_by_label("CSV or XLSX").set_input_files(file)
    office.get_by_role("button", name="Look at it").click()

    expect(office.locator("ins")).to_have_text("Angle valve, brass")
    expect(office.locator("main")).to_contain_text("items.csv:3")
    look(office, "migration-corrections-looked-at")
    office.get_by_role("button", name="Keep what is right").click()
    office.wait_for_url("**/migration/rules/")
    expect(office.locator("body")).to_contain_text("Kept: 1. Refused: 1.")


def test_counts_are_told_site_by_site(office):
    office.goto("/migration/counts/")

    expect(office.locator("main")).to_contain_text("The count of 29.08.2026")
    expect(office.get_by_role("heading", name="Ghent warehouse: where it does not agree")).to_be_visible()
    look(office, "migration-counts-told")
