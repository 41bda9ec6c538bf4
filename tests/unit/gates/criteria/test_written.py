"""What may be written in a file of gates, and what do several files make together? W1 to W3, P1 to P4, T1 to T3."""

import json
from datetime import timedelta

import pytest
from pydantic import ValidationError

from lockgate.gates.criteria.definition import Direction, Each, Either, Every, Kept, Measured, Trend, questions
from lockgate.gates.criteria.merging import Problem, Source, merge
from lockgate.gates.criteria.tightening import implies
from lockgate.gates.criteria.written import GatesFile
from lockgate.kernel.comparison import parse_comparison
from lockgate.kernel.instance import Role
from lockgate.kernel.scope import Level
from support.gate_scene import gate

RUN = {"key": "runs", "evidence": {"kind": "scenario.run"}, "require": ["failed = 0", "minutes <= 30"]}
GATE = {"key": "exit", "stage": "testing", "scope": "site", "decides": {"role": "owner", "quorum": 2}}


def file(*gates) -> GatesFile:
    return GatesFile.model_validate_json(json.dumps({"gates": list(gates)}))


def made(*criteria, **more):
    """Return what one file makes of a gate with these criteria."""
    return merge([Source("gates.yaml", file({**GATE, "criteria": list(criteria), **more}))])


def over(old, new, *, decisions=(), playbook=False):
    """Return what a second file makes of a criterion that a playbook has."""
    first = Source("playbook.yaml", file({**GATE, "criteria": [old]}), playbook=True)
    second = Source("gates.yaml", file({"key": "exit", "criteria": [{"key": old["key"], **new}]}), playbook=playbook)
    return merge([first, second], decisions)


def compared(*texts):
    return tuple(parse_comparison(text) for text in texts)


def test_a_criterion_is_read_whole():
    found = gate(
        {
            "key": "scenarios-pass",
            "title": "Every critical scenario passes",
            "owner": "tester",
            "why": "People work with it",
            "do": "lockgate test run --site {site}",
            "serves": ["M120"],
            "evidence": {"kind": "scenario.run", "where": ["role = picker"], "at": "programme"},
            "each": ["scenario", {"of": "role", "where": ["key = picker"]}],
            "require": ["failed = 0"],
            "last": 2,
            "fresh": "2w",
            "inputs": "any",
            "trend": {"measure": "failed", "direction": "falling", "over": 3},
        },
        guards=["production"],
        title="Users accept",
        objective="Safe",
    )
    (criterion,) = found.criteria
    assert criterion.question == Measured(
        "scenario.run",
        compared("role = picker"),
        Level.PROGRAMME,
        (Each("scenario"), Each("role", compared("key = picker"))),
        compared("failed = 0"),
        2,
        timedelta(days=14),
        current=False,
        trend=Trend("failed", Direction.FALLING, 3),
    )
    assert (criterion.owner, criterion.serves, criterion.why) == ("tester", ("M120",), "People work with it")
    assert (found.guards, found.title, found.objective) == ((Role.PRODUCTION,), "Users accept", "Safe")
    assert criterion.question.depth == 3


def test_groups_and_registers_are_read():
    defects = {"register": "defect", "where": ["state = open"], "require": ["count = 0"], "every": ["age < 3"]}
    (found,) = made({"key": "k", "any": [{"title": "a", **defects}, {"all": [{"evidence": {"kind": "a.b"}}]}]}).gates
    question = found.criteria[0].question
    assert isinstance(question, Either)
    assert isinstance(question.parts[1].question, Every)
    kept = Kept("defect", compared("state = open"), (), compared("count = 0"), compared("age < 3"))
    assert list(questions(question)) == [kept, Measured("a.b")]
    assert (found.criteria[0].title, found.criteria[0].owner, found.title) == ("k", "", "exit")


@pytest.mark.parametrize(
    ("criterion", "where", "why"),
    [
        ({"require": ["failed is zero"]}, ("require", 0), "is not a comparison"),
        ({"require": [7]}, ("require", 0), "7 is not a comparison"),
        ({"fresh": "soon"}, ("fresh",), "is not a length of time"),
        ({"fresh": "0d"}, ("fresh",), "is not a length of time"),
        ({"fresh": "99999999999w"}, ("fresh",), "longer than anything"),
        ({"fresh": 14}, ("fresh",), "is not a length of time"),
        ({"last": 0}, ("last",), "greater than or equal to 1"),
        ({"last": "2"}, ("last",), "valid integer"),
        ({"inputs": "old"}, ("inputs",), "'current' or 'any'"),
        ({"requires": []}, ("requires",), "Extra inputs"),
        ({"trend": {"measure": "a", "direction": "down", "over": 2}}, ("trend", "direction"), "'falling', 'rising'"),
        ({"trend": {"measure": "a", "direction": "rising", "over": 1}}, ("trend", "over"), "greater than or equal"),
        ({"evidence": {"kind": "run"}}, ("evidence", "kind"), "match pattern"),
        ({"evidence": {"kind": "a.b", "at": "planet"}}, ("evidence", "at"), "'programme', 'wave' or 'site'"),
        ({"register": "defect"}, (), "it asks evidence and register at once"),
        ({"where": ["a = 1"]}, (), "`where` says nothing about `evidence`"),
        ({"every": ["a = 1"]}, (), "`every` says nothing about `evidence`"),
        ({"evidence": None, "register": "defect", "fresh": "1d"}, (), "`fresh` says nothing about `register`"),
        ({"evidence": None, "register": "d", "inputs": "any"}, (), "says nothing about `register`"),
        ({"evidence": None, "register": "d", "require": ["failed = 0"]}, (), "not failed"),
        ({"evidence": None, "register": "d", "require": ["count < most"]}, (), "not most"),
        ({"evidence": None, "any": [], "require": None}, ("any",), "at least 1 item"),
        ({"evidence": None, "all": [RUN], "last": 1}, ("all", 0, "key"), "Extra inputs"),
        ({"evidence": None, "all": [{"register": "d", "require": ["count = 0"]}]}, (), "`require` says nothing"),
        ({"key": "Two words"}, ("key",), "match pattern"),
    ],
)  # fmt: skip
def test_what_can_t_be_read_is_refused_where_it_stands(criterion, where, why):  # W2, W3
    with pytest.raises(ValidationError) as caught:
        file({**GATE, "criteria": [{**RUN, **criterion}]})
    first = caught.value.errors()[0]
    assert first["loc"] == ("gates", 0, "criteria", 0, *where)
    assert why in first["msg"]


def test_every_mistake_of_a_file_is_told_at_once():  # W3
    with pytest.raises(ValidationError) as caught:
        file({**GATE, "scope": "planet", "decide": 1, "criteria": [{**RUN, "fresh": "soon", "last": 0}]})
    assert len(caught.value.errors()) == 4


def test_the_schema_knows_how_comparisons_and_lengths_of_time_are_written():
    told = str(GatesFile.model_json_schema())
    assert "'examples': ['failed = 0']" in told
    assert "^[0-9]+ *[hdw]$" in told


@pytest.mark.parametrize(
    ("criterion", "code", "why"),
    [
        ({"key": "k"}, "no-question", "k: it asks nothing"),
        ({"key": "k", "any": [{"title": "a"}]}, "no-question", "k: it asks nothing"),
        ({"key": "k", "register": "defect"}, "no-requirement", "k: nothing is required of the register defect"),
        ({**RUN, "do": "lockgate test run --wave {wave}"}, "unknown-placeholder",
         "runs: `do` asks for {wave}, and nothing here says which that is"),
    ],
)  # fmt: skip
def test_what_lacks_when_all_is_put_together_is_a_problem(criterion, code, why):  # W1, P4
    found = made(criterion)
    assert [(problem.code, problem.message) for problem in found.problems] == [(code, why)]
    assert found.gates == ()


def test_a_command_names_what_is_known_there():
    known = {**RUN, "do": "x {site} {scope} {gate} {criterion} {role} ${HOME:-/} {}", "each": ["role"]}
    assert made(known).problems == ()


def test_a_gate_that_lacks_its_keys_is_a_problem():  # P4
    found = merge([Source("gates.yaml", file({"key": "exit", "criteria": [RUN]}))])
    assert [problem.message for problem in found.problems] == [
        "the gate exit lacks `stage`",
        "the gate exit lacks `scope`",
        "the gate exit lacks `decides`",
    ]


def test_a_key_that_is_written_twice_is_a_problem():
    found = merge([Source("gates.yaml", file({**GATE, "criteria": [RUN, RUN]}, GATE))])
    assert [(problem.code, problem.keys) for problem in found.problems] == [
        ("double-key", ("gates", 0, "criteria", 1, "key")),
        ("double-key", ("gates", 1, "key")),
    ]


def test_a_programme_adds_gates_and_criteria():  # P1
    first = Source("playbook.yaml", file({**GATE, "criteria": [RUN]}), playbook=True)
    more = {"key": "exit", "title": "Ours", "criteria": [{"key": "more", "evidence": {"kind": "fit.probed"}}]}
    found = merge([first, Source("gates.yaml", file(more, {**GATE, "key": "other", "criteria": [RUN]}))])
    assert found.problems == ()
    assert [(one.key, [criterion.key for criterion in one.criteria]) for one in found.gates] == [
        ("exit", ["runs", "more"]),
        ("other", ["runs"]),
    ]
    assert found.gates[0].title == "Ours"


TREND = {"measure": "a", "direction": "falling", "over": 3}
FULL = {**RUN, "last": 2, "fresh": "14d", "each": ["site", "role"], "trend": TREND}
DEFECTS = {"key": "defects", "register": "defect", "where": ["state = open"], "require": ["count <= 5"]}
ANY = {"key": "any", "any": [{"register": "defect", "require": ["count = 0"]}]}
ALL = {"key": "all", "all": [{"register": "defect", "require": ["count = 0"]}]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FULL, {"title": "Other words", "why": "because", "do": "this", "owner": "other"}),
        (FULL, {"last": 3, "fresh": "7d", "require": ["failed = 0", "minutes < 20", "seen = 1"]}),
        (FULL, {"each": ["site", "role", "scenario"]}),
        (FULL, {"trend": {**TREND, "over": 4}}),
        ({**FULL, "inputs": "any"}, {"inputs": "current"}),
        (RUN, {"trend": TREND}),
        (DEFECTS, {"require": ["count = 0"]}),
        (ALL, {"all": [*ALL["all"], {"evidence": {"kind": "a.b"}}]}),
    ],
)
def test_tightening_is_free(old, new):  # P1, T1
    found = over(old, new)
    assert found.problems == ()
    assert found.gates != over(old, {}).gates


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (FULL, {"drop": True}, "it is left out"),
        (FULL, {"last": 1}, "last is 1, it was 2"),
        (FULL, {"fresh": "15d"}, "older evidence counts"),
        (FULL, {"fresh": None}, "older evidence counts"),
        (FULL, {"inputs": "any"}, "evidence on old inputs counts"),
        (FULL, {"trend": {**TREND, "over": 2}}, "the trend is looser"),
        (FULL, {"trend": {**TREND, "measure": "b"}}, "the trend is looser"),
        (FULL, {"trend": None}, "the trend is looser"),
        (FULL, {"each": ["site"]}, "it is no longer asked for each role"),
        (FULL, {"each": ["site", {"of": "role", "where": ["a = 1"]}]}, "it is no longer asked for each role"),
        (FULL, {"each": None}, "it is no longer asked for each site; it is no longer asked for each role"),
        (FULL, {"require": ["minutes <= 31"]}, "failed = 0 no longer follows; minutes <= 30 no longer follows"),
        (FULL, {"require": None}, "failed = 0 no longer follows; minutes <= 30 no longer follows"),
        (FULL, {"evidence": {"kind": "scenario.run", "where": ["a = 1"]}}, "it asks something else"),
        (DEFECTS, {"where": ["state = open", "severity = high"]}, "it asks something else"),
        (ANY, {"any": [*ANY["any"], {"evidence": {"kind": "a.b"}}]}, "it asks something else"),
        (ALL, {"all": [{"evidence": {"kind": "a.b"}}]}, "it asks something else"),
    ],
)
def test_loosening_takes_a_decision(old, new, why):  # P2, T2, T3
    found = over(old, new)
    assert found.problems == (
        Problem(
            "gates.yaml",
            ("gates", 0, "criteria", 0),
            "undecided-loosening",
            f"{old['key']} asks less than the playbook: {why}",
            "Have it decided, and name the decision: `by_decision: DEC-…`.",
        ),
    )
    assert found.gates == over(old, {}).gates
    unfounded = over(old, {**new, "by_decision": "DEC-9"}, decisions=["DEC-7"])
    assert (unfounded.problems[0].keys[-1], unfounded.problems[0].hint) == (
        "by_decision",
        "DEC-9 is not a decision that was taken.",
    )
    allowed = over(old, {**new, "by_decision": "DEC-7"}, decisions=["DEC-7"])
    assert allowed.problems == ()
    assert allowed.gates != found.gates


def test_of_two_playbooks_the_stricter_one_holds():  # P3
    found = over(FULL, {"last": 1}, playbook=True)
    assert (found.problems, found.gates) == ((), over(FULL, {}).gates)


def test_keys_that_don_t_fit_what_the_playbook_asks_are_a_problem():  # W2
    found = over(DEFECTS, {"fresh": "1d"})
    assert [(problem.code, problem.file) for problem in found.problems] == [("mixed-question", "gates.yaml")]


def test_what_is_not_there_can_t_be_left_out():
    found = merge([Source("gates.yaml", file({"key": "exit", "drop": True}))])
    assert [(problem.code, problem.keys) for problem in found.problems] == [("nothing-to-drop", ("gates", 0, "drop"))]
    assert made({**RUN, "drop": True}).problems[0].code == "nothing-to-drop"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"drop": True}, "it is left out"),
        ({"stage": "build"}, "it guards another stage"),
        ({"scope": "wave"}, "it is asked of another scope"),
        ({"guards": []}, "it guards fewer instances"),
        ({"decides": {"role": "owner"}}, "1 decide instead of 2"),
        ({"decides": {"role": "intern", "quorum": 3}}, "owner no longer decides"),
    ],
)
def test_loosening_a_gate_takes_a_decision(change, why):
    first = Source("playbook.yaml", file({**GATE, "guards": ["production"], "criteria": [RUN]}), playbook=True)
    found = merge([first, Source("gates.yaml", file({"key": "exit", **change}))])
    assert [problem.message for problem in found.problems] == [f"exit asks less than the playbook: {why}"]
    allowed = Source("gates.yaml", file({"key": "exit", "by_decision": "DEC-1", **change}))
    assert merge([first, allowed], ["DEC-1"]).problems == ()
    assert merge([first, allowed], ["DEC-1"]).gates != found.gates


def test_a_gate_without_deciders_takes_them_from_the_programme():
    bare = {key: value for key, value in GATE.items() if key in {"key", "criteria"}}
    first = Source("playbook.yaml", file({**bare, "criteria": [RUN]}), playbook=True)
    assert merge([first, Source("gates.yaml", file(GATE))]).problems == ()


@pytest.mark.parametrize(
    ("new", "old", "answer"),
    [
        ("a = 1", "a = 1", True),
        ("b = 1", "a = 1", False),
        ("a <= b", "a <= 5", False),
        ("a <= 5", "a <= b", False),
        ("a <= 4", "a <= 5", True),
        ("a < 5", "a <= 5", True),
        ("a <= 5", "a < 5", False),
        ("a < 5", "a < 5", True),
        ("a <= 6", "a <= 5", False),
        ("a >= 6", "a > 5", True),
        ("a >= 5", "a > 5", False),
        ("a > 5", "a < 5", False),
        ("a = 3", "a < 5", True),
        ("a = 7", "a < 5", False),
        ("a in (3, 4)", "a < 5", True),
        ("a in (3, 6)", "a < 5", False),
        ("a = x", "a in (x, y)", True),
        ("a in (x, z)", "a in (x, y)", False),
        ("a not in (x, y)", "a != x", True),
        ("a != x", "a not in (x, y)", False),
        ("a = y", "a != x", False),
        ("a < 5", "a = 3", False),
        ("a = x", "a is not empty", False),
        ("a is empty", "a is not empty", False),
    ],
)
def test_a_comparison_follows_from_a_stricter_one(new, old, answer):  # T1
    assert implies(parse_comparison(new), parse_comparison(old)) is answer
