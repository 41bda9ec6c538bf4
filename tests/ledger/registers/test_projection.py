"""Whatever people do, all ways of reading the events give the same records: asked as a state machine."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lockgate.ledger.registers.action import Edit, Move, Raise, Remark, Tag, Tie
from lockgate.ledger.registers.engine import Drafted, perform
from lockgate.ledger.registers.entry import Entries
from lockgate.ledger.registers.projection import project
from support.registers import KNOWN, MONDAY, World, actor

PEOPLE = st.sampled_from(["ada", "bea", "cyd", "dan"])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["One", "Two"]),
        "fit": st.sampled_from(["standard", "custom", None]),
        "cost": st.sampled_from([1, 20_000, None]),
        "owner": st.none() | PEOPLE,
        "site": st.sampled_from(["ghent", "lyon", None]),
    },
)


@dataclass(frozen=True)
class Written:
    number: int
    at: object
    by: str
    kind: str
    payload: dict


class Keeping(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.ledger = []
        self.entries = Entries()

    def act(self, person, action):
        moment = MONDAY + timedelta(hours=len(self.ledger))
        who = actor(person, "analyst", "design-authority", "member")
        known = World(KNOWN).with_(entries=self.entries).known
        outcome = perform(action, actor=who, known=known, moment=moment)
        assert not (outcome.events and outcome.refusals)
        start = len(self.ledger) + 1
        told = [Drafted(start + n, moment, person, one.kind, one.payload) for n, one in enumerate(outcome.events)]
        self.ledger += told
        self.entries = project(told, self.entries)

    def some(self, data):
        return data.draw(st.sampled_from(sorted(self.entries.by_id)))

    @initialize()
    def first(self):
        self.act("ada", Raise("gap", {"title": "One"}))

    @rule(person=PEOPLE, values=VALUES)
    def raise_(self, person, values):
        self.act(person, Raise("gap", {"title": "One", **values}))

    @precondition(lambda self: self.entries.by_id)
    @rule(person=PEOPLE, values=VALUES, data=st.data())
    def edit(self, person, values, data):
        record = self.some(data)
        self.act(person, Edit(record, self.entries.by_id[record].version, values))

    @precondition(lambda self: self.entries.by_id)
    @rule(
        person=PEOPLE,
        step=st.sampled_from(["propose", "decide", "accept", "reopen"]),
        yes=st.booleans(),
        data=st.data(),
    )
    def move(self, person, step, yes, data):
        self.act(person, Move(self.some(data), step, "Because", yes=yes))

    @precondition(lambda self: self.entries.by_id)
    @rule(person=PEOPLE, undo=st.booleans(), data=st.data())
    def tie_tag_and_say(self, person, undo, data):
        record = self.some(data)
        self.act(person, Tie(record, "blocks", self.some(data), undo=undo))
        self.act(person, Tag(record, ("night",), undo=undo))
        self.act(person, Remark(record, "Seen"))

    @invariant()
    def all_at_once_is_the_same(self):
        assert project(self.ledger) == self.entries

    @invariant()
    def what_all_have_together_is_counted_of_these(self):
        summary = self.entries.summary("gap")
        there = [one for one in self.entries.by_id.values() if one.register == "gap"]
        assert summary.states == Counter(one.state for one in there)
        assert summary.owners == {one.owner for one in there} - {""}
        assert summary.tags == {tag for one in there for tag in one.tags}
        assert list(self.entries.of("gap")) == sorted(there, key=lambda one: one.counted)

    @invariant()
    def nothing_strays(self):
        assert self.entries.strays == ()

    @invariant()
    def every_link_is_seen_from_both_sides(self):
        there = {(one.id, link) for one in self.entries.by_id.values() for link in one.links}
        back = {(link.to, one.id) for one in self.entries.by_id.values() for link in one.linked_from}
        assert {(record, link.to) for record, link in there} == back

    def teardown(self):
        for cut in range(len(self.ledger) + 1):
            assert project(self.ledger[cut:], project(self.ledger[:cut])) == self.entries


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)


def told(number, kind, **payload):
    return Written(number, MONDAY, "ada", kind, payload)


RAISED = told(1, "gap.raised", register="gap", id="GAP-1", state="open", values={"title": "One", "days": None})
OTHER = told(2, "risk.raised", register="risk", id="RISK-1", state="open", values={"title": "Two"})


def test_events_of_other_parts_leave_what_was_counted():
    before = project([RAISED])
    summary = before.summary("gap")
    after = project([told(2, "role.given", person="ada")], before)

    assert (after.number, after.by_id is before.by_id, after.summary("gap") is summary) == (2, True, True)
    assert project([OTHER], after).summary("gap") is not summary


@pytest.mark.parametrize(
    "stray",
    [
        told(3, "gap.raised", register="gap", id="GAP-1", state="open", values={}),
        told(3, "gap.raised", register="gap", id="first", state="open", values={}),
        told(3, "gap.raised", register="gap", id=["GAP-2"], state="open", values={}),
        told(3, "gap.raised", register="gap", id="GAP-2"),
        told(3, "gap.edited", register="gap", id="GAP-9", values={}),
        told(3, "gap.edited", register="gap", id="GAP-1", values=None),
        told(3, "risk.edited", register="risk", id="GAP-1", values={}),
        told(3, "risk.edited", register="gap", id="GAP-1", values={}),
        told(3, "gap.decided", register="gap", id="GAP-1"),
        told(3, "gap.tagged", register="gap", id="GAP-1", tags=5),
        told(3, "gap.unlinked", register="gap", id="GAP-1", relation="blocks", to=[]),
    ],
)
def test_an_event_that_fits_no_record_changes_nothing_and_is_told(stray):  # J3
    entries = project([RAISED, OTHER, stray])
    assert entries.strays == (3,)
    assert entries.by_id == project([RAISED, OTHER]).by_id
    assert entries.number == 3


def test_events_of_others_are_passed_over():  # J4
    entries = project([told(1, "scenario.run", subject={"scenario": "otc-01"}), told(2, "gate.decided", id="x")])
    assert entries == Entries({}, 2, ())


def test_a_step_that_no_playbook_declares_any_more_stays():  # J2
    step = {"transition": "park", "source": "open", "target": "parked", "reason": "", "values": {}}
    entries = project([RAISED, told(2, "gap.parked", register="gap", id="GAP-1", **step)])
    assert entries.by_id["GAP-1"].state == "parked"


def test_a_step_within_a_state_does_not_start_it_again():
    step = {"transition": "review", "source": "open", "target": "open", "reason": "", "values": {"days": 3}}
    later = Written(2, MONDAY + timedelta(days=1), "ada", "gap.reviewed", {"register": "gap", "id": "GAP-1", **step})
    entry = project([RAISED, later]).by_id["GAP-1"]
    assert (entry.since, entry.values) == (MONDAY, {"title": "One", "days": 3})
    assert (entry.changed_by, entry.changed_at) == ("ada", MONDAY + timedelta(days=1))
