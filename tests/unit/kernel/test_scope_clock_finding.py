from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.kernel.clock import moment_of, stamp, system_clock
from lockgate.kernel.finding import Finding, Position
from lockgate.kernel.scope import PROGRAMME, Level, Scope


@pytest.mark.parametrize("scope", [PROGRAMME, Scope(Level.WAVE, "north"), Scope(Level.SITE, "be:ghent")])
def test_a_scope_reads_back_from_its_text(scope):
    assert Scope.parse(str(scope)) == scope


@pytest.mark.parametrize("text", ["", "site", "site:", "programme:x", "planet:earth"])
def test_what_is_no_scope_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - of an enumeration or of ours
        Scope.parse(text)


@given(st.datetimes(timezones=st.just(UTC) | st.just(timezone(timedelta(hours=5, minutes=30)))))
def test_a_moment_reads_back_from_its_stamp(moment):
    assert moment_of(stamp(moment)) == moment


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_stamps_are_in_the_order_of_their_moments(one, other):
    assert (stamp(one) < stamp(other)) == (one < other)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        stamp(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_the_system_s_clock_is_in_utc():
    assert system_clock().tzinfo is UTC


def test_findings_sort_by_place_and_say_where():
    late = Finding(Position("b.yaml", 2, 5), "unknown-key", "`nam` is unknown.", "Did you mean `name`?")
    early = Finding(Position("b.yaml", 1, 9), "wrong-type", "`7` is no text.")
    assert sorted([late, early]) == [early, late]
    assert str(late.at) == "b.yaml:2:5"
    assert late.as_dict() == {
        "code": "unknown-key", "path": "b.yaml", "line": 2, "column": 5,
        "message": "`nam` is unknown.", "hint": "Did you mean `name`?",
    }  # fmt: skip
