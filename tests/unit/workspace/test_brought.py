import pytest

from lockgate.gates.asking.expanding import expand
from lockgate.gates.asking.outcome import Status
from lockgate.gates.criteria.definition import Each, questions
from lockgate.gates.criteria.reading import gates_in, scopes_of
from lockgate.gates.facts.declared import Known
from lockgate.kernel.scope import PROGRAMME, Scope
from lockgate.workspace import load
from lockgate.workspace.brought import BROUGHT, counting, part
from lockgate.workspace.playbook import catalogue, compose, gate_files
from lockgate.workspace.playbooks import playbooks
from support.programme import FILES, PEOPLE, SITES

GHENT, BREDA, WEB, FIRST = (Scope.parse(text) for text in ("site:ghent", "site:breda", "site:web", "wave:first"))
METHOD = compose("distribution-governance")
ASKED = {
    each.of
    for name in playbooks()
    for gate in gates_in(gate_files(name))
    for criterion in gate.criteria
    for question in questions(criterion.question)
    for each in question.each
}


@pytest.fixture
def written(tmp_path):
    """Write the programme below its playbooks, with some files replaced, and load it."""

    def call(files=()):
        (tmp_path / "programme").mkdir()
        for path, text in {**FILES, **dict(files)}.items():
            (tmp_path / path).write_text(text)
        return load(tmp_path)

    return call


def test_figures_and_duties_count_where_their_area_goes_live(written):  # B1
    workspace = written()
    there = {area: [key for key, kpi in METHOD.kpis.items() if kpi.capability == area] for area in ("Inventory", "HR")}
    assert set(workspace.keys("kpi", BREDA)) == set(there["Inventory"])
    assert set(workspace.keys("kpi", GHENT)) > set(there["Inventory"])
    assert workspace.keys("kpi", WEB) == ()
    assert {METHOD.duties[key].capability for key in workspace.keys("duty", BREDA)} == {"Inventory"}
    assert set(workspace.keys("kpi")) == set(workspace.keys("kpi", GHENT))


def test_a_job_counts_where_one_of_its_duties_does_and_a_rule_where_both_do(written):  # B2
    workspace = written()
    assert {"receiver", "picker"} <= set(workspace.keys("job", BREDA))
    assert "sales-clerk" not in workspace.keys("job", BREDA)
    assert {"sales-clerk", "receiver"} <= set(workspace.keys("job", GHENT))
    assert list(counting(METHOD, "rule", {"Accounting"})) == [
        key
        for key, pair in METHOD.conflicts.items()
        if {METHOD.duties[duty].capability for duty in pair.between} == {"Accounting"}
    ]
    assert "purchase-and-receive" not in counting(METHOD, "rule", {"Inventory"})
    assert "purchase-and-receive" in counting(METHOD, "rule", {"Inventory", "Purchase"})


def test_a_site_says_its_own_jobs_and_those_below_have_them(written):
    sites = SITES.replace("    owner: ann\n", "    owner: ann\n    jobs: [receiver, picker]\n").replace(
        "        country: NL\n", "        country: NL\n        jobs: []\n"
    )
    workspace = written({"programme/sites.yaml": sites})
    assert workspace.findings == ()
    assert [workspace.keys("job", scope) for scope in (GHENT, BREDA, WEB, FIRST)] == [
        ("receiver", "picker"),
        (),
        (),
        ("receiver", "picker"),
    ]
    assert workspace.keys("job") == ("receiver", "picker")


def test_a_job_that_no_playbook_has_is_told(written):
    sites = SITES.replace("    owner: ann\n", "    owner: ann\n    jobs: [reciever]\n")
    (finding,) = written({"programme/sites.yaml": sites}).findings
    assert (str(finding.at), finding.code) == ("programme/sites.yaml:8:12", "unknown-reference")
    assert finding.hint.startswith("Did you mean `receiver`?")


def test_jobs_are_part_of_a_site_only_where_they_are_said(written, tmp_path):
    before = written().digests
    (tmp_path / "programme/sites.yaml").write_text(
        SITES.replace("    owner: ann\n", "    owner: ann\n    jobs: [picker]\n")
    )
    after = load(tmp_path).digests
    assert {name for name in before if before[name] != after[name]} == {
        "site:benelux",
        "site:ghent",
        "site:breda",
        "file:programme/sites.yaml",
        "files:sites",
    }


def test_a_workstream_counts_where_an_area_goes_live_and_always_without_areas(written):  # B3, B4
    people = (
        f"{PEOPLE}workstreams:\n"
        "  - {key: plants, title: Plants, owner: sponsor, capabilities: [Manufacturing]}\n"
        "  - {key: shops, title: Shops, owner: site-lead, capabilities: [Sales]}\n"
        "  - {key: technology, title: Ours, owner: sponsor}\n"
    )
    workspace = written({"programme/people.yaml": people})
    assert workspace.findings == ()
    keys = workspace.keys("workstream")
    assert ("plants" in keys, "shops" in keys, "technology" in keys) == (False, True, True)
    assert workspace.workstreams["technology"].title == "Ours"
    assert "shops" not in workspace.keys("workstream", BREDA)
    assert {key for key, each in METHOD.workstreams.items() if not each.capabilities} <= set(keys)


def test_what_playbooks_bring_has_a_digest_and_can_be_narrowed(written):
    workspace = written()
    known = Known(workspace)
    assert len(workspace.digest_of("kpi:stock-accuracy")) == 64
    certified = {one.key for one in known.keys("job", BREDA) if one.values["certified"]}
    assert certified == {key for key in workspace.keys("job", BREDA) if METHOD.jobs[key].certified}


def test_all_that_playbooks_bring_is_known_by_its_dimension():
    assert all(part(METHOD, dimension) for dimension in BROUGHT)
    assert part(METHOD, "site") == {}
    assert list(counting(METHOD, "site", {"Sales"})) == []


@pytest.mark.parametrize("dimension", sorted(ASKED))
def test_what_playbooks_ask_for_each_of_is_declared_or_missing_but_never_silently_nothing(written, dimension):
    workspace = written()
    known = Known(workspace, (), tuple(catalogue().dimensions))
    for scope in (PROGRAMME, GHENT, WEB, FIRST):
        items, trouble = expand((Each(dimension, ()),), scope, known)
        declared = workspace.keys(dimension, scope)
        assert len(items) == len(declared)
        assert [part.status for part in trouble] == ([] if declared else [Status.MISSING])


def test_what_playbooks_ask_for_each_of_comes_from_the_workspace_or_from_a_folder_of_a_practice():
    declared = {"site", "wave", "instance", *BROUGHT}
    folders = {name: each.declared_in for name, each in catalogue().dimensions.items()}
    assert {dimension for dimension in ASKED - declared if "/" not in folders[dimension]} == set()
    assert {folders[dimension] for dimension in ASKED & {"kpi", "rule"}} == {"the playbook"}


@pytest.mark.parametrize("name", playbooks())
def test_every_gate_is_asked_for_somebody(written, name):
    toml = FILES["lockgate.toml"].replace("distribution-governance", name)
    workspace = written({"lockgate.toml": toml})
    assert [gate.key for gate in gates_in(gate_files(name)) if not scopes_of(gate, workspace)] == []
