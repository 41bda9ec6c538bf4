"""Why does a gate stand so, which command helps, and what has to run again?"""

from datetime import timedelta

from lockgate.gates.asking.evaluating import evaluate
from lockgate.gates.criteria.placeholders import fill, placeholders
from lockgate.gates.deciding.answer import Electorate
from lockgate.gates.deciding.voting import Ballot, Basis, decide
from lockgate.gates.deciding.waiving import Plea, waive
from lockgate.gates.facts.history import Choice, Condition
from lockgate.gates.showing.explaining import explain
from lockgate.gates.showing.filling import commands
from lockgate.gates.showing.renewing import Rerun, plan
from lockgate.kernel.canonical import encode
from lockgate.kernel.evidence import Verdict
from lockgate.kernel.scope import PROGRAMME
from support.gate_scene import GHENT, NORTH, NOW, Event, Folks, World, evidence, facts, gate, happened

RUN = {"evidence": {"kind": "scenario.run"}, "do": "lockgate test run {scenario} --site {site}", "each": ["scenario"]}
PROBE = "lockgate discover --scope {scope}"
FIT = {"key": "fit", "evidence": {"kind": "fit.probed"}, "do": PROBE, "why": "Else", "serves": ["M1"]}
WHO = Electorate(Folks(), {}, {})
SOON = NOW + timedelta(days=2)


def tree(made, known, scope=GHENT, moment=NOW):
    return explain(evaluate(made, scope, known, moment), Folks())


def test_the_tree_goes_down_to_the_evidence_numbers():
    known = facts(evidence(4, scenario="otc-01"), evidence(7, scenario="otc-02", verdict=Verdict.FAILED))
    told = tree(gate(RUN), known)
    assert (told["gate"], told["scope"], told["verdict"], told["as_of"]) == (
        "uat-exit",
        "site:ghent",
        "closed",
        "2026-03-10T12:00:00.000000Z",
    )
    assert told["because"] == "1 of 1 criteria are lacking: c1 (unmet)."
    assert told["decides"] == {"role": "process-owner", "quorum": 1, "people": ["ann", "bob", "cyd"], "given": {}}
    (criterion,) = told["criteria"]
    assert (criterion["because"], criterion["evidence"], criterion["act"]) == (
        "2 of 3 lack: scenario otc-02: #7 failed",
        [4, 7],
        ["tom"],
    )
    assert criterion["do"] == "lockgate test run otc-02 --site ghent"
    assert criterion["commands"] == [criterion["do"], "lockgate test run otc-03 --site ghent"]
    assert [(part["about"], part["because"], part["evidence"]) for part in criterion["parts"]] == [
        ("scenario otc-01", "so says #4", [4]),
        ("scenario otc-02", "#7 failed", [7]),
        ("scenario otc-03", "no scenario.run on record", []),
    ]
    assert encode(told)


def test_an_empty_gate_says_so():
    assert tree(gate(), facts())["because"] == "It has no criteria: nothing asked is not everything met."


def test_what_was_decided_is_told_with_what_changed_since():
    known = facts(evidence(1, "fit.probed"), evidence(2, scenario="otc-01"))
    made = gate(FIT, {"key": "tied", "evidence": {"kind": "migration.tied_out"}}, quorum=2)
    due = Condition("C", "tie it out", "bob", SOON, "tied")
    for person, choice in (("cyd", Choice.NO_GO), ("ann", Choice.CONDITIONAL), ("bob", Choice.CONDITIONAL)):
        state = evaluate(made, GHENT, known, NOW)
        if person == "bob":
            assert [(vote["by"], vote["choice"]) for vote in explain(state, Folks())["votes"]] == [
                ("cyd", "no-go"),
                ("ann", "conditional"),
            ]
        conditions = (due,) if choice is Choice.CONDITIONAL else ()
        happened(known, decide(state, Ballot(person, choice, "so", conditions), WHO, Basis("c", "h", "a")))
    told = tree(made, known)
    assert (told["verdict"], told["because"], told["changed"]) == (
        "open",
        "The decision #100 stands: conditional.",
        [],
    )
    assert told["criteria"][1]["because"] == (
        "no migration.tied_out on record; condition C (bob, due 2026-03-12): tie it out"
    )
    assert told["criteria"][1]["act"] == []
    assert (told["decision"]["dissent"], told["decision"]["conditions"][0]["fulfilled"]) == (["cyd"], False)
    late = tree(made, known, moment=SOON)
    assert (late["because"], len(late["overdue"])) == ("Overdue: C (bob, due 2026-03-12): tie it out.", 1)
    known.index.add(evidence(9, "migration.tied_out"))
    tied = tree(made, known)
    assert tied["changed"] == [
        {"criterion": "tied", "then": "missing", "now": "met", "evidence_then": [], "evidence_now": [9]}
    ]
    assert tied["decision"]["conditions"][0]["fulfilled"] is True
    fewer = tree(gate(FIT), known)
    assert fewer["changed"] == [
        {"criterion": "tied", "then": "missing", "now": None, "evidence_then": [], "evidence_now": []}
    ]


def test_a_gate_that_waits_or_was_refused_says_so():
    known, made = facts(evidence(1, "fit.probed")), gate(FIT)
    assert tree(made, known)["because"] == "Nothing stands in its way; process-owner has not decided yet."
    state = evaluate(made, GHENT, known, NOW)
    happened(known, decide(state, Ballot("ann", Choice.NO_GO, "no"), WHO, Basis("c", "h", "a")))
    assert tree(made, known)["because"] == "The decision #100 stands: no-go."
    assert tree(made, known)["criteria"][0]["because"] == "so says #1"


def test_a_waiver_is_told_with_what_stands_without_it():
    known, made = facts(), gate(FIT)
    happened(known, waive(evaluate(made, GHENT, known, NOW), Plea("fit", "ann", "bob", "small site", SOON), WHO))
    (criterion,) = tree(made, known)["criteria"]
    assert criterion["because"] == ("ann waived it until 2026-03-12: small site (missing: no fit.probed on record)")
    assert (criterion["waiver"]["waived_when"], criterion["waiver"]["without"]) == ("missing", "missing")
    assert (criterion["why"], criterion["serves"]) == ("Else", ["M1"])
    assert criterion["do"] == "lockgate discover --scope site:ghent"


def test_met_parts_say_how_many_hold():
    known = facts(evidence(1, scope=GHENT, role="picker"), registers={"defect": []})
    runs = {"title": "Runs", "evidence": {"kind": "scenario.run"}}
    nested = {"any": [{"all": [runs, {"title": "D", "register": "defect", "require": ["count = 0"]}]}]}
    (criterion,) = tree(gate(nested), known)["criteria"]
    assert (criterion["status"], criterion["because"]) == ("met", "2 of 2 hold")
    assert [part["because"] for part in criterion["parts"]] == ["so says #1", "it holds"]


def test_commands_are_safe_for_a_shell_and_leave_other_brackets_alone():
    assert fill("run {site} {other} ${HOME} {}", {"site": "a b; rm", "HOME": "x"}) == "run 'a b; rm' {other} $x {}"
    assert placeholders("run {site} {each-one} {}") == ["site", "each-one"]


def test_a_command_keeps_the_names_of_what_is_not_known():
    per_site = {**RUN, "each": ["site", "scenario"]}
    state = evaluate(gate(per_site, scope="wave"), NORTH, facts(), NOW)
    assert commands(state, state.criteria[0])[3] == "lockgate test run otc-01 --site liege"
    no_sites = evaluate(gate(per_site, scope="programme"), PROGRAMME, facts(world=World(sites=())), NOW)
    assert commands(no_sites, no_sites.criteria[0]) == ("lockgate test run {scenario} --site {site}",)
    silent = evaluate(gate({"evidence": {"kind": "fit.probed"}}), GHENT, facts(), NOW)
    assert commands(silent, silent.criteria[0]) == ()
    met = evaluate(gate(FIT), GHENT, facts(evidence(1, "fit.probed")), NOW)
    assert commands(met, met.criteria[0]) == ()


def test_stale_evidence_is_planned_once_for_all_gates_that_wait_for_it():
    old = {"template": "old"}
    known = facts(evidence(1, scenario="otc-01", inputs=old), evidence(2, "fit.probed", inputs=old))
    made = gate(RUN, {**FIT, "do": ""}, {"key": "again", **RUN})
    other = gate(RUN, title="Other")
    states = [evaluate(one, GHENT, known, NOW) for one in (made, other)]
    because = "#1 was measured on template old, which is now aaaa"
    reruns = plan(states, {"fit.probed": "lockgate fit probe --site {site}"})
    assert reruns == (
        Rerun(
            "scenario.run",
            "site:ghent",
            "scenario otc-01",
            because,
            "lockgate test run otc-01 --site ghent",
            (1,),
            ("uat-exit site:ghent",),
        ),
        Rerun(
            "fit.probed",
            "site:ghent",
            "",
            because.replace("#1", "#2"),
            "lockgate fit probe --site ghent",
            (2,),
            ("uat-exit site:ghent",),
        ),
    )


def test_a_history_is_read_by_number():
    known = facts()
    payload = {"gate": "uat-exit", "scope": "site:ghent", "by": "ann", "reason": "x", "until": "2026-03-11T00:00:00Z"}
    known.histories.add([Event(3, "gate.emergency-signed", payload)])
    assert known.history("uat-exit", GHENT).signatures[0].number == 3
