import json


def test_the_answer_for_a_program_has_its_promised_keys(lockgate):
    ran = lockgate("doctor", "--json")
    answer = json.loads(ran.out)
    assert list(answer) == ["ok", "checks"]
    assert {tuple(check) for check in answer["checks"]} == {("name", "state", "found", "needed_for", "do")}
    assert ran.code == (0 if answer["ok"] else 1)


def test_page_and_json_tell_the_same(lockgate):
    told = [line.split()[0] for line in lockgate("doctor").out.partition("\n\n")[0].splitlines()[1:]]
    assert told == [check["state"] for check in json.loads(lockgate("doctor", "--json").out)["checks"]]


def test_what_is_required_and_missing_makes_the_answer_no(lockgate, home, monkeypatch):
    monkeypatch.setenv("PATH", str(home))
    ran = lockgate("doctor", "--json")
    missing = [check["name"] for check in json.loads(ran.out)["checks"] if check["state"] == "missing"]
    assert (ran.code, missing) == (1, ["git"])


def test_what_the_lab_needs_is_told_by_its_provider(lockgate, home, monkeypatch):
    monkeypatch.setenv("PATH", str(home))
    checks = json.loads(lockgate("doctor", "--for", "lab", "--json").out)["checks"]
    told = [(check["name"], check["state"]) for check in checks if check["needed_for"] == "lab"]
    assert told[-2:] == [("apt-get", "missing"), ("dpkg", "missing")]


def test_the_way_out_is_said_below_the_table(lockgate, home, monkeypatch):
    monkeypatch.setenv("PATH", str(home))
    lines = lockgate("doctor", "--for", "lockgate").out.splitlines()
    assert lines[-3:] == ["", "What to do:", "  git: Install git with this system's package manager"]


def test_when_nothing_is_missing_that_is_said(lockgate, home, monkeypatch):
    (home / "git").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(home))
    assert lockgate("doctor", "--for", "lockgate").out.splitlines()[-1] == "Nothing is missing."
