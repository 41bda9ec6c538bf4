"""Every page that was asked as of a moment leads to pages of that moment."""

import html
import re

import pytest

from support.recorded import measured, record

LINK = re.compile(r"<a\s[^>]*>")
READ = re.compile(
    r"/(gate/.*|rerun/|evidence/.*|person/|register/.*|raid/|instance/|workspace/.*|programme/calendar/)?(\?.*)?"
)


@pytest.fixture
def told(programme):
    """A programme with evidence, a risk and an issue, and more that came later; the moment between them."""
    from lockgate.app.main import run
    from lockgate.tower.server import live

    def raised(register, title, severity):
        said = (f"title={title}", "site=ghent", "owner=daan", f"severity={severity}")
        assert run(("register", "raise", register, *said, "--by", "bart", "--workspace", str(programme))) == 0

    record(programme, measured("ghent"))
    raised("risk", "Early", "high")
    raised("issue", "Early", "sev2")
    then = live().place.ledger.head().number
    raised("risk", "Afterwards", "high")
    return then


PAGES = [
    "/", "/gate/", "/gate/go-live/site:ghent/", "/gate/go-live/site:ghent/sign-off/", "/rerun/", "/evidence/",
    "/evidence/1/", "/person/", "/register/", "/register/risk/", "/register/risk/board/", "/register/risk/RISK-1/",
    "/raid/", "/instance/", "/workspace/", "/workspace/lockgate.toml", "/programme/calendar/",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_of_the_past_to_a_reading_page_keeps_the_moment(told, browser_of, page):
    answer = browser_of("bart").get(page, {"as-of": str(told)})

    links = [html.unescape(tag) for tag in LINK.findall(answer.content.decode())]
    leading = [(tag, re.search(r'href="([^"#]*)', tag)[1]) for tag in links if "data-now" not in tag]
    reading = [address for _, address in leading if address.startswith("?") or READ.fullmatch(address)]
    assert (answer.status_code, [address for address in reading if "as-of=" not in address]) == (200, [])
    assert len(reading) >= 9  # the places of the navigation at least


def test_links_that_are_followed_stay_at_the_moment(told, browser_of):
    bart, seen, there = browser_of("bart"), set(), [f"/?as-of={told}"]
    while there and len(seen) < 60:
        address = there.pop(0)
        page = bart.get(address)
        seen.add(address)
        assert page.status_code == 200, address
        assert "Afterwards" not in page.content.decode(), address
        if page["Content-Type"].startswith("text/html"):
            found = [html.unescape(one) for one in re.findall(r'<a\s[^>]*?href="(/[^"#]*)', page.content.decode())]
            there += [one for one in found if f"as-of={told}" in one and one not in seen and one not in there]

    assert len(seen) == 60


def test_a_page_of_now_has_no_moment_in_its_links(told, browser_of):
    assert "as-of=" not in browser_of("bart").get("/gate/").content.decode()


def test_a_moment_that_somebody_made_up_makes_no_tag(told, browser_of):
    page = browser_of("bart").get("/gate/", {"as-of": '1"><script>alert(1)</script>'})

    assert "<script>alert" not in page.content.decode()
