"""Are remarks told where the file of people says so?"""

from dataclasses import replace

import pytest

from lockgate.gates.criteria.definition import Criterion, Decides, Gate, Kept
from lockgate.kernel.scope import Level
from lockgate.programme.remarking import remarks
from lockgate.workspace import load
from support.programme import FILES

QUESTION = Kept("defect")
GATE = Gate(
    "uat-exit",
    "testing",
    Level.SITE,
    "Users can do it",
    Decides("site-lead"),
    (Criterion("one", "One", QUESTION, owner="sponsor"), Criterion("two", "Two", QUESTION)),
)
PEOPLE = """\
roles: [{key: sponsor, title: S}, {key: site-lead, title: L}]
people:
  - {key: ann, roles: [{role: sponsor}]}
  - key: bob
    roles: [{role: site-lead, sites: [benelux]}]
  - {key: eve, roles: [{role: site-lead}]}
"""


@pytest.fixture
def told(tmp_path):
    """Write the programme with other people and tell what a gate lacks."""

    def call(gate, people=PEOPLE):
        (tmp_path / "programme").mkdir()
        for path, text in {**FILES, "programme/people.yaml": people}.items():
            if text is not None:
                (tmp_path / path).write_text(text)
        workspace = load(tmp_path)
        assert workspace.findings == ()
        return [f"{each.at} {each.code}: {each.message}. {each.hint}" for each in remarks([gate], workspace)]

    return call


def test_a_gate_that_somebody_decides_and_acts_on_lacks_nobody(told):
    assert told(GATE) == []


def test_a_role_that_nobody_has_is_told_once_for_all_whom_it_is_asked_for(told):  # T1, T4
    gate = replace(GATE, criteria=(*GATE.criteria, Criterion("three", "Three", QUESTION, owner="key-user")))
    assert told(gate) == [
        (
            "programme/people.yaml:2:1 nobody-acts: nobody is `key-user` for `site:benelux`, `site:ghent`, "
            "`site:breda` and 1 more. It decides, or has to act at, `uat-exit`. Name somebody under `people`."
        )
    ]


def test_a_role_that_nobody_has_for_one_site_is_told_for_that_one(told):  # T1
    assert told(GATE, PEOPLE.replace("  - {key: eve, roles: [{role: site-lead}]}\n", "")) == [
        (
            "programme/people.yaml:2:1 nobody-acts: nobody is `site-lead` for `site:web`. "
            "It decides, or has to act at, `uat-exit`. Name somebody under `people`."
        )
    ]


def test_fewer_than_have_to_agree_are_told(told):  # T2
    assert told(replace(GATE, decides=Decides("site-lead", 2))) == [
        (
            "programme/people.yaml:2:1 too-few-decide: 2 must agree, but `site-lead` is only `eve` for `site:web`. "
            "It decides `uat-exit`. Name more under `people`."
        )
    ]


def test_who_alone_decides_and_owns_a_criterion_is_told_where_the_role_is_given(told):  # T3
    people = PEOPLE.replace("{role: site-lead, sites: [benelux]}", "{role: sponsor}, {role: site-lead}").replace(
        "key: eve, roles: [{role: site-lead}]", "key: eve"
    )
    assert told(GATE, people) == [
        (
            "programme/people.yaml:5:37 decides-alone: only `bob` is `site-lead` for `site:benelux`, `site:ghent`, "
            "`site:breda` and 1 more, and owns a part of what is decided. Nobody decides `uat-exit` alone on what "
            "they own. Name a second `site-lead`, or another owner."
        )
    ]


def test_without_a_file_of_people_it_is_told_where_that_belongs(tmp_path):
    toml = FILES["lockgate.toml"].replace('sites = ["breda"]', "").replace('calendar = "belgium"', "")
    (tmp_path / "lockgate.toml").write_text(toml)
    workspace = load(tmp_path)
    told = remarks([replace(GATE, level=Level.PROGRAMME)], workspace)
    assert workspace.findings == ()
    assert {str(each.at) for each in told} == {"programme/people.yaml:1:1"}
