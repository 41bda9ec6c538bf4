import sys
from importlib import import_module

import pytest
import typer

from lockgate.app.discovery import Clash, Verb, catalogue, own_verbs
from lockgate.kernel.practice import Command, Practice
from lockgate.programme.installed import OWN, Broken, Found, practices, reason


def own(name):
    return Verb(Command(name, f"{name} of the shell.", f"shell.{name}:command"), OWN)


def practice(owner, *verbs, name="some"):
    commands = tuple(Command(verb, f"{verb} of {owner}.", f"{name}:{verb}") for verb in verbs)
    return Found(Practice(name, "Which?", commands), owner)


@pytest.mark.parametrize("verb", own_verbs(), ids=lambda verb: verb.command.name)
def test_each_verb_of_the_folder_keeps_the_contract(verb):
    module, _, attribute = verb.command.target.partition(":")
    command = getattr(import_module(module), attribute)
    assert isinstance(command, typer.Typer) or callable(command)
    assert verb.command.summary.endswith(".")
    assert len(verb.command.summary) <= 80
    assert verb.command.name == module.rpartition(".")[2].replace("_", "-")


def test_a_verb_of_the_folder_is_known_by_its_file_alone(tmp_path):
    (tmp_path / "load_test.py").write_text('"""Press hard.\n\nAnd more."""\nraise SystemExit("imported")\n')
    (tmp_path / "_private.py").write_text('"""Not a verb."""\n')
    (tmp_path / "plan.py").write_text("command = 1\n")
    assert own_verbs(tmp_path) == (
        Verb(Command("load-test", "Press hard.", "lockgate.app.commands.load_test:command"), OWN),
        Verb(Command("plan", "", "lockgate.app.commands.plan:command"), OWN),
    )


def test_the_shell_wins_over_a_practice_and_the_clash_is_named():  # R3
    found = catalogue([own("lab")], [practice("other 1.0", "lab", "extra")])
    assert {name: verb.owner for name, verb in found.verbs.items()} == {"lab": OWN, "extra": "other 1.0"}
    assert found.clashes == (Clash("lab", OWN, "other 1.0"),)
    assert list(found.remarks()) == ["Warning: the verb 'lab' of other 1.0 is hidden by that of lockgate"]


def test_of_two_practices_the_first_wins():  # R3
    found = catalogue([], [practice("lockgate 0.1", "gate"), practice("zeal 1.0", "gate")])
    assert found.clashes == (Clash("gate", "lockgate 0.1", "zeal 1.0"),)
    assert found.verbs["gate"].owner == "lockgate 0.1"


def test_a_broken_practice_keeps_its_name_as_a_verb_that_says_why():  # R2
    fault = ImportError("no such thing")
    broken = Broken("hello", "hello 1.0", fault)
    found = catalogue([], [broken, practice("fine 1.0", "fine")])
    assert (found.verbs["hello"].fault, found.verbs["fine"].fault) == (fault, None)
    assert found.broken == (broken,)
    assert list(found.remarks()) == [
        "Warning: the practice 'hello' of hello 1.0 can't be loaded: ImportError: no such thing"
    ]


@pytest.mark.parametrize(("owner", "ours"), [("lockgate", True), ("lockgate 0.1", True), ("lockgate-x 1.0", False)])
def test_only_what_comes_with_lockgate_is_ours(owner, ours):
    assert Verb(Command("a", "b", "c:d"), owner).ours is ours


def test_a_practice_is_found_by_its_entry_point(here):  # R1
    here.install("lockgate-found", points=["found = found_practice:IT"], found_practice=PRACTICE)
    assert [one for one in practices() if one.owner == "lockgate-found 1.0"] == [
        Found(Practice("found", "Who?", ()), "lockgate-found 1.0")
    ]


def test_our_own_practices_come_first(here):  # R3
    here.install("aardvark", points=["first = found_practice:IT"], found_practice=PRACTICE)
    here.install("lockgate", points=["second = found_practice:IT"])
    assert [one.owner for one in practices()] == ["lockgate 1.0", "aardvark 1.0"]


PRACTICE = """
    from lockgate.kernel.practice import Practice
    IT = Practice("found", "Who?")
"""


@pytest.mark.parametrize(
    ("point", "why"),
    [
        ("a = no_such_module:IT", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("a = odd_practice:MISSING", "AttributeError: module 'odd_practice' has no attribute 'MISSING'"),
        ("a = odd_practice:NUMBER", "TypeError: odd_practice:NUMBER is a int, not a Practice"),
        ("a = failing_practice:IT", "ValueError: two lines"),
        ("a = leaving_practice:IT", "SystemExit: 7"),
    ],
)
def test_whatever_is_wrong_with_a_practice_is_said_in_one_line(here, point, why):  # R2
    here.install(
        "lockgate-odd",
        points=[point],
        odd_practice="NUMBER = 1",
        failing_practice="raise ValueError('two\\nlines')",
        leaving_practice="raise SystemExit(7)",
    )
    (broken,) = (one for one in practices() if one.owner == "lockgate-odd 1.0")
    assert (broken.name, broken.why) == ("a", why)


def test_a_package_with_mangled_metadata_hides_no_other(here):  # R2
    here.install("lockgate-found", points=["found = found_practice:IT"], found_practice=PRACTICE)
    here.install("lockgate-mangled", points=["no equals sign"])
    offered = {one.owner: one for one in practices()}
    assert offered["lockgate-found 1.0"] == Found(Practice("found", "Who?", ()), "lockgate-found 1.0")
    assert offered["lockgate-mangled 1.0"].why.startswith("TypeError: ")


def test_a_reason_without_words_is_the_name_of_the_error():
    assert reason(KeyboardInterrupt()) == "KeyboardInterrupt"


def test_finding_the_verbs_of_the_shell_imports_none_of_them():
    for name in [name for name in sys.modules if name == "lockgate.app.commands.doctor"]:
        del sys.modules[name]
    own_verbs()
    assert "lockgate.app.commands.doctor" not in sys.modules
