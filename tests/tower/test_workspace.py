"""The files of the workspace as pages and from the API, with findings and without."""

import json
import re

from lockgate.app.main import run
from lockgate.kernel.evidence import Verdict
from lockgate.kernel.instance import Role
from support.recorded import BUILD, SCRIPT, digests, happen, measured, record


def test_the_tree_shows_every_file_with_its_kind_and_digest(programme, browser_of):
    page = browser_of("bart").get("/workspace/").content.decode()

    files = re.findall(r'<th scope="row"><a href="/workspace/([^"]*)">', page)
    assert files == sorted(
        (str(path.relative_to(programme)) for path in programme.rglob("*") if path.suffix in {".toml", ".yaml"}),
        key=lambda path: ("/" in path, path),
    )
    assert digests(programme)["file:programme/waves.yaml"][:12] in page
    assert "Nothing is wrong" in page


def test_findings_are_shown_beside_their_lines_when_gates_can_t_be_asked(programme, browser_of, capsys):
    path = programme / "programme" / "waves.yaml"
    path.write_text(path.read_text().replace("name:", "nmae:", 1))
    bart = browser_of("bart")
    run(("check", "--json", "--workspace", str(programme)))
    told = json.loads(capsys.readouterr().out)["findings"]

    tree, page = bart.get("/workspace/").content.decode(), bart.get("/workspace/programme/waves.yaml").content.decode()

    assert [(one["path"], one["line"]) for one in told] == [
        (name, int(line)) for name, line in re.findall(r'class="mono" href="/workspace/([^"#]*)#L(\d+)"', tree)
    ]
    wrong = {int(line) for line in re.findall(r'<tr id="L(\d+)" class="wrong-line">', page)}
    assert wrong == {one["line"] for one in told if one["path"] == "programme/waves.yaml"}
    assert "Gates are not asked" in page


def test_a_long_file_is_shown_in_parts_and_a_finding_leads_to_its_part(programme, browser_of):
    path = programme / "programme" / "waves.yaml"
    path.write_text("# why\n" * 900 + path.read_text().replace("name:", "nmae:", 1))
    bart = browser_of("bart")

    there = re.search(r'class="mono" href="([^"]*)#L(\d+)"', bart.get("/workspace/").content.decode())
    first, wrong = bart.get("/workspace/programme/waves.yaml").content.decode(), bart.get(there[1]).content.decode()

    assert re.findall(r'<tr id="L(\d+)"', first) == [str(number) for number in range(1, 401)]
    assert re.findall(r'<tr id="L(\d+)" class="wrong-line">', wrong)[0] == there[2]
    assert re.findall(r'href="(\?[^"]*)#L', first) == ["?line=401"]
    assert re.findall(r'href="(\?[^"]*)#L', wrong) == ["?line=800"]
    nearest = bart.get("/workspace/programme/waves.yaml?line=0").content.decode()
    assert re.findall(r'<tr id="L(\d+)"', nearest)[0] == "1"


def test_what_is_wrong_is_looked_for_anew_once_the_decision_that_a_gate_names_was_taken(programme, browser_of):  # F1
    (programme / "programme" / "gates.yaml").write_text("gates: [{key: uat-exit, drop: true, by_decision: DEC-1}]\n")
    bart = browser_of("bart")
    before = [one["message"] for one in bart.get("/api/workspace").json()["findings"]]
    happen(programme, "decision.raised", register="decision", id="DEC-1", state="decided", values={"title": "Drop it"})

    assert before == ["uat-exit asks less than the playbook: it is left out"]
    assert bart.get("/api/workspace").json()["findings"] == []


def test_the_api_tells_the_findings_that_the_command_line_tells(programme, browser_of, capsys):
    path = programme / "programme" / "gates.yaml"
    path.write_text("gates: [{key: 1}]\n")
    run(("check", "--json", "--workspace", str(programme)))

    answer = browser_of("bart").get("/api/workspace").json()

    assert answer["findings"] == json.loads(capsys.readouterr().out)["findings"]
    assert answer["ok"] is False


def test_a_file_shows_the_evidence_that_rests_on_it_as_far_as_one_sees_it(programme, browser_of):
    known = digests(programme)
    record(
        programme,
        measured("ghent", inputs={"site:ghent": known["site:ghent"]}),
        measured("liege", inputs={"site:liege": "00" * 32}),
        measured("ghent", "kpi.measured", Verdict.SEEN, inputs={"role:sponsor": "00" * 32}),
    )
    addresses = ["/workspace/programme/sites.yaml"] * 2

    pages = [browser_of(who).get(url).content.decode() for who, url in zip(("bart", "daan"), addresses, strict=True)]

    assert [re.findall(r'href="/evidence/(\d+)/"', page) for page in pages] == [["2", "3"], ["2"]]


def test_a_file_shows_the_gates_that_rest_on_its_evidence(programme, browser_of):
    production = BUILD.__class__("u-9", "19.0", Role.PRODUCTION, "production")
    gates = programme / "programme" / "gates.yaml"
    gates.write_text(
        "gates:\n"
        "  - key: seen\n    stage: build\n    scope: programme\n    title: Seen\n    objective: Look first.\n"
        "    decides: {role: programme-manager}\n"
        "    criteria:\n      - {key: looked, title: Somebody looked, owner: it-lead,"
        ' evidence: {kind: instance.seen}, require: ["modules > 1"]}\n'
    )
    inputs = {"instance:production": digests(programme)["instance:production"]}
    record(programme, measured("", "instance.seen", Verdict.SEEN, inputs=inputs, instance=production, modules=3))

    page = browser_of("bart").get("/workspace/lockgate.toml").content.decode()

    assert "/gate/seen/programme/" in re.findall(r'href="(/gate/[^"]*)"', page)


def test_only_files_of_definitions_are_shown(programme, browser_of):
    (programme / "notes.txt").write_text("a secret")
    bart = browser_of("bart")
    asked = ("notes.txt", "../meridian/lockgate.toml", ".lockgate/ledger.db", "programme", "%2e%2e/x.yaml")

    assert [bart.get(f"/workspace/{name}").status_code for name in asked] == [404, 404, 404, 404, 404]


def test_a_file_that_nothing_claims_is_listed_with_what_is_wrong(programme, browser_of):
    (programme / "stray.yaml").write_text("a: 1\n")
    bart = browser_of("bart")

    page = bart.get("/workspace/stray.yaml")

    assert page.status_code == 200
    assert "no kind of file has this place" in page.content.decode()


def test_a_file_of_one_site_is_hidden_from_others(programme, browser_of):
    place = programme / "template" / "sites" / "liege"
    place.mkdir(parents=True, exist_ok=True)
    (place / "own.yaml").write_text("a: 1\n")
    daan, elise = browser_of("daan"), browser_of("elise")
    address = "/workspace/template/sites/liege/own.yaml"

    assert (daan.get(address).status_code, elise.get(address).status_code) == (404, 200)
    assert "liege/own.yaml" not in daan.get("/workspace/").content.decode()
    assert "liege/own.yaml" not in json.dumps(daan.get("/api/workspace").json())


def test_what_files_say_is_shown_as_text(programme, browser_of):
    path = programme / "programme" / "waves.yaml"
    path.write_text(path.read_text() + f"# {SCRIPT}\n")

    page = browser_of("bart").get("/workspace/programme/waves.yaml").content.decode()

    assert (SCRIPT in page, "&lt;script&gt;" in page) == (False, True)
