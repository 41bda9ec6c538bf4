from textwrap import dedent

import pytest

from lockgate.workspace.playbook.asking import Known, faults, gates_in
from lockgate.workspace.playbook.catalogue import catalogue
from lockgate.workspace.registers import compose, shipped
from lockgate.workspace.text.reading import read

KNOWN = Known({"testing"}, {"test-lead"}, {"fill-rate"}, compose(shipped()).by_key, catalogue().kinds)
GATE = """
gates:
  - key: uat-exit
    stage: testing
    scope: site
    decides: {role: test-lead}
    criteria:
      - key: one
        title: One
        why: Because
        owner: test-lead
        serves: [M1]
"""


def told(asked, gate=GATE):
    lines = "".join(f"        {line}\n" for line in dedent(asked).strip().splitlines())
    document = read(gate + lines, path="gates.yaml")
    return [(str(one.at).removeprefix("gates.yaml:"), one.code, one.message) for one in faults(document, KNOWN)]


def test_a_question_about_what_there_is_has_no_fault():
    assert told("evidence: {kind: scenario.run}\neach: [scenario]\nrequire: [failed = 0]") == []
    assert told("register: defect\nwhere: [severity = critical, open = true]\nrequire: [count = 0]") == []
    assert told("register: defect\neach: [site]\nrequire: [count = 0]") == []


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        ("evidence: {kind: scenario.ran}", "unknown-reference", "no kind of evidence `scenario.ran` is declared"),
        ("evidence: {kind: scenario.run}\nrequire: [fails = 0]", "unknown-reference", "no name `fails` is declared"),
        (
            "evidence: {kind: scenario.run}\neach: [domain]",
            "unknown-reference",
            "no subject of scenario.run `domain` is declared",
        ),
        (
            "evidence: {kind: scenario.run}\ntrend: {measure: fails, direction: falling, over: 2}",
            "unknown-reference",
            "no measure `fails` is declared",
        ),
        (
            "evidence: {kind: fit.custom}\nrequire: [lines < 9]",
            "wrong-scope",
            "fit.custom is taken per programme, not per site",
        ),
        (
            "evidence: {kind: kpi.measured, where: [kpi = fil-rate]}",
            "unknown-reference",
            "no kpi `fil-rate` is declared",
        ),
        ("register: defekt", "unknown-reference", "no register `defekt` is declared"),
        ("register: defect\nwhere: [state = opened]", "unknown-reference", "no state `opened` is declared"),
        ("register: defect\nwhere: [colour = red]", "unknown-reference", "no name `colour` is declared"),
        ("register: defect\neach: [colour]", "unknown-reference", "no field `colour` is declared"),
        ("register: defect\nwhere: [=]", "bad-comparison", None),
        ("any: [{register: defekt}]", "unknown-reference", "no register `defekt` is declared"),
    ],
)
def test_what_leads_nowhere_is_told_where_it_stands(asked, code, message):
    (found,) = told(asked)
    assert found[1] == code
    assert message is None or found[2] == message
    assert int(found[0].split(":")[0]) > 11


def test_wider_gates_ask_for_each_site():
    wave = GATE.replace("scope: site", "scope: wave")
    asked = "evidence: {kind: scenario.run}\neach: [scenario]"
    assert [one[1] for one in told(asked, wave)] == ["wrong-scope"]
    assert told(asked.replace("[scenario]", "[site, scenario]"), wave) == []


def test_a_criterion_says_why_and_whose_it_is():
    assert [
        one[2] for one in told("register: defect\nrequire: [count = 0]", GATE.replace("why: Because", "do: x"))
    ] == ["`one` does not say its why"]


def test_gates_name_stages_and_roles_that_there_are():
    gate = GATE.replace("stage: testing", "stage: tasting").replace("role: test-lead", "role: nobody")
    assert [one[2] for one in told("register: defect\nrequire: [count = 0]", gate)] == [
        "no stage `tasting` is declared",
        "no role `nobody` is declared",
    ]


def test_a_file_without_gates_has_none():
    assert gates_in(read("gates: []", path="gates.yaml")) == []
    assert gates_in(read("gates: 3", path="gates.yaml")) == []
    assert gates_in(read(GATE, path="gates.yaml")) == ["uat-exit"]
