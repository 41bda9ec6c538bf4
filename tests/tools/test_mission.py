"""Is it found which things serve which items, and which items nothing serves?"""

import pytest

import coverage_page
import mission
from lockgate.workspace.text.reading import read

MISSION = """\
groups:
  - key: data
    title: Data
    items:
      - {id: M1, text: Count `stock` twice}
      - {id: M2, text: Nobody does this}
"""
HOMES = """\
parts:
  gates: {title: The gates, page: reference/gates.md}
practices:
  migration: Loads data.
  testing: Runs scenarios.
items:
  M1:
    migration: Counts it.
    testing: Counts it again.
"""
GATES = """\
gates:
  - key: loaded
    criteria:
      - {key: counted, title: Stock is counted, serves: [M1]}
"""


@pytest.fixture
def files(tmp_path):
    """Return what makes the coverage of three small files."""

    def made(gates=GATES, homes=HOMES, items=MISSION, there=()):
        playbooks, practices = tmp_path / "playbooks", tmp_path / "practices"
        (playbooks / "lifecycle").mkdir(parents=True)
        (playbooks / "mission.yaml").write_text(items)
        (playbooks / "lifecycle" / "gates.yaml").write_text(gates)
        (tmp_path / "coverage.yaml").write_text(homes)
        for name in there:
            (practices / name).mkdir(parents=True)
            (practices / name / "__init__.py").touch()
        return mission.coverage(playbooks, tmp_path / "coverage.yaml", practices)

    return made


def served(text, path="playbooks/lifecycle/some.yaml"):
    return [
        (each.item, each.kind, each.name, each.at) for each in mission.served_in(read(text, path=path), "lifecycle")
    ]


def test_whatever_says_whom_it_serves_is_found_wherever_it_stands():  # R1
    text = "risks:\n  - {key: late, title: Data is late, serves: [M1, A2]}\n  - {key: other, title: Other}\n"
    assert served(text) == [
        ("M1", "risk", "Data is late", "playbooks/lifecycle/some.yaml:2:47"),
        ("A2", "risk", "Data is late", "playbooks/lifecycle/some.yaml:2:51"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        (
            "sets:\n  - questions:\n      - {key: who, ask: Who counts?, serves: [M1]}",
            "question of discovery",
            "Who counts?",
        ),
        ("stages:\n  - {key: data, checkpoint: {ask: Go?, serves: [M1]}}", "question to executives", "Go?"),
        ("sign_offs:\n  - {key: stock, serves: [M1]}", "sign-off", "stock"),
        ("decision_rights:\n  - {key: money, serves: [M1]}", "decision right", "money"),
        ("register: gap\ntitle: Gap\nserves: [M1]", "register", "Gap"),
        ("about: Things\nserves: [M1]", "some", "some"),
    ],
)
def test_a_thing_is_called_by_what_it_is_in(text, kind, name):
    assert [(each[1], each[2]) for each in served(text)] == [(kind, name)]


def test_an_item_without_a_home_is_a_fault(files):  # R4
    assert mission.faults(files()) == ["mission.yaml: M2 has no home"]


def test_a_home_in_a_playbook_is_enough(files):  # R1
    assert mission.faults(files(gates=GATES.replace("[M1]", "[M2]"))) == []


def test_an_item_that_is_not_there_is_a_fault_told_with_its_place(files):  # R4
    found = mission.faults(files(gates=GATES.replace("[M1]", "[M2, M22]")))
    assert [fault.partition("gates.yaml")[2] for fault in found] == [":4:62: M22 is no item of the mission"]


@pytest.mark.parametrize(
    ("homes", "fault"),
    [
        (f"{HOMES}  M2: {{}}\n", "mission.yaml: M2 has no home"),
        (
            f"{HOMES}  M2: {{migration: Does it.}}\n  M3: {{testing: Too.}}\n",
            "coverage.yaml: M3 is no item of the mission",
        ),
        (
            f"{HOMES}  M2: {{magic: Does it.}}\n",
            "coverage.yaml: M2 is served by magic, which is neither a part nor a practice",
        ),
    ],
)
def test_a_wrong_line_in_the_list_of_homes_is_a_fault(files, homes, fault):  # R4
    assert mission.faults(files(homes=homes)) == [fault]


def test_an_item_that_is_there_twice_is_a_fault(files):
    assert mission.faults(files(items=MISSION.replace("M2", "M1"))) == ["mission.yaml: M1 is there twice"]


def test_a_file_that_cannot_be_read_is_not_passed_over(files):
    with pytest.raises(SystemExit, match=r"gates\.yaml:2: this is no YAML"):
        files(gates="gates: [")


def test_the_page_says_what_is_there_and_what_is_to_come(files):  # R3
    page = coverage_page.page(files(there=["migration"]))
    assert "| [Data](#data) | 2 | 1 | 0 | 1 | 0 |" in page
    assert page[page.index("**M1**") : page.index("**M2**")] == (
        "**M1**{ #m1 } Count \\`stock\\` twice\n\n"
        "- **today** · practice **migration**: Counts it.\n"
        "- criterion · Stock is counted *(lifecycle)*\n"
        "- *to come* · testing: Counts it again.\n\n"
    )


def test_a_long_list_is_cut_and_counted(files):
    criteria = "".join(f"      - {{key: c{each}, serves: [M1]}}\n" for each in range(9))
    page = coverage_page.page(files(gates=f"gates:\n  - key: loaded\n    criteria:\n{criteria}"))
    assert f"- criterion · {'; '.join(f'c{each} *(lifecycle)*' for each in range(6))}; and 3 more\n" in page
