"""Who has a role that the tower gave, at which moment, and how far does it reach? O1 to O3."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lockgate.gates.facts.appointed import GIVEN, OPENED, SHUT, TAKEN, Appointed, appointments
from lockgate.kernel.clock import stamp
from lockgate.kernel.scope import PROGRAMME, Level, Scope

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FLANDERS, GHENT, LIEGE = (Scope(Level.SITE, key) for key in ("flanders", "ghent", "liege"))
NORTH = Scope(Level.WAVE, "north")


@dataclass(frozen=True)
class Acted:
    """A record of the ledger."""

    number: int
    kind: str
    payload: Mapping[str, Any]
    by: str = "ida"


@dataclass(frozen=True)
class Sites:
    """Ghent and Bruges are below Flanders; Liege is on its own."""

    inside: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "flanders": ("flanders", "ghent", "bruges"),
            "ghent": ("ghent",),
            "bruges": ("bruges",),
            "liege": ("liege",),
        }
    )

    def __contains__(self, key: object) -> bool:
        return key in self.inside

    def within(self, key: str) -> tuple[str, ...]:
        return self.inside[key]


@dataclass(frozen=True)
class Workspace:
    """A wave of two sites."""

    sites: Sites = field(default_factory=Sites)

    def keys(self, dimension: str, scope: Scope) -> tuple[str, ...]:
        assert dimension == "site"
        return ("ghent", "bruges") if scope.level is Level.WAVE else self.sites.within(scope.key)


@dataclass(frozen=True)
class Declared:
    """Ann is declared to be a sponsor, everywhere."""

    workspace: Workspace = field(default_factory=Workspace)

    def holders(self, role: str, scope: Scope) -> tuple[str, ...]:
        return ("ann",) if role == "sponsor" else ()

    def known(self, person: str) -> bool:
        return person == "ann"


def given(number, person="bob", role="sponsor", scope=PROGRAMME, *, by="ida", begins=NOW, ends=None, lent_by=""):
    said = {"person": person, "role": role, "scope": str(scope), "begins": stamp(begins), "lent_by": lent_by}
    return Acted(number, GIVEN, {**said, **({"ends": stamp(ends)} if ends else {})}, by)


def taken(number, gift):
    return Acted(number, TAKEN, gift.payload)


def shut(number, person):
    return Acted(number, SHUT, {"person": person})


def people(*records, moment=NOW):
    return Appointed(Declared(), appointments(records, moment))  # type: ignore[arg-type] # as much of it as is asked


@pytest.mark.parametrize(
    ("begins", "ends", "has"),
    [
        (NOW, None, True),
        (NOW + timedelta.resolution, None, False),
        (NOW - DAY, NOW + timedelta.resolution, True),
        (NOW - DAY, NOW, False),
    ],
)
def test_a_role_counts_from_its_beginning_until_its_end(begins, ends, has):  # O1
    found = people(given(7, begins=begins, ends=ends))

    assert found.given("sponsor", PROGRAMME) == ({"bob": 7} if has else {})


def test_what_was_taken_no_longer_counts_and_the_same_role_elsewhere_does():  # O1
    here, there = given(1, scope=GHENT), given(2, scope=LIEGE)

    found = people(here, there, taken(3, here))

    assert (found.given("sponsor", GHENT), found.given("sponsor", LIEGE)) == ({}, {"bob": 2})


def test_a_role_does_not_count_while_the_account_of_whoever_has_it_or_lent_it_is_shut():  # O1
    own, lent = given(1), given(2, "cyd", lent_by="bob")

    assert people(own, lent, shut(3, "bob")).there == ()
    assert people(own, lent, shut(3, "cyd")).given("sponsor", PROGRAMME) == {"bob": 1}
    again = people(own, lent, shut(3, "bob"), Acted(4, OPENED, {"person": "bob"}))
    assert (again.given("sponsor", PROGRAMME), again.lent("sponsor", PROGRAMME)) == ({"bob": 1}, {("bob", "cyd"): 2})


def test_a_role_that_somebody_gave_themselves_decides_nothing():  # O2
    assert people(given(1, "ida", by="ida")).holders("sponsor", PROGRAMME) == ("ann",)


def test_who_was_lent_a_role_stands_for_its_holder_and_does_not_hold_it():  # O3
    found = people(given(5, "bob", by="ann", lent_by="ann"))

    assert found.holders("sponsor", GHENT) == ("ann",)
    assert found.lent("sponsor", GHENT) == {("ann", "bob"): 5}
    assert found.bound("sponsor", GHENT) == ("ann", "bob")
    assert found.lent("tester", GHENT) == {}


def test_who_is_declared_is_not_told_to_have_it_since_it_was_given():
    found = people(given(1, "ann"), given(2, "bob"))

    assert found.holders("sponsor", PROGRAMME) == ("ann", "bob")
    assert found.given("sponsor", PROGRAMME) == {"bob": 2}
    assert (found.known("ann"), found.known("bob")) == (True, False)


@pytest.mark.parametrize(
    ("of", "reached"),
    [
        (PROGRAMME, [PROGRAMME, FLANDERS, GHENT, LIEGE, NORTH]),
        (FLANDERS, [FLANDERS, GHENT, NORTH]),
        (GHENT, [GHENT]),
        (Scope(Level.SITE, "closed-down"), []),
    ],
)
def test_a_role_reaches_what_its_site_holds_all_of(of, reached):  # O1
    found = people(given(1, scope=of))

    asked = [PROGRAMME, FLANDERS, GHENT, LIEGE, NORTH]
    assert [scope for scope in asked if found.given("sponsor", scope)] == reached
