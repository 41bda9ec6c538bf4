"""A mistake is told where it was made, and nowhere else: what only follows from it is not told (L2, D1 to D4).

Every key of every file of a programme is damaged, one after another.
"""

import re

import pytest

from support.programme import FILES

TARGETS = [
    (path, found.start(1), found[1])
    for path, text in FILES.items()
    for found in re.finditer(r"(?<![\w-])([a-z_]+)(?::(?=\s)|(?= = ))", text)
]


@pytest.mark.parametrize(("path", "at", "word"), TARGETS, ids=str)
def test_a_key_that_is_not_known_has_no_followers_in_other_files(loaded, path, at, word):
    text = FILES[path]
    workspace = loaded({path: f"{text[:at]}x{text[at:]}"})
    assert {each.at.path for each in workspace.findings} == {path}
    assert {each.code for each in workspace.findings} <= {"unknown-key", "missing-key", "not-valid", "out-of-range"}


VALUES = [
    (path, found.start(1), found.end(1), found[1])
    for path, text in FILES.items()
    for found in re.finditer(r"key: ([a-z-]+)", text)
]


@pytest.mark.parametrize(("path", "begin", "end", "key"), VALUES, ids=str)
def test_a_key_that_is_only_written_wrongly_is_not_missed_elsewhere(loaded, path, begin, end, key):  # D3
    files = {
        name: re.sub(rf"(?<![\w-]){key}(?![\w-])", key.upper(), text) if name != path else text
        for name, text in FILES.items()
    }
    before, after = FILES[path][:begin], FILES[path][end:]
    files[path] = before + key.upper() + re.sub(rf"(?<![\w-]){key}(?![\w-])", key.upper(), after)
    found = loaded(files).findings
    assert "unknown-reference" not in {each.code for each in found}
    assert found


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("damage", ["\t- x: [", "{", "'"])
def test_a_file_that_can_not_be_read_has_no_followers(loaded, path, damage):
    workspace = loaded({path: damage + FILES[path]})
    assert {each.at.path for each in workspace.findings} == {path}


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".yaml")])
def test_a_file_with_a_wrong_name_has_no_followers(loaded, path):
    wrong = path.replace(".yaml", "s.yaml")
    workspace = loaded({path: None, wrong: FILES[path]})
    assert [(each.at.path, each.code) for each in workspace.findings] == [(wrong, "unclaimed-file")]


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".yaml")])
def test_a_list_that_is_no_list_has_no_followers(loaded, path):  # D1
    workspace = loaded({path: re.sub(r"(?m)^([a-z_]+):(.*\n?)(?:[ -].*\n?)*", r"\1: nothing\n", FILES[path])})
    assert {(each.at.path, each.code) for each in workspace.findings} == {(path, "wrong-type")}


def test_a_mistake_in_one_file_hides_none_between_others(loaded):  # L3
    toml = FILES["lockgate.toml"].replace('role = "lab"', 'role = "lap"')
    people = FILES["programme/people.yaml"].replace("role: sponsor, up_to", "role: sponsor, quorum: 2, up_to")
    waves = FILES["programme/waves.yaml"].replace("2027-03-01", "2027-01-03").replace("[Inventory]", "[Sales]")
    calendars = FILES["programme/calendars.yaml"].replace("Europe/Amsterdam", "Amsterdam")
    found = loaded({"lockgate.toml": toml, "programme/people.yaml": people, "programme/waves.yaml": waves}).findings
    assert [each.code for each in found] == ["unknown-choice", "out-of-reach", "blackout", "not-in-scope"]
    waves = FILES["programme/waves.yaml"].replace("[Inventory]", "[Sales]")
    found = loaded({"programme/calendars.yaml": calendars, "programme/waves.yaml": waves}).findings
    assert [each.code for each in found] == ["unknown-choice", "not-in-scope"]


def test_while_it_is_not_known_which_playbooks_are_meant_nothing_of_them_is_missed(loaded):  # L4
    people = FILES["programme/people.yaml"].replace("role: site-lead, sites", "role: of-a-playbook, sites")
    assert [each.code for each in loaded({"programme/people.yaml": people}).findings] == ["unknown-reference"]
    toml = FILES["lockgate.toml"].replace("distribution-governance", "distribution")
    found = loaded({"lockgate.toml": toml, "programme/people.yaml": people}).findings
    assert [(each.at.path, each.code) for each in found] == [("lockgate.toml", "unknown-reference")]


def test_without_a_file_of_the_programme_no_playbook_brings_anything(loaded):
    workspace = loaded({"lockgate.toml": None})
    assert (workspace.findings, workspace.playbooks) == ((), ())
