"""The instances of the programme, and the lock of production."""

from lockgate.kernel.evidence import Verdict
from lockgate.programme.permit import GatePermit
from support.recorded import BUILD, measured, record


def test_instances_are_shown_with_their_lock_and_when_they_were_last_seen(programme, browser_of):
    record(programme, measured("", "instance.seen", Verdict.SEEN, instance=BUILD, subject={"instance": "build"}))

    told = {one["instance"]: one for one in browser_of("bart").get("/api/instance").json()}

    assert {key: (one["role"], one["locked"], one["seen"]) for key, one in told.items()} == {
        "build": ("build", False, 2),
        "production": ("production", True, None),
    }


def test_the_lock_says_what_the_permit_of_the_client_says(programme, browser_of):
    bart = browser_of("bart")
    no = GatePermit("production", programme)(None)

    told = {one["instance"]: one for one in bart.get("/api/instance").json()}["production"]

    assert no is not None
    assert (told["why"], told["do"]) == (no.why, no.do)
    assert 'class="state state-closed"' in bart.get("/instance/").content.decode()


def test_why_production_is_locked_is_kept_from_who_does_not_see_the_whole_programme(programme, browser_of):
    told = {one["instance"]: one for one in browser_of("daan").get("/api/instance").json()}["production"]

    assert (told["locked"], told["why"]) == (True, "A gate that guards it is not open.")


def test_an_instance_of_other_sites_is_not_told(programme, browser_of):
    path = programme / "lockgate.toml"
    path.write_text(
        path.read_text() + '\n[instances.lab]\nrole = "lab"\nurl = "http://127.0.0.1:8070"\n'
        'database = "x"\nsites = ["liege"]\n'
    )

    found = [[one["instance"] for one in browser_of(who).get("/api/instance").json()] for who in ("daan", "elise")]

    assert found == [["build", "production"], ["build", "production", "lab"]]


def test_the_lock_can_t_be_told_while_the_workspace_has_findings(programme, browser_of):
    (programme / "programme" / "waves.yaml").write_text("waves: 1\n")

    told = {one["instance"]: one for one in browser_of("bart").get("/api/instance").json()}

    assert told["production"]["locked"] is None
