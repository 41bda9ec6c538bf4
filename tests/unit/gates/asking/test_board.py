"""Does the board say what asking everything anew would say, whatever was recorded and however much time went by?"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockgate.gates.asking.board import Board, News
from lockgate.gates.asking.evaluating import GateVerdict, evaluate
from lockgate.gates.asking.lasting import Lasting, of_day, of_evidence
from lockgate.gates.asking.outcome import Status
from lockgate.gates.criteria.definition import Measured
from lockgate.gates.facts.placed import Placed
from lockgate.gates.facts.wanted import Series
from lockgate.kernel.scope import PROGRAMME
from support.gate_scene import GHENT, LIEGE, NORTH, NOW, Event, evidence, facts, gate

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INSTANT = timedelta.resolution
NOBODY = {"votes": [], "basis": {}, "saw": {}}


def stamped(moment):
    return moment.isoformat().replace("+00:00", "Z")


def waived(until, criterion="c1"):
    said = {"criterion": criterion, "by": "ann", "owner": "tom", "reason": "x", "until": stamped(until)}
    return Event(90, "gate.waived", {"gate": "g0", "scope": str(NORTH), "status": "stale", **said})


def conditional(due):
    condition = {"key": "k", "text": "Clean up", "owner": "tom", "due": stamped(due), "criterion": ""}
    said = {"gate": "g0", "scope": str(NORTH), "choice": "conditional", "conditions": [condition], **NOBODY}
    return Event(91, "gate.decided", said)


def anew(made, found, moment):
    return {(one.key, NORTH): evaluate(one, NORTH, found, moment) for one in made}


def stated(states, moment):
    """The states, as if all of them had been asked at one moment: the board asks again only what may differ."""
    return {about: replace(state, moment=moment) for about, state in states.items()}


measured = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["scenario.run", "fit.probed"]),
        "scope": st.sampled_from([GHENT, LIEGE, NORTH]),
        "scenario": st.sampled_from(["otc-01", "otc-02"]),
        "days_ago": st.sampled_from([-0.02, 0.0, 0.5, 1.0, 1.96, 2.0, 2.04, 5.0]),
        "measures": st.sampled_from([{"failed": 0}, {"failed": 2}]),
    }
)
about = st.builds(
    lambda kind, where, last, fresh: {
        "evidence": {"kind": kind, "where": where},
        "last": last,
        "require": ["failed = 0"],
        **({"fresh": fresh} if fresh else {}),
    },
    st.sampled_from(["scenario.run", "fit.probed"]),
    st.sampled_from([[], ["failed = 0"]]),
    st.integers(1, 2),
    st.sampled_from(["", "1h", "36h", "2d"]),
)
wanted = st.lists(st.one_of(about, st.builds(lambda one, other: {"any": [one, other]}, about, about)), max_size=3)
steps = st.lists(
    st.tuples(st.sampled_from([INSTANT, MINUTE, 7 * MINUTE, HOUR, 11 * HOUR, 3 * DAY]), st.none() | measured),
    max_size=6,
)


@given(st.lists(wanted, min_size=1, max_size=2), st.lists(measured, max_size=4), steps, st.integers(0, 80))
def test_whenever_it_is_asked_the_board_says_what_asking_anew_would_say(gates, before, after, hours):  # B1, B2
    made = [replace(gate(*wishes, scope="wave"), key=f"g{number}") for number, wishes in enumerate(gates)]
    found = facts(*(evidence(number, **said) for number, said in enumerate(before, 1)))
    found.histories.add([waived(NOW + hours * HOUR), conditional(NOW + hours * HOUR)])
    board, moment = Board([(one, NORTH) for one in made], found, NOW), NOW
    for number, (passed, said) in enumerate(after, len(before) + 1):
        moment += passed
        news = News()
        if said is not None:
            found.index.add(one := evidence(number, **said))
            news = News([one.evidence])
        board.after(news, found, moment)
        assert stated(board.states, moment) == anew(made, found, moment)


def test_evidence_is_too_old_the_instant_after_its_limit_and_nothing_else_is_asked_again():  # U1
    made = gate({"evidence": {"kind": "scenario.run"}, "fresh": "2d"})
    found = facts(evidence(1, days_ago=0, scenario="otc-01"))
    board = Board([(made, GHENT), (made, LIEGE)], found, NOW)
    assert board.after(News(), found, NOW + 2 * DAY) == ()
    (state,) = board.after(News(), found, NOW + 2 * DAY + INSTANT)
    assert (state.scope, state.verdict) == (GHENT, GateVerdict.CLOSED)
    assert state.criteria[0].found.because == "#1 is 2 days old, and 2 days are allowed"
    assert board.after(News(), found, NOW + 2 * DAY + MINUTE - INSTANT) == ()
    (state,) = board.after(News(), found, NOW + 2 * DAY + MINUTE)
    assert state.criteria[0].found.because == "#1 is 2 days 1 minute old, and 2 days are allowed"


def test_a_waiver_ends_and_a_condition_falls_due_without_any_record():  # U4
    made = replace(gate({"evidence": {"kind": "scenario.run"}}, scope="wave"), key="g0")
    found = facts()
    found.histories.add([replace(waived(NOW + DAY), payload={**waived(NOW + DAY).payload, "status": "missing"})])
    found.histories.add([conditional(NOW + 2 * DAY)])
    board = Board([(made, NORTH)], found, NOW)
    assert board.states["g0", NORTH].verdict is GateVerdict.OPEN
    assert board.after(News(), found, NOW + DAY - INSTANT) == ()
    assert [state.verdict for state in board.after(News(), found, NOW + DAY)] == [GateVerdict.CLOSED]
    assert board.after(News(), found, NOW + 2 * DAY - INSTANT) == ()
    assert [len(state.overdue) for state in board.after(News(), found, NOW + 2 * DAY)] == [1]


def test_what_people_say_of_a_gate_is_judged_without_asking_its_criteria():
    made = replace(gate({"evidence": {"kind": "scenario.run"}}, scope="wave"), key="g0")
    found = facts(evidence(1, scope=NORTH))
    board = Board([(made, NORTH)], found, NOW)
    before = board.states["g0", NORTH].criteria[0].found
    found.histories.add([conditional(NOW + DAY)])
    (state,) = board.after(News(gates=[("g0", NORTH), ("of-another-programme", NORTH)]), found, NOW)
    assert state.verdict is GateVerdict.OPEN
    assert state.criteria[0].found is before


def test_a_changed_record_of_a_register_is_asked_by_those_alone_who_looked_at_it():  # B3
    made = gate({"register": "defect", "where": ["state = open"], "require": ["count = 0"]})
    ours, theirs = {"id": "DEF-1", "site": "ghent", "state": "open"}, {"id": "DEF-2", "site": "liege", "state": "open"}
    found = facts(registers={"defect": Placed([ours, theirs])})
    board = Board([(made, GHENT), (made, LIEGE)], found, NOW)
    found.registers = {"defect": Placed([ours, theirs])}
    assert board.after(News(), found, NOW) == ()
    found.registers = {"defect": Placed([{**ours, "state": "closed"}, theirs])}
    assert [(one.scope, one.verdict) for one in board.after(News(), found, NOW)] == [(GHENT, GateVerdict.READY)]
    found.registers = {"defect": Placed([theirs])}
    assert [one.scope for one in board.after(News(), found, NOW)] == [GHENT]
    found.registers = {}
    assert {one.verdict for one in board.after(News(), found, NOW)} == {GateVerdict.UNDECIDABLE}


def test_a_register_whose_rows_are_the_very_same_is_not_gone_through_for_each_scope():  # B3
    made = gate({"register": "defect", "where": ["state = open"], "require": ["count = 0"]})
    placed = Placed([{"id": "DEF-1", "site": "ghent", "state": "open"}])
    found = _Asked(facts(registers={"defect": placed}))
    board = Board([(made, GHENT), (made, LIEGE)], found, NOW)
    board.after(News(), found, NOW)
    found.asked.clear()

    assert board.after(News(), found, NOW) == ()
    assert found.asked == [PROGRAMME]
    found.known.registers = {"defect": Placed([])}
    assert [one.scope for one in board.after(News(), found, NOW)] == [GHENT]


def test_what_was_measured_from_records_is_asked_again_when_they_say_something_else():  # B3
    made = gate({"evidence": {"kind": "scenario.run"}, "require": ["failed = 0"]})
    taken = evidence(1, inputs={"records:defect": "of one"}, measures={"failed": 0})
    found = facts(taken, registers={"defect": Placed([{"id": "DEF-1"}])})
    found.records = _Said("of one")
    board = Board([(made, GHENT)], found, NOW)
    assert [one.verdict for one in board.states.values()] == [GateVerdict.READY]

    found.registers, found.records = {"defect": Placed([{"id": "DEF-1"}, {"id": "DEF-2"}])}, _Said("of two")

    (state,) = board.after(News(), found, NOW)
    assert (state.verdict, state.criteria[0].found.status) == (GateVerdict.CLOSED, Status.STALE)


class _Said(str):
    """Records of registers that say this."""

    __slots__ = ()

    def digest_of(self, register):
        return str(self)


class _Asked:
    """Facts that note for which scopes rows are asked."""

    def __init__(self, known):
        self.known, self.asked = known, []

    def __getattr__(self, name):
        return getattr(self.known, name)

    def rows(self, register, scope):
        self.asked.append(scope)
        return self.known.rows(register, scope)


@pytest.mark.parametrize(
    ("days_ago", "until"),
    [
        (0.5, NOW + 1.5 * DAY + INSTANT),  # U1
        (2, NOW + INSTANT),
        (2.5, NOW + HOUR),  # U2: two days and twelve hours
        (3, NOW + MINUTE),  # U2: three days and no hours, so that minutes are said
        (-1, NOW + DAY - timedelta(minutes=10)),  # U3
    ],
)
def test_of_evidence_it_is_known_until_when_the_answer_holds(days_ago, until):
    question = gate({"evidence": {"kind": "scenario.run"}, "fresh": "2d"}).criteria[0].question
    assert isinstance(question, Measured)
    assert of_evidence(question, [Series({}, [evidence(1, days_ago=days_ago)])], NOW) == until


def test_without_a_limit_an_answer_holds_for_ever():
    question = gate({"evidence": {"kind": "scenario.run"}}).criteria[0].question
    assert isinstance(question, Measured)
    assert of_evidence(question, [Series({}, [evidence(1, days_ago=400)])], NOW) is None


def test_a_day_holds_until_midnight():  # U5
    assert of_day(NOW) == datetime.combine(NOW.date() + DAY, datetime.min.time(), NOW.tzinfo)


def test_of_what_is_noted_often_only_the_last_counts_and_no_more_is_kept():
    lasting = Lasting[str]()
    for number in range(5_000):
        lasting.note("often", NOW + number * MINUTE)
    lasting.note("never", NOW)
    lasting.note("never", None)
    assert list(lasting.over(NOW + 4_998 * MINUTE)) == []
    assert len(lasting) < 2_000
    assert list(lasting.over(NOW + 4_999 * MINUTE)) == ["often"]
    assert list(lasting.over(NOW + 9_999 * MINUTE)) == []
