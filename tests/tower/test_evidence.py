"""The stream of the ledger and one record, from the page, the API and the command line."""

import json
import re
import subprocess
from datetime import timedelta

from lockgate.app.main import run
from lockgate.kernel.evidence import Verdict
from support.recorded import BUILD, SCRIPT, digests, happen, measured, place_of, record, standings


def test_the_stream_shows_evidence_newest_first_and_all_events_when_asked(programme, browser_of):
    record(programme, measured(), measured("liege", verdict=Verdict.FAILED))
    bart = browser_of("bart")

    assert _numbers(bart.get("/evidence/")) == [3, 2]
    assert _numbers(bart.get("/evidence/?all=on")) == [3, 2, 1]


def test_the_stream_is_narrowed_by_what_the_address_says(programme, browser_of):
    record(
        programme,
        measured("ghent", subject={"scenario": "otc-01"}),
        measured("liege", subject={"scenario": "otc-02"}, verdict=Verdict.FAILED),
        measured("ghent", "kpi.measured", Verdict.SEEN, subject={"kpi": "fill-rate"}),
    )
    bart = browser_of("bart")
    asked = {
        "kind=kpi.measured": [4],
        "scope=site:ghent": [4, 2],
        "text=OTC-0": [3, 2],
        "by=nobody": [],
        "verdict=failed": [3],
        "standing=current&scope=site:liege": [3],
        "standing=stale": [],
    }

    assert {query: _numbers(bart.get(f"/evidence/?{query}")) for query in asked} == asked


def test_what_is_rare_is_found_among_much_else_also_before_a_number_and_as_of_one(programme, browser_of):
    rare = measured("ghent", "kpi.measured", Verdict.SEEN, subject={"kpi": "fill-rate"})
    much = [measured("liege", subject={"scenario": f"s-{n}"}) for n in range(30)]
    record(programme, rare, *much, rare, *much, rare)
    bart, daan = browser_of("bart"), browser_of("daan")

    addresses = (
        "kind=kpi.measured",
        "text=fill&before=64",
        "scope=site:ghent&as-of=40",
        "kind=kpi.measured&verdict=passed",
    )
    found = {address: _numbers(bart.get(f"/evidence/?{address}")) for address in addresses}

    assert list(found.values()) == [[64, 33, 2], [33, 2], [33, 2], []]
    assert _numbers(daan.get("/evidence/?text=s-7")) == []
    record(programme, rare)
    assert _numbers(bart.get("/evidence/?kind=kpi.measured")) == [65, 64, 33, 2]


def test_the_stream_is_paged_by_number(programme, browser_of):
    record(programme, *(measured(subject={"scenario": f"s-{n}"}) for n in range(60)))
    bart = browser_of("bart")

    first = bart.get("/evidence/")
    older = re.search(r'href="(\?before=\d+)"', first.content.decode())

    assert _numbers(first) == list(range(61, 11, -1))
    assert older is not None
    assert _numbers(bart.get(f"/evidence/{older[1]}")) == list(range(11, 1, -1))


def test_a_record_of_another_site_is_in_no_list_and_not_found(programme, browser_of):
    record(programme, measured("ghent"), measured("liege", "kpi.measured", subject={"kpi": "secret"}))
    happen(
        programme, "gap.raised", register="gap", id="GAP-1", values={"title": "Hidden", "site": "liege"}, state="open"
    )
    daan = browser_of("daan")

    page = daan.get("/evidence/?all=on")

    assert _numbers(page) == [2, 1]
    assert "kpi.measured" not in page.content.decode()
    assert [daan.get(f"/evidence/{n}/").status_code for n in (1, 2, 3, 4, 5)] == [200, 200, 404, 404, 404]
    assert [daan.get(f"/evidence/{n}/verify/").status_code for n in (2, 3)] == [200, 404]
    assert [daan.get(f"/api/evidence/{n}").status_code for n in (2, 3, 5)] == [200, 404, 404]
    assert [one["number"] for one in daan.get("/api/evidence").json()] == [1, 2]
    assert b"secret" not in daan.get("/evidence/?format=csv&all=on").content


def test_the_api_lists_what_the_command_line_lists(programme, browser_of, capsys):
    record(programme, measured(), measured("liege"))
    run(("ledger", "tail", "--json", "--workspace", str(programme)))
    told = json.loads(capsys.readouterr().out)
    bart = browser_of("bart")

    assert bart.get("/api/evidence").json() == told
    assert bart.get("/api/evidence/2").json() == told[1]
    assert bart.get("/api/evidence?evidence=true&lines=1").json() == told[2:]


def test_the_api_verifies_what_the_command_line_verifies(programme, browser_of, capsys):
    record(programme, measured())
    run(("ledger", "verify", "--json", "--workspace", str(programme)))
    told = json.loads(capsys.readouterr().out)
    bart = browser_of("bart")

    head = bart.get("/api/ledger/head").json()

    assert bart.get("/api/ledger/verify").json() == told
    assert {name: head[name] for name in ("ledger", "records", "head")} == {
        name: told[name] for name in ("ledger", "records", "head")
    }


def test_a_record_whose_input_changed_is_stale_and_shows_what_changed_in_the_file(programme, browser_of):
    _git(programme, "init", "-q")
    _git(programme, "add", "-A")
    _git(programme, "commit", "-qm", "Begin", date="2026-01-05T12:00:00+00:00")
    record(programme, measured(inputs={"site:ghent": digests(programme)["site:ghent"], "source:old": "ab" * 32}))
    sites = programme / "programme" / "sites.yaml"
    sites.write_text(sites.read_text().replace("name: Ghent warehouse", "name: Ghent harbour"))

    page = browser_of("bart").get("/evidence/2/").content.decode()

    assert re.findall(r'<th scope="row"><a href="(/workspace/[^"#]*)#L\d+">([^<]*)</a>', page) == [
        ("/workspace/programme/sites.yaml", "site:ghent")
    ]
    assert re.findall(r'<span class="removed">- *(.*Ghent.*)', page) == [_line("Ghent warehouse", sites)]
    assert re.findall(r'<span class="added">\+ *(.*Ghent.*)', page) == [_line("Ghent harbour", sites)]
    assert standings(browser_of("anna").get("/evidence/")) == ["stale"]


def test_a_record_that_was_measured_again_is_superseded_and_its_series_is_drawn(programme, browser_of):
    record(programme, *(measured(failed=failed) for failed in (3, 1, 0)))

    page = browser_of("bart").get("/evidence/3/").content.decode()

    assert "superseded" in page
    assert re.findall(r"<title>(#\d+: \d+)</title></circle>", page) == ["#2: 3", "#3: 1", "#4: 0"]
    assert page.count("<polyline") == 1


def test_evidence_of_a_database_that_was_replaced_is_stale(programme, browser_of):
    other = BUILD.__class__("u-2", BUILD.version, BUILD.role, BUILD.name)
    record(programme, measured("", "instance.seen", instance=BUILD, subject={"instance": "build"}))
    record(programme, measured("ghent", instance=BUILD))
    record(programme, measured("", "instance.seen", instance=other, subject={"instance": "build"}))

    page = browser_of("bart").get("/evidence/3/").content.decode()

    assert re.findall(r'<th scope="row">(database:build)', page) == ["database:build"]
    assert "u-2" in page


def test_two_clocks_that_differ_are_told(programme, browser_of):
    record(programme, measured(taken_ago=timedelta(hours=3)), measured("liege", taken_ago=timedelta(seconds=10)))
    bart = browser_of("bart")

    assert "recorded 3 hours after it was taken" in bart.get("/evidence/2/").content.decode()
    assert "after it was taken" not in bart.get("/evidence/3/").content.decode()


def test_verifying_names_the_record_that_was_touched(programme, browser_of):
    record(programme, measured(), measured("liege"))
    bart = browser_of("bart")
    assert "All 3 records" in bart.get("/evidence/2/verify/").content.decode()

    with place_of(programme) as place, place.ledger.store.writing() as turn:
        turn.write("update ledger_record set hash = ? where number = ?", [("f" * 64, 2)])
    page = bart.get("/evidence/3/verify/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert "#2: it was altered" in page
    assert "#3: it does not follow" in page
    assert "Record 2: it was altered" in page


def test_the_stream_is_shown_as_of_a_number(programme, browser_of):
    record(programme, measured(), measured())
    bart = browser_of("bart")

    assert _numbers(bart.get("/evidence/?as-of=2")) == [2]
    assert standings(bart.get("/evidence/?as-of=2")) == ["current"]
    assert bart.get("/evidence/3/?as-of=2").status_code == 404


def test_records_are_shown_while_the_workspace_has_findings(programme, browser_of):
    record(programme, measured(inputs={"site:ghent": "00" * 32}))
    (programme / "programme" / "sites.yaml").write_text("sites: {}\n")
    keeper = browser_of("keeper", administrator=True)

    page = keeper.get("/evidence/2/").content.decode()

    assert "be told while the workspace has findings" in page
    assert "Gates are not asked" in page


def test_nobody_is_locked_out_by_a_file_that_can_t_be_read(programme, browser_of):
    record(programme, measured(), measured("", "fit.probed"))
    people = [browser_of("bart"), browser_of("daan")]
    (programme / "lockgate.toml").write_text("programme = 1\n")

    assert [_numbers(one.get("/evidence/")) for one in people] == [[3, 2], [3]]


def test_what_records_say_is_shown_as_text(programme, browser_of):
    record(programme, measured(subject={"scenario": SCRIPT}, kind="scenario.run"))
    happen(programme, "note.made", by=SCRIPT, text=SCRIPT, deep={"more": [SCRIPT]})
    bart = browser_of("bart")

    pages = [bart.get(url).content.decode() for url in ("/evidence/?all=on", "/evidence/2/", "/evidence/3/")]

    assert [SCRIPT in page for page in pages] == [False, False, False]
    assert ["&lt;script&gt;" in page for page in pages] == [True, True, True]


def test_the_csv_holds_no_formula(programme, browser_of):
    record(programme, measured(subject={"=1+1": "x"}))

    table = browser_of("bart").get("/evidence/?format=csv").content.decode("utf-8-sig")

    assert "'=1+1 x" in table


def test_an_empty_ledger_says_what_would_fill_it(programme, browser_of):
    assert "No evidence yet" in browser_of("bart").get("/evidence/").content.decode()


def _numbers(page) -> list[int]:
    return [int(number) for number in re.findall(r'<th scope="row" class="num"><a [^>]*>#(\d+)', page.content.decode())]


def _line(text, path) -> str:
    return next(
        line.strip().replace("Ghent harbour", text) for line in path.read_text().splitlines() if "Ghent harbour" in line
    )


def _git(root, *words, date="") -> None:
    dated = {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date} if date else {}
    who = {"GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "a@x.example", "GIT_COMMITTER_NAME": "Ann"}
    env = {"PATH": "/usr/bin:/bin", "HOME": str(root), "GIT_COMMITTER_EMAIL": "a@x.example", **who, **dated}
    subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, env=env)
