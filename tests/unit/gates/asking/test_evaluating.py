"""What do gates say? Rules G1 to G5 of `evaluating`, M1 to M6 of `measuring`, K1 and K2 of `keeping`."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lockgate.gates.asking.evaluating import GateState, GateVerdict, evaluate
from lockgate.gates.asking.outcome import Status
from lockgate.gates.criteria.definition import Either, Gate, Kept
from lockgate.gates.facts.values import EvidenceValues
from lockgate.kernel.comparison import parse_comparison
from lockgate.kernel.evidence import Verdict
from lockgate.kernel.scope import PROGRAMME
from support.gate_scene import (
    GHENT,
    LIEGE,
    NORTH,
    NOW,
    Event,
    World,
    evidence,
    facts,
    gate,
    on_instance,
)

RUN = {"evidence": {"kind": "scenario.run"}}
EACH = {**RUN, "each": ["scenario"]}


def ask(criterion, *records, scope=GHENT, **more) -> tuple[str, str]:
    """Return the status of one criterion, and why."""
    level = str(scope.level)
    (found,) = evaluate(gate(criterion, scope=level), scope, facts(*records, **more), NOW).criteria
    return found.status, found.found.because


# ── gates ──


def decided(choice, conditions=()):
    payload = {"gate": "uat-exit", "scope": "site:ghent", "choice": choice, "votes": [], "conditions": conditions}
    return Event(50, "gate.decided", {**payload, "basis": {}, "saw": {}})


def stand(known, *criteria, events=()) -> GateState:
    known.histories.add(events)
    return evaluate(gate(*criteria), GHENT, known, NOW)


def condition(due, criterion="c1", key="CON-1"):
    return {"key": key, "text": "run it", "owner": "tom", "due": due, "criterion": criterion}


def test_a_gate_without_criteria_is_undecidable_even_with_a_go():  # G1
    assert stand(facts()).verdict is GateVerdict.UNDECIDABLE
    assert stand(facts(), events=[decided("go")]).verdict is GateVerdict.UNDECIDABLE


@pytest.mark.parametrize(
    ("events", "verdict"), [((), "ready"), ((decided("go"),), "open"), ((decided("no-go"),), "closed")]
)
def test_a_gate_with_all_met_waits_for_people(events, verdict):  # G4
    assert stand(facts(evidence(1)), RUN, events=events).verdict == verdict


def test_a_go_does_not_hold_a_gate_open_that_lacks_something():  # G2
    assert stand(facts(), RUN, events=[decided("go")]).verdict is GateVerdict.CLOSED


def test_one_sure_no_closes_and_only_unknowns_are_undecidable():  # G5
    unknown = {"register": "defect", "require": ["count = 0"]}
    assert stand(facts(evidence(1)), RUN, unknown).verdict is GateVerdict.UNDECIDABLE
    assert stand(facts(), RUN, unknown).verdict is GateVerdict.CLOSED


@pytest.mark.parametrize(("due", "verdict"), [("2026-03-11T00:00:00Z", "open"), ("2026-03-10T12:00:00Z", "closed")])
def test_a_condition_covers_its_criterion_until_it_is_due(due, verdict):  # G3
    state = stand(facts(), RUN, events=[decided("conditional", [condition(due)])])
    assert (state.verdict, len(state.overdue)) == (verdict, int(verdict == "closed"))


def test_a_condition_is_fulfilled_when_its_criterion_is_met():  # G3
    due = [condition("2026-03-01T00:00:00Z")]
    assert stand(facts(evidence(1)), RUN, events=[decided("conditional", due)]).verdict is GateVerdict.OPEN


def test_a_condition_without_a_criterion_is_fulfilled_when_somebody_says_so():  # G3
    late = decided("conditional", [condition("2026-03-01T00:00:00Z", ""), condition("2026-04-01T00:00:00Z", "", "B")])
    said = Event(51, "gate.condition-fulfilled", {"gate": "uat-exit", "scope": "site:ghent", "condition": "CON-1"})
    assert stand(facts(evidence(1)), RUN, events=[late]).verdict is GateVerdict.CLOSED
    assert stand(facts(evidence(1)), RUN, events=[late, said]).verdict is GateVerdict.OPEN


def test_conditions_of_a_plain_go_are_none_of_its_business():
    assert stand(facts(), RUN, events=[decided("go", [condition("2026-04-01T00:00:00Z")])]).criteria[0].conditions == ()


@pytest.mark.parametrize(
    ("until", "status", "verdict"),
    [("2026-03-11T00:00:00Z", "waived", "ready"), ("2026-03-10T12:00:00Z", "missing", "closed")],
)
def test_a_waiver_counts_until_it_expires(until, status, verdict):
    waived = {"criterion": "c1", "by": "ann", "owner": "bob", "reason": "later", "until": until, "status": "missing"}
    event = Event(50, "gate.waived", {"gate": "uat-exit", "scope": "site:ghent", **waived})
    state = stand(facts(), RUN, events=[event])
    assert (state.criteria[0].status, state.verdict) == (status, verdict)
    assert stand(facts(evidence(1)), RUN, events=[event]).criteria[0].status is Status.MET


def test_a_state_counts_and_finds_its_criteria():
    state = stand(facts(evidence(1)), RUN, {"evidence": {"kind": "fit.probed"}})
    assert (state.count(Status.MET), state.count(Status.MISSING)) == (1, 1)
    assert (state.of("c2"), state.of("c3")) == (state.criteria[1], None)
    assert state.gate.criterion("c2") is state.criteria[1].criterion
    assert state.gate.criterion("c3") is None
    assert state.standing != stand(facts(), RUN, {"evidence": {"kind": "fit.probed"}}).standing


# ── evidence ──


def test_nothing_measured_is_missing():  # M1
    assert ask(RUN) == ("missing", "no scenario.run on record")
    assert ask(RUN, evidence(1, scope=LIEGE)) == ("missing", "no scenario.run on record")


def test_without_each_every_subject_on_record_is_judged():  # M1
    good, bad = evidence(1, scenario="otc-01"), evidence(2, scenario="otc-02", verdict=Verdict.FAILED)
    assert ask(RUN, good) == ("met", "")
    assert ask(RUN, good, bad) == ("unmet", "1 of 2 lack: #2 failed")


def test_with_each_what_is_declared_and_not_measured_is_missing():  # M1
    found = evaluate(gate(EACH), GHENT, facts(evidence(1, scenario="otc-01")), NOW).criteria[0].found
    assert (found.status, found.because) == (
        "missing",
        "2 of 3 lack: scenario otc-02: no scenario.run on record",
    )
    assert [(part.name, part.status) for part in found.parts] == [
        ("scenario otc-01", "met"),
        ("scenario otc-02", "missing"),
        ("scenario otc-03", "missing"),
    ]


def test_each_is_narrowed_by_what_is_declared():
    narrowed = {**RUN, "each": [{"of": "scenario", "where": ["critical = true"]}]}
    both = (evidence(1, scenario="otc-01"), evidence(2, scenario="otc-02"))
    assert ask(narrowed, *both) == ("met", "")
    nobody = {**RUN, "each": [{"of": "scenario", "where": ["key = otc-09"]}]}
    assert ask(nobody, *both) == ("missing", "no scenario is declared here with key = otc-09")
    unsaid = {**RUN, "each": [{"of": "scenario", "where": ["night = true"]}]}
    assert ask(unsaid, *both) == (
        "undecidable",
        "3 of 3 lack: scenario otc-01: night = true can't be told: there is no night",
    )


@pytest.mark.parametrize(
    ("dimension", "status", "why"),
    [
        ("nothing", "missing", "no nothing is declared here"),
        ("planet", "undecidable", "nothing declares what a planet is"),
    ],
)
def test_a_dimension_that_holds_nothing_is_never_a_silent_pass(dimension, status, why):
    assert ask({**RUN, "each": [dimension]}, evidence(1)) == (status, why)


def test_each_site_is_asked_of_its_own_evidence():
    sites = {**RUN, "each": ["site", "role"]}
    here = evidence(1, role="picker")
    assert ask(sites, here, scope=NORTH) == (
        "missing",
        "1 of 2 lack: site liege, role picker: no scenario.run on record",
    )
    assert ask(sites, here, evidence(2, scope=LIEGE, role="picker"), scope=NORTH)[0] == "met"
    assert ask({**RUN, "each": ["wave"]}, evidence(1, scope=NORTH), scope=PROGRAMME)[0] == "met"


def test_evidence_of_the_scope_around_is_asked_for_by_name():
    rehearsed = {"evidence": {"kind": "migration.rehearsed", "at": "wave"}}
    there = evidence(1, "migration.rehearsed", NORTH)
    assert ask(rehearsed, there) == ("met", "")
    assert ask(rehearsed, there, world=World(waves={})) == ("undecidable", "site:ghent is in no wave")
    assert ask(rehearsed, there, scope=NORTH) == ("met", "")
    assert (
        ask({"evidence": {"kind": "fit.probed", "at": "programme"}}, evidence(1, "fit.probed", PROGRAMME))[0] == "met"
    )


def test_a_filter_chooses_among_the_records():
    there = {"evidence": {"kind": "scenario.run", "where": ["instance_role = rehearsal"]}}
    rehearsed = evidence(1, instance=on_instance("", "x"))
    assert ask(there, rehearsed)[0] == "met"
    lab = replace(rehearsed.evidence.instance, role="lab")
    other = replace(evidence(2, verdict=Verdict.FAILED), evidence=replace(evidence(2).evidence, instance=lab))
    assert ask(there, rehearsed, other) == ("met", "")
    assert ask(there, other) == ("missing", "no scenario.run on record with instance_role = rehearsal")


def test_a_record_that_may_or_may_not_count_is_undecidable():  # M5
    critical = {"evidence": {"kind": "scenario.run", "where": ["critical = true"]}}
    assert ask(critical, evidence(1)) == (
        "undecidable",
        "whether #1 counts: critical = true can't be told: there is no critical",
    )


def test_the_newest_record_rules():
    assert ask(RUN, evidence(2), evidence(1, verdict=Verdict.FAILED))[0] == "met"
    assert ask(RUN, evidence(1), evidence(2, verdict=Verdict.FAILED)) == ("unmet", "#2 failed")


def test_the_last_records_all_have_to_say_so():
    twice = {**RUN, "last": 2}
    assert ask(twice, evidence(1)) == ("missing", "1 of 2 on record")
    assert ask(twice, evidence(1), evidence(2))[0] == "met"
    assert ask(twice, evidence(1, verdict=Verdict.FAILED), evidence(2)) == ("unmet", "#1 failed")
    filtered = {"evidence": {"kind": "scenario.run", "where": ["producer = tom"]}, "last": 2}
    assert ask(filtered, evidence(1, verdict=Verdict.FAILED), evidence(2), evidence(3))[0] == "met"


def test_of_subjects_that_nothing_tells_apart_one_has_to_have_it_all():  # M1
    twice = {**RUN, "last": 2}
    old, again = evidence(1, scenario="otc-01"), evidence(2, scenario="otc-01")
    assert ask(twice, old, again, evidence(3, scenario="otc-02"))[0] == "met"
    assert ask(twice, old, evidence(3, scenario="otc-02"))[1] == "2 of 2 lack: 1 of 2 on record"
    stale = evidence(3, scenario="otc-02", inputs={"template": "old"})
    assert ask(twice, old, again, stale)[0] == "stale"


def test_changed_inputs_make_evidence_stale_whatever_it_says():  # M2
    old = evidence(7, inputs={"template": "3f2a77"}, verdict=Verdict.FAILED)
    assert ask(RUN, old) == ("stale", "#7 was measured on template 3f2a, which is now aaaa")
    assert ask({**RUN, "inputs": "any"}, old) == ("unmet", "#7 failed")
    assert ask(RUN, evidence(1, inputs={"template": "aaaa1111"}))[0] == "met"
    gone = evidence(1, inputs={"mapping:items": "55555"})
    assert ask(RUN, gone) == ("stale", "#1 was measured on mapping:items 5555, which is gone")


def test_what_the_workspace_does_not_declare_is_what_it_was_when_last_measured():  # M2
    first = evidence(1, inputs={"source:customers": "3f2a"}, scenario="otc-01")
    assert ask(RUN, first) == ("met", "")
    newer = [evidence(number, inputs={"source:customers": "91c0"}, scenario="otc-02") for number in (2, 3)]
    status, because = ask(RUN, first, *newer)
    assert (status, because) == ("stale", "1 of 2 lack: #1 was measured on source:customers 3f2a, which is now 91c0")
    assert ask(RUN, first, *newer, upto=1)[0] == "met"


def test_evidence_from_another_database_is_stale():  # M2
    seen = evidence(5, "instance.seen", PROGRAMME, instance=on_instance("prod", "uuid-1"))
    copied = evidence(9, "instance.seen", PROGRAMME, instance=on_instance("prod", "copy-9"))
    run = evidence(1, instance=on_instance("prod", "uuid-1"))
    assert ask(RUN, run)[0] == "met"
    assert ask(RUN, run, seen)[0] == "met"
    assert ask(RUN, evidence(1, instance=on_instance("other", "uuid-9")), seen)[0] == "met"
    assert ask(RUN, run, seen, copied) == ("stale", "#1 was measured on database:prod uuid, which is now copy")
    assert ask(RUN, run, seen, copied, upto=8)[0] == "met"


@pytest.mark.parametrize(
    ("days", "fresh", "answer"),
    [
        (13, "2w", ("met", "")),
        (15, "14d", ("stale", "#1 is 15 days old, and 14 days are allowed")),
        (0.25, "1h", ("stale", "#1 is 6 hours old, and 1 hour are allowed")),
        (2, "1d", ("stale", "#1 is 2 days old, and 1 day are allowed")),
    ],
)
def test_evidence_ages(days, fresh, answer):  # M2
    assert ask({**RUN, "fresh": fresh}, evidence(1, days_ago=days)) == answer


def test_evidence_from_the_future_is_no_evidence():  # M5
    assert ask(RUN, evidence(1, days_ago=-1)) == (
        "undecidable",
        "#1 was taken after the moment asked about: a clock is wrong",
    )
    assert ask(RUN, evidence(1, days_ago=-0.001))[0] == "met"


@pytest.mark.parametrize(
    ("require", "measures", "verdict", "answer"),
    [
        (["failed = 0"], {"failed": 0}, "seen", ("met", "")),
        (["failed = 0"], {"failed": 3}, "passed", ("unmet", "#1 says: failed is 3, required is failed = 0")),
        (["failed = 0"], {"failed": 0}, "failed", ("unmet", "#1 failed")),
        (["failed = 0"], {"failed": 2}, "failed", ("unmet", "#1 failed: failed is 2, required is failed = 0")),
        (["failed <= 2", "verdict != passed"], {"failed": 2}, "failed", ("met", "")),
        (["failed = 0"], {}, "passed", ("undecidable", "#1 says: failed = 0 can't be told: there is no failed")),
        (["a < b"], {"a": True}, "passed", ("undecidable", "#1 says: a < b can't be told: a is true, there is no b")),
        (["a = 1", "b = 2"], {"b": 3}, "passed", ("unmet", "#1 says: b is 3, required is b = 2")),
        (["b = 2", "a = 1"], {"b": 2}, "seen", ("undecidable", "#1 says: a = 1 can't be told: there is no a")),
        (["held = true"], {"held": False}, "seen", ("unmet", "#1 says: held is false, required is held = true")),
        ([], {}, "seen", ("undecidable", "#1 was only seen, and nothing is required of it")),
        ([], {}, "passed", ("met", "")),
    ],
)
def test_what_is_required_of_a_record(require, measures, verdict, answer):  # M3, M4, M5
    assert ask({**RUN, "require": require}, evidence(1, measures=measures, verdict=Verdict(verdict))) == answer


@pytest.mark.parametrize(
    ("direction", "values", "answer"),
    [
        ("falling", [5, 3, 3], "met"),
        ("falling", [3, 3, 3], "unmet"),
        ("falling", [1, 3, 2], "unmet"),
        ("rising", [1, 1, 2], "met"),
        ("rising", [2, 1, 3], "unmet"),
        ("not-falling", [2, 2, 2], "met"),
        ("not-rising", [2, 2, 2], "met"),
        ("not-rising", [2, 2, 3], "unmet"),
        ("falling", [2, 1], "missing"),
        ("falling", [3, True, 1], "undecidable"),
        ("falling", [3, "two", 1], "undecidable"),
    ],
)
def test_a_trend_needs_its_direction_and_its_number_of_records(direction, values, answer):  # M6
    trend = {**RUN, "trend": {"measure": "rate", "direction": direction, "over": 3}}
    records = [
        evidence(number, verdict=Verdict.SEEN, measures={"rate": value}, inputs={"template": "old"})
        for number, value in enumerate(values, 1)
    ]
    newest = evidence(records[-1].number, verdict=Verdict.SEEN, measures={"rate": values[-1]})
    assert ask(trend, *records[:-1], newest)[0] == answer


def test_a_trend_over_stale_evidence_is_stale_when_its_newest_is():  # M6
    trend = {**RUN, "trend": {"measure": "rate", "direction": "falling", "over": 2}}
    newest = evidence(2, measures={"rate": 1}, inputs={"template": "old"})
    assert ask(trend, evidence(1, measures={"rate": 2}), newest)[0] == "stale"
    assert ask(trend, evidence(1, measures={"rate": 1}), evidence(2, measures={"rate": 2})) == (
        "unmet",
        "rate went 1, 2, which is not falling",
    )


def test_comparisons_can_name_what_is_known_of_evidence():
    said = EvidenceValues(evidence(1, measures={"failed": 0, "verdict": "mine"}, scenario="otc-01").evidence)
    assert dict(said) == {
        "failed": 0,
        "scenario": "otc-01",
        "verdict": "passed",
        "producer": "tom",
        "scope": "site:ghent",
        "instance": None,
        "instance_role": None,
    }
    assert (len(said), said.get("verdict"), said.get("nothing")) == (7, "passed", None)


# ── registers ──

DEFECTS = [
    {"id": "DEF-1", "state": "open", "severity": "critical", "number": 11},
    {"id": "DEF-2", "state": "closed", "severity": "critical", "site": "liege"},
    {"id": "DEF-3", "state": "open", "severity": "low", "site": ["liege"], "number": 13},
    {"id": "DEF-4", "state": "open", "severity": "low", "site": "ghent"},
]
CRITICAL = ["state = open", "severity in (critical, high)"]
LOST = {"where": ["state = lost"], "every": ["state = open"]}


@pytest.mark.parametrize(
    ("criterion", "status", "why"),
    [
        ({"where": CRITICAL, "require": ["count = 0"]}, "unmet", "count is 1, required is count = 0 (DEF-1)"),
        ({"where": CRITICAL, "require": ["count < total"]}, "met", ""),
        ({"where": ["severity = high"], "require": ["count = 0"]}, "met", ""),
        ({"require": ["total = 2"]}, "met", ""),
        ({"every": ["state = closed"]}, "unmet", "state is open, required is state = closed (DEF-1, DEF-4)"),
        ({"where": ["severity = low"], "every": ["state = open"]}, "met", ""),
        (LOST, "missing", "no defect is on record with state = lost"),
        ({**LOST, "require": ["count = 0"]}, "missing", "1 of 2 lack: no defect is on record with state = lost"),
        (
            {"every": ["due > today"]},
            "undecidable",
            "can't be told of (DEF-1, DEF-4): due > today can't be told: there is no due, today is 2026-03-10",
        ),
        ({"each": ["planet"], "require": ["count = 0"]}, "undecidable", "nothing declares what a planet is"),
        ({"each": ["role"], "require": ["count = 0"]}, "met", ""),
    ],
)
def test_a_register_is_asked(criterion, status, why):
    assert ask({"register": "defect", **criterion}, registers={"defect": DEFECTS}) == (status, why)


def test_a_register_is_seen_from_where_the_gate_is():
    wanted = {"register": "defect", "require": ["count = 4"]}
    assert ask(wanted, scope=PROGRAMME, registers={"defect": DEFECTS})[0] == "met"
    assert ask({**wanted, "require": ["count = 3"]}, scope=LIEGE, registers={"defect": DEFECTS})[0] == "met"
    assert ask(wanted, registers={}) == ("undecidable", "there is no register defect")


def test_a_register_has_a_record_for_each_thing_declared():
    signed = {
        "register": "sign-off",
        "each": ["site", "scenario"],
        "where": ["state = signed"],
        "require": ["count > 0"],
    }
    rows = [
        {"id": "SIG-1", "state": "signed", "scenario": ["otc-01", "otc-02"], "number": 5},
        {"id": "SIG-2", "state": "signed", "scenario": "otc-03", "site": "ghent", "number": 6},
    ]
    assert ask(signed, scope=NORTH, registers={"sign-off": rows}) == (
        "unmet",
        "1 of 6 lack: site liege, scenario otc-03: count is 0, required is count > 0",
    )
    (found,) = evaluate(gate(signed), GHENT, facts(registers={"sign-off": rows}), NOW).criteria
    assert (found.status, found.found.evidence) == ("met", (5, 6))


@pytest.mark.parametrize(
    ("require", "answer"),
    [("count = 0", "undecidable"), ("count <= 1", "met"), ("count > 1", "unmet"), ("count = 1", "undecidable")],
)
def test_a_record_that_may_match_makes_only_doubtful_counts_undecidable(require, answer):  # K1
    rows = [{"id": "DEF-1", "state": "open"}]
    criterion = {"register": "defect", "where": CRITICAL, "require": [require]}
    assert ask(criterion, registers={"defect": rows})[0] == answer


def test_a_record_that_may_match_leaves_every_open():  # K1
    criterion = {"register": "defect", "where": CRITICAL, "every": ["state = open"]}
    rows = [{"id": f"DEF-{number}", "state": "open"} for number in range(7)]
    status, why = ask(criterion, registers={"defect": rows})
    assert status == "undecidable"
    assert why.startswith("can't be told of (DEF-0, DEF-1, DEF-2, DEF-3, DEF-4 and 2 more)")


def test_a_count_that_can_t_be_compared_is_undecidable():
    criterion = {"register": "defect", "require": ["count > total", "count = 0"]}
    assert ask(criterion, registers={"defect": []}) == ("unmet", "count is 0, total is 0, required is count > total")
    odd = Kept("defect", require=(parse_comparison("count > few"),))
    made = gate({"register": "defect", "require": ["count = 0"]})
    made = replace(made, criteria=(replace(made.criteria[0], question=odd),))
    (found,) = evaluate(made, GHENT, facts(registers={"defect": []}), NOW).criteria
    assert found.found.because == "count > few can't be told: count is 0, there is no few"


def test_questions_that_ask_nothing_are_undecidable():
    made: Gate = gate(RUN)
    for question in (Kept("defect"), Either(())):
        empty = replace(made, criteria=(replace(made.criteria[0], question=question),))
        (found,) = evaluate(empty, GHENT, facts(registers={"defect": []}), NOW).criteria
        assert found.status is Status.UNDECIDABLE


# ── groups ──


@pytest.mark.parametrize(
    ("group", "runs", "defects", "status"),
    [
        ("any", [evidence(1)], None, "met"),
        ("any", [], None, "undecidable"),
        ("any", [], DEFECTS, "missing"),
        ("any", [evidence(1, inputs={"template": "x"})], DEFECTS, "stale"),
        ("any", [], [], "met"),
        ("all", [evidence(1)], [], "met"),
        ("all", [evidence(1)], None, "undecidable"),
        ("all", [], None, "missing"),
        ("all", [], DEFECTS, "unmet"),
    ],
)
def test_groups(group, runs, defects, status):
    parts = [{"title": "Runs", **RUN}, {"all": [{"register": "defect", "where": CRITICAL, "require": ["count = 0"]}]}]
    registers = {} if defects is None else {"defect": defects}
    assert ask({group: parts}, *runs, registers=registers)[0] == status


def test_a_part_of_a_group_is_named_in_the_reason():
    assert ask({"any": [{"title": "Runs", **RUN}]}) == ("missing", "Runs: no scenario.run on record")


def test_a_gate_is_asked_as_of_a_number():
    records = [evidence(1), evidence(2, verdict=Verdict.FAILED)]
    assert ask(RUN, *records, upto=2)[0] == "unmet"
    assert ask(RUN, *records, upto=1)[0] == "met"
    assert ask(RUN, *records, upto=0)[0] == "missing"
    assert ask({**RUN, "fresh": "1d"}, evidence(1, days_ago=timedelta(days=1) / timedelta(days=1)))[0] == "met"
