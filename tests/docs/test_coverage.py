"""Has every item of the mission a home, and does the page say so?"""

import re

import coverage_page
import mission
from documents import DOCS

FOUND = mission.coverage()
PAGE = coverage_page.PAGE.read_text(encoding="utf-8")


def test_every_item_has_a_home_and_nothing_serves_an_item_that_is_not_there():
    assert mission.faults(FOUND) == []


def test_the_items_are_numbered_without_a_hole():
    expected = [f"M{number}" for number in range(1, 235)] + [f"A{number}" for number in range(1, 26)]
    assert [item.id for item in FOUND.items] == expected


def test_the_page_is_what_the_files_say():
    assert coverage_page.page(FOUND) == PAGE, "make it again with: python tools/coverage_page.py"


def test_every_item_stands_on_the_page_with_its_text_and_a_home():
    entries = dict(re.findall(r"^\*\*([MA]\d+)\*\*\{ #\w+ \} (.+\n\n(?:- .+\n)+)", PAGE, re.MULTILINE))
    assert [*entries] == [item.id for item in FOUND.items]


def test_every_part_has_a_page_that_is_there():
    assert [part.page for part in FOUND.parts if not (DOCS / part.page).is_file()] == []


def test_a_part_or_practice_that_serves_nothing_is_not_listed():
    used = {home for does in FOUND.done.values() for home in does}
    assert {each.key for each in FOUND.parts} | {each.key for each in FOUND.practices} == used


def test_every_practice_that_is_there_is_in_the_list():
    there = {path.parent.name for path in mission.PRACTICES.glob("*/__init__.py")}
    assert there == {each.key for each in FOUND.practices if each.there or each.begun}
