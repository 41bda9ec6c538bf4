"""Does a worker plan, apply, look and adopt as the verbs do? On a real Odoo."""

import json

import pytest

from lockgate.kernel.errors import LockgateError, RefusedError, UsageError
from lockgate.kernel.verb import Stopped
from lockgate.odoo.external_ids import targets_of
from lockgate.practices.template.perform import runs
from support.work import Work


def last_plan(programme):
    ran = programme.lockgate("plan", "--last", "--json")
    return json.loads(ran.out)


def test_what_a_worker_plans_is_what_the_verb_plans_and_is_applied_as_it_was_seen(programme):
    planned = runs.plan(Work(programme.folder))
    kept = last_plan(programme)
    told = programme.say("plan")
    assert (planned.ok, planned.facts["create"]) == (False, 5)
    assert {name: kept[name] for name in told if name != "code"} == {
        name: value for name, value in told.items() if name != "code"
    }

    work = Work(programme.folder)
    done = runs.apply(work, plan=kept["digest"])

    assert (done.ok, done.facts["written"], work.told[-1]) == (True, 5, (5, 5, "resources"))
    assert (last_plan(programme)["create"], programme.say("plan")["unchanged"]) == (0, 5)
    with pytest.raises(RefusedError, match="stale"):
        runs.apply(Work(programme.folder), plan=kept["digest"])


def test_what_nobody_has_agreed_to_is_not_applied(programme):
    with pytest.raises(UsageError, match="Nobody has agreed"):
        runs.apply(Work(programme.folder))

    assert programme.say("plan")["create"] == 5


def test_whoever_takes_over_from_a_worker_that_ended_goes_on(programme):  # B2
    digest = programme.say("plan")["digest"]
    stopped = Work(programme.folder, stop_at=1)
    with pytest.raises(Stopped):
        runs.apply(stopped, plan=digest)
    assert programme.say("plan")["create"] < 5

    done = runs.apply(Work(programme.folder, state=stopped.state), plan=digest)

    assert (done.ok, programme.say("plan")["unchanged"]) == (True, 5)


def test_one_difference_is_taken_back_and_another_accepted(programme, odoo):
    assert programme.apply()["code"] == 0
    made = targets_of(odoo, ["template__pump", "template__urgent"])
    pump, urgent = made["template__pump"].id, made["template__urgent"].id
    odoo.write("product.template", pump, {"list_price": 99, "weight": 7})
    odoo.write("product.tag", urgent, {"sequence": 9})
    assert runs.drift(Work(programme.folder)).facts == {"differing": 2}

    accepted = runs.adopt(Work(programme.folder), what="pump:list_price")
    taken_back = runs.apply(Work(programme.folder), only="urgent")

    assert (accepted.ok, "list_price: 99" in (programme.folder / "template/goods.yaml").read_text()) == (True, True)
    assert odoo.read("product.tag", urgent, ["sequence"])[0]["sequence"] == 3
    assert [len(accepted.evidence), len(taken_back.evidence)] == [1, 2]
    told = programme.say("drift", "--by", "ann")
    assert [(one["key"], one["field"], one["live"]) for one in told["changes"]] == [("pump", "weight", 7)]


def test_production_is_not_written_to_and_the_run_says_why(programme):
    settings = programme.folder / "lockgate.toml"
    settings.write_text(settings.read_text().replace('role = "build"', 'role = "production"'))
    digest = programme.say("plan", "--instance", "build")["digest"]

    with pytest.raises(LockgateError) as stop:
        runs.apply(Work(programme.folder), instance="build", plan=digest)

    assert "gate" in " ".join(stop.value.lines()).lower()
    assert programme.say("plan", "--instance", "build")["create"] == 5


def test_a_template_with_findings_is_not_planned_and_the_log_names_each(programme):
    goods = programme.folder / "template" / "goods.yaml"
    goods.write_text(goods.read_text().replace("list_price: 12.5", "list_prize: 12.5"))
    work = Work(programme.folder)

    with pytest.raises(UsageError, match="1 findings"):
        runs.plan(work)

    assert [line for line in work.lines if "list_prize" in line] != []
