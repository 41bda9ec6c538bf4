"""`lockgate init`, `lockgate check` and `lockgate schema`, as they are used one after another."""

import json
from pathlib import Path

import jsonschema
import pytest

from lockgate.kernel.errors import UsageError
from lockgate.programme import opening as places
from lockgate.workspace import load, read
from lockgate.workspace.playbook import compose
from lockgate.workspace.playbooks import playbooks

PRACTICE = '''
    """A practice with files of its own."""

    from typing import Annotated

    from lockgate.kernel.practice import Dimension, FileKind, Practice
    from lockgate.workspace import Declares, Definition, Key, Reference

    PRACTICE = Practice(
        "tours",
        "Who has seen which site?",
        files=(FileKind("tours", "tours/*.yaml", "tours_practice:Tour"),),
        dimensions=(Dimension("day", "tours_practice:days"),),
    )


    class Tour(Definition):
        key: Annotated[Key, Declares("tour")]
        """Its name."""
        site: Annotated[str, Reference("site")]
        """Where it leads."""


    def days(workspace, scope):
        return ("monday",)
'''
INIT = ("init", "here", "--playbook", "distribution-governance")


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def begun(lockgate, tmp_path, monkeypatch):
    assert lockgate(*INIT).code == 0
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def test_what_init_writes_has_no_findings_and_every_comment_points_at_a_schema(lockgate, begun):
    ran = lockgate("check")
    assert (ran.code, ran.out, ran.err) == (0, "5 files, nothing wrong.\n", "")
    workspace = load(begun)
    assert (workspace.programme.name, workspace.programme.playbooks) == ("here", ("distribution-governance",))
    for path, document in workspace.documents.items():
        first = document.text.partition("\n")[0]
        schema = begun / path / ".." / first.partition("schema=" if path.endswith(".yaml") else "schema ")[2]
        jsonschema.validate(document.data, json.loads(schema.resolve().read_text()))


def test_init_takes_what_is_said(lockgate, tmp_path):
    said = ("--title", 'The "new"\tway', "--currency", "CHF", "--time-zone", "Europe/Zurich", "--playbook", "recovery")
    ran = lockgate(*INIT, *said, "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["folder"], answer["files"][0]) == (0, "here", "lockgate.toml")
    assert sorted(path.relative_to("here").as_posix() for path in Path("here").rglob("*.*")) == answer["files"]
    programme = load(tmp_path / "here").programme
    assert (programme.name, programme.currency, programme.time_zone, programme.playbooks) == (
        'The "new"\tway',
        "CHF",
        "Europe/Zurich",
        ("distribution-governance", "recovery"),
    )


def test_init_overwrites_nothing(lockgate, begun):
    (begun / "lockgate.toml").unlink()
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    ran = lockgate("init", ".", "--playbook", "recovery")
    assert ran.code == 5
    assert ran.err.startswith("Error: There is a workspace in . already.\nWhy:   There are: `programme/calendars.yaml`")
    assert {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("init", "here"), "Error: A programme follows at least one playbook.\n"),
        ((*INIT, "--currency", "euro"), "Error: The programme can't begin like this: `euro` is no currency.\n"),
        ((*INIT, "--playbook", "No Such"), "Error: There is no playbook `No Such`.\n"),
        ((*INIT, "--title", ""), ""),
    ],
)
def test_what_can_not_be_right_is_refused_before_anything_is_written(lockgate, tmp_path, words, said):
    ran = lockgate(*words)
    assert ran.err.startswith(said)
    assert (ran.code, (tmp_path / "here").exists()) == ((2, False) if said else (0, True))


def test_a_playbook_that_does_not_ship_is_refused(lockgate):
    ran = lockgate("init", "here", "--playbook", "recovery", "--playbook", "recover")
    assert (ran.code, ran.err.splitlines()) == (
        2,
        [
            "Error: There is no playbook `recover`.",
            (
                "Why:   Did you mean `recovery`? There are: `distribution-governance`, `manufacturing-sequencing`, "
                "`order-to-cash`, `recovery`, `regional-rollout`."
            ),
        ],
    )


PAIRS = [(one,) for one in playbooks()] + [("recovery", "order-to-cash")]


@pytest.mark.parametrize("names", PAIRS, ids="+".join)
def test_what_init_writes_names_somebody_for_all_that_the_playbooks_ask(lockgate, names, monkeypatch):
    lockgate("init", "here", *(word for name in names for word in ("--playbook", name)), "--currency", "CHF")
    monkeypatch.chdir("here")
    assert json.loads(lockgate("check", "--json").out) == {"ok": True, "findings": [], "remarks": [], "files": 5}
    workspace, method = load(Path()), compose(*names)
    assert [role for role in method.roles if not workspace.holders(role)] == []
    assert [
        right.key for right in workspace.decision_rights.values() if len(workspace.holders(right.role)) < right.quorum
    ] == []
    assert {each.up_to.currency for each in workspace.decision_rights.values() if each.up_to} == {"CHF"}
    with_sum = {key for key, each in method.decision_rights.items() if each.up_to}
    assert {each.key for each in workspace.own_people.decision_rights} == with_sum
    kept = [each.model_dump(exclude={"up_to"}) for each in workspace.own_people.decision_rights]
    assert kept == [method.decision_rights[each["key"]].model_dump(exclude={"up_to", "serves"}) for each in kept]


def test_a_gate_of_what_init_wrote_names_who_decides_and_who_acts(lockgate, begun):
    tree = json.loads(lockgate("gate", "explain", "uat-exit", "--scope", "main-warehouse", "--json").out)
    assert tree["decides"] == {
        "role": "process-owner",
        "quorum": 2,
        "people": ["example-process-owner", "example-process-owner-2"],
        "given": {},
    }
    assert [one["id"] for one in tree["criteria"] if one["status"] != "met" and not one["act"]] == []


def test_check_remarks_whom_the_gates_lack_and_still_says_yes(lockgate, begun):
    people = begun / "programme" / "people.yaml"
    people.write_text(people.read_text().replace("role: analyst", "role: assurance"))
    ran = lockgate("check")
    line = next(number for number, text in enumerate(people.read_text().splitlines(), 1) if text == "people:")
    assert (ran.code, ran.out.splitlines()) == (
        0,
        [
            f"programme/people.yaml:{line}:1  nobody-acts: nobody is `analyst` for `programme`",
            f"{line:>6} | people:",
            "       | ^",
            "  → It decides, or has to act at, `discovery-done`, `gaps-decided`. Name somebody under `people`.",
            "",
            "5 files, nothing wrong; 1 remark.",
        ],
    )
    assert [one["code"] for one in json.loads(lockgate("check", "--json").out)["remarks"]] == ["nobody-acts"]


def test_check_shows_each_finding_with_its_line_and_a_caret(lockgate, begun):
    sites = (begun / "programme" / "sites.yaml").read_text().replace("kind: warehouse", "kind: wärehause")
    (begun / "programme" / "sites.yaml").write_text(sites.replace("owner: example-site-lead", "owner: '上海' # ann"))
    (begun / "programme" / "waves.yaml").write_text("# none yet\nwaves: @todo\n")
    ran = lockgate("check")
    assert ran.code == 2
    assert ran.out.splitlines() == [
        "programme/sites.yaml:10:12  unknown-reference: no person `上海` is declared",
        "    10 |     owner: '上海' # ann",
        "       |            ^",
        (
            "  → Declared: `example-analyst`, `example-assurance`, `example-change-lead`, `example-cutover-lead`, "
            "`example-cutover-lead-2`, `example-data-owner`, `example-data-owner-2`, `example-data-steward`, "
            "`example-design-authority`, `example-design-authority-2`, `example-finance-lead`, `example-it-lead` "
            "and 18 more."
        ),
        "",
        "programme/sites.yaml:14:15  unknown-choice: `wärehause` is none of the choices",
        "    14 |         kind: wärehause",
        "       |               ^",
        "  → Did you mean `warehouse`? There are: `legal-entity`, `region`, `warehouse`, `plant`, `channel`.",
        "",
        "programme/waves.yaml:2:8  syntax: this is no YAML: found character that cannot start any token",
        "     2 | waves: @todo",
        "       |        ^",
        "  → Put a text that begins with this character in quotes.",
        "",
        "3 findings in 2 files.",
    ]


def test_the_caret_finds_its_place_in_long_and_in_wide_lines(lockgate, begun):
    roles = f"roles: [{{key: a, title: '{'上' * 40}', nama: 1, answers_for: '{'x' * 300}'}}]\n"
    (begun / "programme" / "people.yaml").write_text(roles)
    (begun / "programme" / "sites.yaml").write_text("sites: []")
    (begun / "programme" / "waves.yaml").write_text("waves: []")
    ran = lockgate("check")
    shown, caret = ran.out.splitlines()[1:3]
    column = shown.index("nama")
    assert caret.index("^") == column + shown[:column].count("上")
    assert len(shown) < 120


def test_check_answers_with_the_keys_of_the_contract(lockgate, begun):
    (begun / "programme" / "extra.yaml").write_text("")
    ran = lockgate("check", "--json")
    assert ran.code == 2
    assert json.loads(ran.out) == {
        "ok": False,
        "findings": [
            {
                "code": "unclaimed-file",
                "path": "programme/extra.yaml",
                "line": 1,
                "column": 1,
                "message": "no kind of file has this place",
                "hint": "Did you mean `programme/waves.yaml`?",
            }
        ],
        "remarks": [],
        "files": 5,
    }


def test_the_workspace_is_the_folder_that_is_named_or_the_nearest_above(lockgate, begun, tmp_path, monkeypatch):
    monkeypatch.chdir(begun / "programme")
    assert lockgate("check").code == 0
    monkeypatch.chdir(tmp_path)
    assert lockgate("check", "--workspace", "here").code == 0
    for words in (("check",), ("check", "--workspace", "."), ("schema", "--out", "x", "--workspace", ".")):
        ran = lockgate(*words)
        assert (ran.code, ran.err.splitlines()[-1]) == (2, "Do:    Begin one: `lockgate init NAME`.")


def test_a_verb_that_needs_the_workspace_is_refused_while_it_has_findings(begun):
    assert places.opened().findings == ()
    (begun / "lockgate.toml").write_text("[programme]\nname = 1\n")
    with pytest.raises(UsageError) as stop:
        places.opened(begun)
    assert stop.value.lines()[1].startswith("The first: lockgate.toml:1:2 `currency` is missing")


def test_schemas_offer_what_the_workspace_declares(lockgate, begun, tmp_path, monkeypatch):
    assert lockgate("schema", "--out", "schemas").code == 0
    sites = json.loads((begun / "schemas" / "sites.json").read_text())
    site = sites["$defs"]["SiteDefinition"]["properties"]
    offered = site["owner"]["anyOf"]
    assert (offered[0]["enum"][0], offered[1]) == ("example-analyst", {"type": "string"})
    monkeypatch.chdir(tmp_path)
    ran = lockgate("schema", "--out", "there/deep", "--json")
    answer = json.loads(ran.out)
    assert (answer["folder"], answer["files"][:2]) == ("there/deep", ["programme.json", "sites.json"])
    assert {path.name for path in (tmp_path / "there" / "deep").iterdir()} == set(answer["files"])
    people = json.loads((tmp_path / "there" / "deep" / "people.json").read_text())
    assert people["$defs"]["Assignment"]["properties"]["role"]["x-refers-to"] == "role"
    assert sites["$defs"]["SiteDefinition"]["required"] == ["key", "name", "kind"]


def test_a_practice_brings_files_schemas_and_dimensions_and_nothing_central_is_edited(lockgate, here, begun):
    here.install("lockgate-tours", points=["tours = tours_practice:PRACTICE"], tours_practice=PRACTICE)
    (begun / "tours").mkdir()
    (begun / "tours" / "one.yaml").write_text("key: one\nsite: compny\n")
    ran = lockgate("check", "--json")
    assert [(each["path"], each["line"], each["code"]) for each in json.loads(ran.out)["findings"]] == [
        ("tours/one.yaml", 2, "unknown-reference")
    ]
    (begun / "tours" / "one.yaml").write_text("key: one\nsite: company\n")
    workspace = places.opened()
    assert (workspace.keys("tour"), workspace.keys("day")) == (("one",), ("monday",))
    assert len(workspace.digest_of("tour:one")) == 64
    lockgate("schema", "--out", "schemas")
    schema = json.loads((begun / "schemas" / "tours.json").read_text())
    assert schema["properties"]["site"]["anyOf"] == [{"enum": ["company", "main-warehouse"]}, {"type": "string"}]
    assert read(begun / "tours" / "one.yaml").data == {"key": "one", "site": "company"}


def test_a_practice_that_can_not_be_loaded_is_named(lockgate, here, begun):
    here.install("lockgate-bad", points=["bad = nowhere:PRACTICE"])
    ran = lockgate("check")
    assert (ran.code, ran.err.count("the practice 'bad' of lockgate-bad 1.0 can't be loaded")) == (0, 1)
