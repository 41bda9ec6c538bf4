"""The documents of the project inside of the tower: every page, every link, and a way from each page."""

import re
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from lockgate.tower.help.context import PAGES, help_on
from lockgate.tower.help.library import _slug, documents, pictures, rendered

DOCS = Path(__file__).parents[2] / "docs"


def test_every_document_is_there():
    assert set(documents()) == {str(path.relative_to(DOCS))[:-3] for path in DOCS.rglob("*.md")}


def test_every_link_leads_to_a_page_and_every_anchor_to_a_heading():
    pages = {one.url: set(rendered(name).anchors) for name, one in documents().items()}
    dead = []
    for name, document in documents().items():
        for link in rendered(name).links:
            url, anchor = urldefrag(link)
            there = pages.get(url or document.url)
            if there is None or (anchor and anchor not in there):
                dead.append((name, link))

    assert dead == []


def test_the_help_of_each_page_is_there():
    assert [name for name in PAGES.values() if name not in documents()] == []
    assert (help_on("/gate/uat-exit/site:ghent/"), help_on("/nowhere/")) == ("/help/how-to/decide-a-gate/", "/help/")
    assert help_on("/").removeprefix("/help/").rstrip("/") in documents()


def test_a_page_of_help_is_shown_and_others_are_found_beside_it(programme, browser_of):
    page = browser_of("bart").get("/help/how-to/decide-a-gate/").content.decode()

    assert "<h1 id=" in page
    assert '<a href="/help/reference/ledger/"' in page
    assert browser_of("anna").get("/help/no/such/page/").status_code == 404


def test_each_page_links_to_its_help(programme, browser_of):
    page = browser_of("bart").get("/evidence/").content.decode()

    assert 'href="/help/explanation/ledger/" title="Help on this page"' in page


def test_help_is_for_whoever_is_signed_in_and_nobody_else(programme, browser_of, client):
    assert (browser_of("stranger").get("/help/").status_code, client.get("/help/").status_code) == (200, 302)


def test_what_stands_between_angle_brackets_is_text():
    assert [name for name in documents() if re.search(r"<(script|iframe|style)\b", rendered(name).html)] == []
    assert [name for name in documents() if re.search(r'<img (?!src="/help/pictures/)', rendered(name).html)] == []


def test_every_picture_is_shown_somewhere_and_every_one_that_is_shown_is_there(programme, browser_of, client):
    shown = {src for name in documents() for src in re.findall(r'<img src="([^"]+)"', rendered(name).html)}
    assert {f"/help/pictures/{name}" for name in pictures()} == shown
    anna = browser_of("anna")
    assert {anna.get(src)["Content-Type"] for src in shown} == {"image/png"}
    assert anna.get("/help/pictures/..%2Findex.md").status_code == 404
    assert {client.get(src).status_code for src in shown} == {302}


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("`lockgate serve`", "lockgate-serve"),
        ("What all verbs share", "what-all-verbs-share"),
        ("Liège, 2026", "liege-2026"),
    ],
)
def test_a_heading_is_found_under_the_id_of_the_built_site(heading, anchor):
    assert _slug(heading.replace("`", "")) == anchor
