"""Are gates checked beside all else, and is nothing told of them that only follows from another mistake?"""

import pytest

from lockgate.gates.criteria.reading import GATES
from lockgate.programme.checking import gates_checked
from lockgate.workspace import load
from support.programme import FILES, PEOPLE

GATES_FILE = """\
gates:
  - key: uat-exit
    criteria:
      - key: local
        register: defekt
        owner: shop-keeper
        require: [count = 0]
"""
NO_REGISTER = "programme/gates.yaml:5:19 unknown-reference: no register `defekt` is declared"
NO_ROLE = "programme/gates.yaml:6:16 unknown-reference: no role `shop-keeper` is declared"


@pytest.fixture
def told(tmp_path):
    """Write the programme with some files replaced, and tell the findings of its gates."""

    def call(files):
        for path, text in {**FILES, "programme/gates.yaml": GATES_FILE, **files}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        findings, remarks = gates_checked(load(tmp_path, [GATES]))
        assert remarks == ()
        return [f"{each.at} {each.code}: {each.message}" for each in findings]

    return call


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("lockgate.toml", 'role = "lab"', 'role = "lap"'),
        ("programme/sites.yaml", "kind: warehouse", "kind: house"),
        ("programme/waves.yaml", "after: [first]", "after: [frist]"),
        ("programme/people.yaml", "deputy: ann", "deputy: anne"),
    ],
)
def test_gates_are_checked_whatever_is_wrong_in_other_files(told, path, old, new):
    assert told({path: FILES[path].replace(old, new)}) == [NO_REGISTER, NO_ROLE]


@pytest.mark.parametrize("people", ["roles: [", PEOPLE.replace("roles:\n  -", "rolls:\n  -"), f"{PEOPLE}people: []\n"])
def test_a_role_is_not_missed_while_the_file_of_people_is_in_doubt(told, people):  # C2
    assert told({"programme/people.yaml": people}) == [NO_REGISTER]


def test_a_role_of_a_file_with_a_mistake_elsewhere_in_it_is_known(told):
    people = PEOPLE.replace("{key: sponsor, title: Sponsor}", "{key: shop-keeper, title: S}").replace(
        "deputy: ann", "deputy: x"
    )
    assert told({"programme/people.yaml": people}) == [NO_REGISTER]


def test_nothing_is_missed_by_gates_while_a_register_has_a_mistake(told):  # C2
    assert told({"programme/registers/defekt.yaml": "register: defekt\nstates: [{}]\n"}) == []


@pytest.mark.parametrize("gates", ["gates: [", "gates:\n  - {kye: x}\n", "gates: 3"])
def test_gates_with_a_mistake_in_how_they_are_written_are_told_once(told, gates):  # C1
    assert told({"programme/gates.yaml": gates}) == []


@pytest.mark.parametrize("playbooks", ['["distribution"]', "[]", "3"])
def test_gates_are_not_looked_at_while_it_is_not_known_which_playbooks_are_meant(told, playbooks):  # C1
    assert told({"lockgate.toml": FILES["lockgate.toml"].replace('["distribution-governance"]', playbooks)}) == []
