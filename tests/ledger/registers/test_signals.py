from dataclasses import replace
from datetime import timedelta

import pytest

from lockgate.kernel.comparison import parse_comparison
from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.register import Field, Kind
from lockgate.kernel.scope import PROGRAMME
from lockgate.kernel.signal import RiskToRaise, Signal, Tells, Wrong
from lockgate.ledger.evidence import Recorded
from lockgate.ledger.registers.action import Edit, Move, Raise, Remark
from lockgate.ledger.registers.signals import SIGNALS, risks, warnings
from support.registers import GAP, KNOWN, MONDAY, RISK, World, actor

FIELDS = ("signal", "signal_says", "response", "early_signal", "category")
WATCHED = replace(
    RISK,
    fields=(*RISK.fields, *(Field(key, key, Kind.LONG_TEXT) for key in FIELDS), Field("owner", "Owner", Kind.PERSON)),
    transitions=(
        *RISK.transitions,
        replace(RISK.transitions[0], key="reopen", source=("gone",), target="open", who=("signals",), event="reopened"),
    ),
    raised_by=("signals",),
    edited_by=("signals",),
)
LIES = RiskToRaise("Gaps are left lying", "Ask", "sponsor", (("category", "people"),))


def signal(tells, **more):
    return Signal("lying", "Gaps lie", tells, LIES, **{"register": "gap", **more})


def up(world, one, days=0, evidence=()):
    return [each.says for each in warnings([one], world.known, evidence, MONDAY + timedelta(days=days))]


@pytest.fixture
def world():
    return World(replace(KNOWN, registers={"gap": GAP, "risk": WATCHED}))


def test_old_open_records_are_told(world):
    world.raised().raised(fit="custom")
    old = signal(Tells.AGE, days=5)
    assert up(world, old, days=5) == []
    assert up(world, old, days=6) == ["Gaps lie: GAP-1, GAP-2."]
    assert up(world, replace(old, above=2), days=6) == []
    assert up(world, replace(old, where=(parse_comparison("fit = custom"),)), days=6) == ["Gaps lie: GAP-2."]


def test_the_same_facts_read_the_same_a_week_later(world):  # W1
    world.raised()
    old = signal(Tells.AGE, days=5)
    assert up(world, old, days=6) == up(world, old, days=13)


def test_many_records_are_counted(world):
    for _ in range(22):
        world.raised()
    assert up(world, signal(Tells.AGE, days=1), days=3)[0].endswith("GAP-20 and 2 more.")


def test_an_owner_who_says_nothing_is_told(world):  # W2
    world.raised(owner="bea").raised(owner="bea").raised()
    world.moment += timedelta(days=4)
    world.do(Remark("GAP-1", "I am on it"), actor("bea"))
    world.do(Remark("GAP-2", "And you?"), actor("dan"))
    assert up(world, signal(Tells.SILENCE, days=5), days=6) == ["Gaps lie: GAP-2, GAP-3."]


def test_late_records_are_told(world):
    world.raised(due="2027-03-02").raised()
    assert up(world, signal(Tells.OVERDUE), days=1) == []
    assert up(world, signal(Tells.OVERDUE), days=3) == ["Gaps lie: GAP-1."]


def test_records_that_are_opened_again_are_told_as_a_share(world):
    for number in (1, 2, 3):
        world.raised(fit="custom", owner="bea")
        world.do(Move(f"GAP-{number}", "propose"), actor("bea"))
        for who in ("dan", "eve"):
            world.do(Move(f"GAP-{number}", "accept"), actor(who, "member"))
    world.raised()
    world.do(Move("GAP-2", "reopen", "Wrong"))
    assert up(world, signal(Tells.REOPENED, above=0.3)) == ["Gaps lie: 1 of 3: GAP-2."]
    assert up(world, signal(Tells.REOPENED, above=0.4)) == []
    assert up(world, signal(Tells.REOPENED, above=0.1, at_least=4)) == []


def test_a_signal_on_a_register_that_is_not_declared_says_nothing(world):
    assert up(world, signal(Tells.AGE, days=1, register="gone"), days=9) == []


def measured(number, *, kind="kpi.measured", subject="a", inputs=None, days=0, **measures):
    evidence = Evidence(
        kind,
        PROGRAMME,
        {"kpi": subject} if subject else {},
        Verdict.SEEN,
        measures,
        inputs or {},
        "ada",
        MONDAY - timedelta(days=30 - days),
    )
    return Recorded(number, evidence, evidence.taken_at)


def values(*all_values):
    return [measured(number, value=value) for number, value in enumerate(all_values, start=1)]


TREND = signal(Tells.TREND, register="", evidence=("kpi.measured",), measure="value", over=2)


@pytest.mark.parametrize(
    ("wrong", "series", "is_up"),
    [
        (Wrong.RISING, [1, 2, 3], True),
        (Wrong.RISING, [9, 1, 2, 3], True),
        (Wrong.RISING, [1, 2, 2], False),
        (Wrong.RISING, [1, 2], False),
        (Wrong.FALLING, [3, 2, 1], True),
        (Wrong.FALLING, [3, 2, 3], False),
        (Wrong.NOT_RISING, [2, 2, 1], True),
        (Wrong.NOT_RISING, [1, 2, 1], False),
        (Wrong.NOT_FALLING, [1, 1, 2], True),
        (Wrong.NOT_FALLING, [3, 1, 2], False),
        (Wrong.RISING, [1, "many", True, 2, 3], True),
    ],
)
def test_a_measure_that_goes_the_wrong_way_is_told(world, wrong, series, is_up):  # W3
    assert bool(up(world, replace(TREND, wrong=wrong), evidence=values(*series))) == is_up


def test_a_trend_is_of_one_series_in_the_order_of_the_ledger(world):  # W3
    mixed = [measured(1, value=1), measured(2, subject="b", value=2), measured(3, value=3)]
    assert up(world, TREND, evidence=mixed) == []
    assert warnings([TREND], world.known, values(1, 2.5, 4)[::-1], MONDAY)[0].evidence == (1, 2, 3)
    assert up(world, TREND, evidence=values(1, 2.5, 4)) == ["Gaps lie: kpi.measured programme a: 1, 2.5, 4."]
    assert up(world, TREND, evidence=values(1, 2, 3), days=-31) == []
    bare = [measured(number, subject="", value=number) for number in (1, 2, 3)]
    assert up(world, TREND, evidence=bare) == ["Gaps lie: kpi.measured programme: 1, 2, 3."]


def test_a_design_that_moves_while_it_is_tested_is_told(world):  # W4
    churn = signal(Tells.CHURN, register="", evidence=("scenario.run",), inputs="template", days=14, above=1)
    runs = [
        measured(1, kind="scenario.run", inputs={"template": "old"}, days=1),
        measured(2, kind="scenario.run", inputs={"template": "a", "scenario:x": "1"}, days=20),
        measured(3, kind="scenario.run", inputs={"template": "a", "scenario:x": "2"}, days=21),
        measured(4, kind="scenario.run", inputs={"template": "b"}, days=22),
        measured(5, kind="kpi.measured", inputs={"template": "x"}, days=23),
        measured(6, kind="scenario.run", inputs={"template": "c"}, days=24),
    ]
    assert up(world, churn, evidence=runs) == ["Gaps lie: template 2 times."]
    assert up(world, churn, evidence=runs[:-1]) == []


def answered(world, days):
    warned = warnings([signal(Tells.AGE, days=5)], world.known, (), MONDAY + timedelta(days=days))
    actions = risks(warned, world.known, {"sponsor": "eve"})
    for action in actions:
        world.do(action, SIGNALS)
    return [type(one) for one in actions]


def test_a_signal_raises_one_risk_and_brings_it_up_to_date(world):  # W5
    world.raised()
    assert answered(world, 4) == []
    assert answered(world, 6) == [Raise]
    risk = world.known.entries.by_id["RISK-1"]
    assert dict(risk.values) == {
        "title": "Gaps are left lying",
        "signal": "lying",
        "signal_says": "Gaps lie: GAP-1.",
        "response": "Ask",
        "owner": "eve",
        "early_signal": "Gaps lie",
        "category": "people",
    }
    assert risk.raised_by == "lockgate"
    assert answered(world, 7) == []
    world.raised()
    assert answered(world, 8) == [Edit]
    assert answered(world, 8) == []
    assert world.known.entries.by_id["RISK-1"].values["signal_says"] == "Gaps lie: GAP-1, GAP-2."


def test_a_closed_risk_is_opened_again_only_by_news(world):  # W5
    world.raised()
    answered(world, 6)
    world.do(Move("RISK-1", "close"))
    assert answered(world, 7) == []
    world.raised()
    assert answered(world, 8) == [Move, Edit]
    assert (world.known.entries.by_id["RISK-1"].state, answered(world, 8)) == ("open", [])


def test_a_closed_risk_that_can_not_be_opened_stays_closed(world):
    world.raised()
    answered(world, 6)
    world.do(Move("RISK-1", "close"))
    world.raised().with_(registers={"gap": GAP, "risk": replace(WATCHED, transitions=RISK.transitions)})
    assert answered(world, 8) == []
