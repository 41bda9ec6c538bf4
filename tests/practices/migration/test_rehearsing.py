"""Does the whole migration run, step by step, and go on where it was when it is killed? On a real Odoo."""

import json
import os
import signal
import subprocess
import sys
import time

from lockgate.odoo.external_ids import targets_of
from lockgate.practices.migration.perform.rehearsing.journal import read

REHEARSAL = """
rehearsals:
  - key: full-load
    title: The whole migration
    window_minutes: 60
    volume: {partners: 5, goods: 2, orders: 8}
    freeze: [{domains: [goods], begins: 2020-01-01, owner: example-sponsor, why: A late price is a wrong invoice}]
    emergency: {rule: The next extract has it., agree: [example-sponsor, example-sponsor-2]}
"""


def declare(programme, text=REHEARSAL):
    (programme.folder / "migration" / "rehearsal.yaml").write_text(text, encoding="utf-8")


def ask(programme, verb):
    """Ask what stands where, or how the rounds went: nobody has to say who asks."""
    ran = programme.lockgate("migrate", verb, "--json")
    assert ran.out, ran.err
    return json.loads(ran.out) | {"code": ran.code}


def states(answer):
    return {one["step"]: one["state"] for one in answer["steps"]}


def kill_in_the_midst(programme, step):
    """Begin a rehearsal in a process of its own, and kill that once a step has begun."""
    words = [sys.executable, "-m", "lockgate", "migrate", "rehearse", "--by", "example-sponsor"]
    process = subprocess.Popen(words, cwd=programme.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        found = read(programme.folder, 1)
        if found is not None and found.running == step:
            os.kill(process.pid, signal.SIGKILL)
        time.sleep(0.01)
    return process.returncode


def test_a_rehearsal_runs_all_steps_and_leaves_evidence_of_its_time(programme, odoo):
    declare(programme)
    first = programme.say("rehearse")
    assert states(first) == {
        **dict.fromkeys(("clone", "template", "match"), "not-needed"),
        **dict.fromkeys(("profile", "cleanse", "preflight", "load", "reconcile"), "done"),
        **{name: states(first)[name] for name in ("tie-out", "behave")},
    }
    assert (first["round"], first["rounds"], first["failed_steps"], first["volume_share"]) == (1, 1, 0, 0.5)
    assert (first["code"], first["interrupted"], first["instance"]) == (0, 0, "build")

    second = programme.say("rehearse", "--without", "cleanse")
    assert (second["round"], second["rounds"], second["code"]) == (2, 1, 1)
    assert states(second)["cleanse"] == "skipped"

    compared = ask(programme, "rounds")
    assert [(one["round"], one["failed_steps"]) for one in compared["rounds"]] == [(1, 0), (2, second["failed_steps"])]
    assert [one["sent"] for one in compared["rounds"][0]["domains"]] == [3, 2, 2]
    told = compared["forecast"]
    assert (told["window"], told["fits"], told["unknown"]) == (60, True, [])


def test_a_rehearsal_that_was_killed_goes_on_where_it_was_without_doubles(programme, odoo):
    declare(programme)
    assert kill_in_the_midst(programme, "load") == -signal.SIGKILL
    stood = ask(programme, "status")
    assert stood["rehearsals"][0]["under_way"] == "load"

    done = programme.say("rehearse")

    assert (done["round"], done["interrupted"], done["failed_steps"], done["code"]) == (1, 1, 0, 0)
    ids = targets_of(odoo, ["customer_007", "customer_008", "customer_011", "order_A", "order_D"])
    assert len(ids) == 5
    assert odoo.search_count("sale.order", [["client_order_ref", "in", ["A", "D"]]]) == 2
    assert programme.say("rehearse")["round"] == 2


def test_a_run_of_deltas_ends_as_a_full_one_does(programme, odoo):
    declare(programme)
    programme.say("rehearse")
    text = (programme.folder / "extracts" / "customers.csv").read_text(encoding="utf-8")
    programme.extract("customers.csv", text.replace("Sued", "Sued und Soehne") + "012;West;BE;;;;no\n")

    deltas = programme.say("rehearse", "--deltas")

    assert deltas["code"] == 0
    compared = ask(programme, "rounds")["rounds"][1]["domains"]
    assert [(one["domain"], one["sent"], one["different"], one["unexplained"]) for one in compared] == [
        ("partners", 2, 0, 0),
        ("goods", 0, 0, 0),
        ("orders", 0, 0, 0),
    ]
    ids = targets_of(odoo, ["customer_011", "customer_012"])
    held = {name: odoo.read("res.partner", ids[name].id, ["name"])[0]["name"] for name in ids}
    assert held == {"customer_011": "Sued und Soehne", "customer_012": "West"}


def test_what_can_not_be_done_leaves_out_only_what_rests_on_it(programme):
    declare(programme)
    (programme.folder / "extracts" / "customers.csv").unlink()
    said = programme.say("rehearse")
    assert said["code"] == 1
    assert states(said)["profile"] == "no"
    assert states(said)["load"] == "failed"
    assert states(said)["reconcile"] == "left-out"
    assert ask(programme, "status")["ok"] is False


def test_status_says_what_is_done_next_and_what_stands_still(programme):
    declare(programme)
    before = ask(programme, "status")
    assert (before["round"], before["code"]) == (None, 1)
    assert {tuple(one["next"]) for one in before["domains"]} == {
        ("lockgate migrate profile", "lockgate migrate cleanse")
    }
    programme.brought()
    after = ask(programme, "status")
    assert [(one["domain"], one["state"], one["held_up"]) for one in after["domains"]] == [
        ("partners", "rejected", [{"what": "not loaded", "records": 1}]),
        ("goods", "loaded", []),
        ("orders", "rejected", [{"what": "not loaded", "records": 2}]),
    ]
    assert after["domains"][1]["next"] == ["lockgate migrate reconcile --domain goods"]
    [told] = after["rehearsals"]
    assert [one["frozen"] for one in told["freeze"]] == [True]
    assert told["emergency"]["agree"] == ["example-sponsor", "example-sponsor-2"]


def test_nothing_is_rehearsed_on_production(programme):
    declare(programme)
    settings = programme.folder / "lockgate.toml"
    settings.write_text(settings.read_text().replace('role = "build"', 'role = "production"'))
    ran = programme.lockgate("migrate", "rehearse", "--instance", "build", "--by", "example-sponsor", "--json")
    assert (ran.code, ran.out) == (5, "")
    assert "Nothing is rehearsed on `build`." in ran.err
    assert list(programme.folder.glob(".lockgate/migration/*")) == []
