"""Is what is drawn once drawn right for everybody, and are long lists shown a page at a time?"""

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from support.recorded import measured, record


@dataclass(frozen=True)
class Counted:
    """A value that notes how often it is drawn."""

    name: str
    drawn: list

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        return self.name == other.name

    def said(self):
        self.drawn.append(self.name)
        return f"<{self.name}>"


TEMPLATE = "{% load kept %}{% for one in all %}{% kept one then %}[{{ one.said }}{{ then }}]{% endkept %}{% endfor %}"


def test_of_equal_values_one_is_drawn_and_with_anything_else_another():  # K1
    template, drawn = Template(TEMPLATE), []

    def draw(*names, then=""):
        return template.render(Context({"all": [Counted(name, drawn) for name in names], "then": then}))

    assert draw("a", "b", "a") == "[&lt;a&gt;][&lt;b&gt;][&lt;a&gt;]"
    assert draw("b", then="2026") == "[&lt;b&gt;2026]"
    assert draw("b") == "[&lt;b&gt;]"
    assert drawn == ["a", "b", "b"]
    with translation.override("de"):
        draw("a")
    with timezone.override("Europe/Brussels"):
        draw("a")
    assert drawn == ["a", "b", "b", "a", "a"]


def test_what_is_drawn_for_who_sees_all_reaches_nobody_of_one_site(programme, browser_of):
    record(programme, measured("ghent"), measured("liege"))
    bart, daan = browser_of("bart"), browser_of("daan")
    for path in ("/", "/gate/"):
        assert "site:liege" in bart.get(path).content.decode()
        theirs = daan.get(path).content.decode()
        assert ("site:ghent" in theirs, "site:liege" in theirs) == (True, False)
        assert "site:liege" in bart.get(path).content.decode()


def test_the_first_page_draws_another_moment_as_it_was_then(programme, browser_of):
    record(programme, measured("ghent"))
    bart = browser_of("bart")
    assert "?as-of=1" not in bart.get("/").content.decode()
    assert "?as-of=1" in bart.get("/?as-of=1").content.decode()
    assert "?as-of=1" not in bart.get("/").content.decode()


def test_a_pager_keeps_what_the_address_says_and_stays_away_from_one_page():
    from lockgate.faces.web.page import page_of

    def drawn(address, count):
        request = RequestFactory().get(address)
        context = Context({"page": page_of(range(count), request, 10), "request": request})
        return Template("{% load lists %}{% pager page %}").render(context)

    assert drawn("/gate/", 10) == ""
    middle = drawn("/gate/?verdict=closed&page=2", 25)
    ways = re.findall(r'data-key="(.)" href="\?([^"]*)"', middle)
    assert [(key, QueryDict(query.replace("&amp;", "&")).dict()) for key, query in ways] == [
        ("p", {"verdict": "closed", "page": "1"}),
        ("n", {"verdict": "closed", "page": "3"}),
    ]
    assert "Page 2 of 3" in middle
    assert "Page 3 of 3" in drawn("/gate/?page=99", 25)
    assert "Page 1 of 3" in drawn("/gate/?page=<script>", 25)
