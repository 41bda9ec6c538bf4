import re
from importlib.resources import files
from itertools import combinations

import pytest

from lockgate.gates.criteria.merging import Source, merge
from lockgate.gates.criteria.written import GatesFile
from lockgate.workspace.models.parsing import parse
from lockgate.workspace.playbook import compose, gate_files
from lockgate.workspace.playbooks import playbooks

NAMES = playbooks()
PAIRS = list(combinations(NAMES, 2))


def merged(*names):
    sources = []
    for document in gate_files(*names):
        file, findings = parse(document, GatesFile)
        assert findings == ()
        sources.append(Source(document.path, file, playbook=True))
    return merge(sources)


def served(data):
    if isinstance(data, dict):
        yield from data.get("serves") or ()
        for inner in data.values():
            yield from served(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from served(inner)


@pytest.mark.parametrize("name", NAMES)
def test_a_playbook_has_no_findings(name):
    assert compose(name).findings == ()


@pytest.mark.parametrize("name", NAMES)
def test_its_gates_are_whole(name):
    found = merged(name)
    assert found.problems == ()
    assert [gate.key for gate in found.gates if not gate.criteria] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_stage_has_a_gate_and_a_checkpoint(name):
    found, stages = merged(name), compose(name).stages
    assert {gate.stage for gate in found.gates} >= {*stages}
    assert [stage.key for stage in stages.values() if stage.checkpoint is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_production_is_guarded(name):
    assert [gate for gate in merged(name).gates if "production" in gate.guards]


@pytest.mark.parametrize("name", NAMES)
def test_every_role_that_decides_is_asked_by_people(name):
    found = compose(name)
    deciding = {gate.decides.role for gate in merged(name).gates}
    asking = {criterion.owner for gate in merged(name).gates for criterion in gate.criteria}
    assert deciding | asking <= {*found.roles}


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_each_of_its_workstreams(name):
    found = compose(name)
    assert {*found.questions} == {*found.workstreams}


@pytest.mark.parametrize("name", NAMES)
def test_custom_code_stays_a_class_of_its_own(name):
    assert "custom" in compose(name).registers.by_key["gap"].field("fit").choices


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_two_playbooks_go_together(pair):
    both, gates = compose(*pair), merged(*pair)
    assert both.findings == ()
    assert gates.problems == ()
    for name in pair:
        alone = compose(name)
        assert {*alone.risks} <= {*both.risks}
        assert {*alone.stages} <= {*both.stages}
        assert {one.key for one in merged(name).gates} <= {one.key for one in gates.gates}


@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_no_criterion_of_one_playbook_is_passed_over_for_another(pair):
    together = {gate.key: {one.key: one.question for one in gate.criteria} for gate in merged(*pair).gates}
    for name in pair:
        for gate in merged(name).gates:
            for one in gate.criteria:
                assert together[gate.key][one.key] == one.question, f"{gate.key} {one.key}"


def test_the_roles_that_registers_name_are_there():
    found = compose("lifecycle")
    named = {
        role
        for register in found.registers.by_key.values()
        for role in (
            *register.raised_by,
            *register.edited_by,
            *(role for one in register.transitions for role in one.who),
            *(one.escalates_to for one in register.states),
        )
    }
    assert named - {"anyone", "owner", "raiser", "signals", ""} <= {*found.roles}
    assert {one.risk.owner for one in found.registers.signals} <= {*found.roles}


@pytest.mark.parametrize("name", NAMES)
def test_its_workstreams_reach_all_that_it_says_in_stages(name):
    found = compose(name)
    reached = {each for one in found.workstreams.values() for each in one.capabilities}
    assert {each for stage in found.stages.values() for each in stage.capabilities} <= reached


@pytest.mark.parametrize("name", NAMES)
def test_a_conflict_is_between_two_duties_that_no_job_has_both_of(name):
    found = compose(name)
    pairs = [{*one.between} for one in found.conflicts.values()]
    assert [job.key for job in found.jobs.values() if any(pair <= {*job.duties} for pair in pairs)] == []


def test_what_is_served_are_items_of_the_mission():
    root = files("lockgate") / "playbooks"
    texts = [
        file.read_text() for folder in root.iterdir() if folder.is_dir() for file in folder.iterdir() if file.is_file()
    ]
    items = {
        item
        for text in texts
        for item in re.findall(r"\b([MA]\d+)\b", " ".join(re.findall(r"serves: \[(.*?)\]", text)))
    }
    assert {item for item in items if not 1 <= int(item[1:]) <= (234 if item[0] == "M" else 25)} == set()
