import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HELLO = """
    from lockgate.kernel.practice import Command, Practice

    IT = Practice(
        "hello",
        "Who is there?",
        (
            Command("hello", "Greet somebody.", "hello_verbs:greet"),
            Command("guests", "Keep a list of guests.", "hello_verbs:guests"),
        ),
    )
"""
VERBS = """
    from typing import Annotated

    import typer

    guests = typer.Typer()


    def greet(name: str = "you", language: Annotated[str, typer.Option(help="Which?")] = "en") -> None:
        print(f"Hello, {name}.")


    @guests.command()
    def add(name: str) -> None:
        "Write a guest down."
        print(f"{name} is expected.")


    @guests.command()
    def drop(name: str) -> None:
        "Strike a guest out."
"""


@pytest.fixture
def hello(here):
    here.install("lockgate-hello", points=["hello = hello_practice:IT"], hello_practice=HELLO, hello_verbs=VERBS)
    return here


@pytest.fixture
def broken(here):
    here.install("lockgate-broken", points=["broken = broken_practice:IT"], broken_practice="import no_such_thing")
    return here


def test_an_installed_practice_adds_its_verbs_and_nothing_of_lockgate_is_edited(shelf, program):
    shelf.install("lockgate-hello", points=["hello = hello_practice:IT"], hello_practice=HELLO, hello_verbs=VERBS)
    ran = program("hello", "--name", "Ada", PYTHONPATH=shelf.folder)
    assert (ran.code, ran.out, ran.err) == (0, "Hello, Ada.\n", "")
    assert program("hello").code == 2  # without the package there is no such verb


@pytest.mark.usefixtures("hello")
def test_help_lists_the_verbs_of_a_practice_without_importing_them(lockgate):
    lines = lockgate("--help").out.splitlines()
    assert lines.count("  hello     Greet somebody.") == 1
    assert lines.count("  guests    Keep a list of guests.") == 1
    assert "hello_verbs" not in sys.modules


@pytest.mark.usefixtures("hello")
def test_a_practice_may_bring_a_verb_with_verbs_below_it(lockgate):
    assert lockgate("guests", "add", "Ada").out == "Ada is expected.\n"


@pytest.mark.usefixtures("hello")
def test_a_verb_with_verbs_below_it_lists_them_when_none_is_given(lockgate):
    ran = lockgate("guests")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-2:] == ["  add   Write a guest down.", "  drop  Strike a guest out."]


@pytest.mark.usefixtures("hello")
@pytest.mark.parametrize(
    "words", [("--verbose", "hello"), ("hello", "--verbose"), ("guests", "add", "you", "--verbose")]
)
def test_every_verb_takes_verbose_wherever_it_stands(lockgate, words):  # R1
    assert lockgate(*words).code == 0


@pytest.mark.usefixtures("hello")
def test_help_of_a_foreign_verb_looks_like_ours(lockgate):  # R2
    assert lockgate("guests", "add", "--help").out.splitlines() == [
        "Usage: lockgate guests add [OPTIONS] {name}",
        "",
        "  Write a guest down.",
        "",
        "Arguments:",
        "  name <str>  [required]",
        "",
        "Options:",
        "  --verbose  Tell more: debug messages, and where an error comes from.",
        "  --help     Show this message and exit.",
    ]


@pytest.mark.usefixtures("broken")
def test_a_broken_practice_is_named_and_the_rest_works(lockgate):
    ran = lockgate("--help")
    warning = (
        "Warning: the practice 'broken' of lockgate-broken 1.0 can't be loaded: "
        "ModuleNotFoundError: No module named 'no_such_thing'"
    )
    assert (ran.code, ran.err.splitlines()) == (0, [warning])


@pytest.mark.usefixtures("broken")
def test_a_verb_of_the_shell_does_not_even_look_at_practices(lockgate):
    assert lockgate("version").err == ""


@pytest.mark.usefixtures("broken")
def test_the_verb_of_a_broken_practice_says_why_it_does_not_run(lockgate):
    ran = lockgate("broken", "anything")
    assert (ran.code, ran.out, ran.err.splitlines()[1:]) == (
        2,
        "",
        [
            "Error: `lockgate broken` can't be loaded.",
            "Why:   lockgate-broken 1.0 fails with ModuleNotFoundError: No module named 'no_such_thing'",
            "Do:    Repair, update or remove that package; the other verbs work.",
        ],
    )


@pytest.mark.usefixtures("broken")
def test_with_json_nothing_but_the_error_is_on_stderr(lockgate):
    assert lockgate("nothing", "--json").err.count("\n") == 1


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("no_such_module:it", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("half_verbs:missing", "AttributeError: module 'half_verbs' has no attribute 'missing'"),
        ("half_verbs:NUMBER", "TypeError: 1 is neither a Typer application nor a function"),
        ("half_verbs:EMPTY", "RuntimeError: Could not get a command for this Typer instance"),
        ("nonsense", "AttributeError: module 'nonsense' has no attribute ''"),
    ],
)
def test_a_verb_that_can_not_be_imported_says_why_when_it_is_used(here, lockgate, target, why):
    source = f"""
        from lockgate.kernel.practice import Command, Practice
        IT = Practice("half", "Half?", (Command("half", "Works by half.", {target!r}),))
    """
    verbs = "import typer\nNUMBER = 1\nEMPTY = typer.Typer()\n"
    here.install(
        "lockgate-half", points=["half = half_practice:IT"], half_practice=source, half_verbs=verbs, nonsense=""
    )
    ran = lockgate("half")
    assert (ran.code, ran.err.splitlines()[1]) == (2, f"Why:   lockgate-half 1.0 fails with {why}")
    assert lockgate("--help").err == ""


def test_a_verb_offered_twice_is_named(here, lockgate):
    source = """
        from lockgate.kernel.practice import Command, Practice
        IT = Practice("thief", "Mine?", (Command("version", "Not the shell's.", "thief:it"),))
    """
    here.install("lockgate-thief", points=["thief = thief_practice:IT"], thief_practice=source)
    assert lockgate("--help").err == (
        "Warning: the verb 'version' of lockgate-thief 1.0 is hidden by that of lockgate\n"
    )


def test_doctor_names_broken_practices_and_clashes(broken, lockgate):
    source = """
        from lockgate.kernel.practice import Command, Practice
        IT = Practice("thief", "Mine?", (Command("version", "Not the shell's.", "thief:it"),))
    """
    broken.install("lockgate-thief", points=["thief = thief_practice:IT"], thief_practice=source)
    lines = [" ".join(line.split()) for line in lockgate("doctor").out.splitlines()]
    assert lines.count("broken: Repair, update or remove the package lockgate-broken 1.0") == 0
    assert lines.count("practice broken: Repair, update or remove the package lockgate-broken 1.0") == 1
    assert lines.count("verb version: Remove one of the packages lockgate and lockgate-thief 1.0") == 1


def test_help_and_version_import_neither_rich_nor_pydantic_nor_an_odoo_client():
    script = """
import sys
from lockgate.app.main import run
assert run(sys.argv[1:]) == 0
heavy = {"rich", "pydantic", "httpcore2", "psycopg", "cryptography"}
verbs = {f"lockgate.app.commands.{name}" for name in ("ledger", "lab", "doctor")}
print((heavy | verbs) & set(sys.modules))
"""
    for words in (["--help"], ["version"], ["version", "--json"]):
        done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "set()"


@pytest.fixture
def complete(lockgate, monkeypatch):
    """Ask for completions as the script of a shell does."""

    def call(shell, line):
        for name, value in {
            "_LOCKGATE_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": str(line.count(" ")),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        }.items():
            monkeypatch.setenv(name, value)
        return lockgate()

    return call


@pytest.mark.usefixtures("hello")
@pytest.mark.parametrize(
    ("shell", "line", "offered"),
    [
        ("bash", "lockgate ver", "version\n"),
        ("bash", "lockgate hel", "hello\n"),
        ("bash", "lockgate guests ", "add\ndrop\n"),
        ("bash", "lockgate guests d", "drop\n"),
        ("bash", "lockgate hello --l", "--language\n"),
        ("zsh", "lockgate hel", """_arguments '*: :(("hello":"Greet somebody."))'\n"""),
        ("zsh", "lockgate guests a", """_arguments '*: :(("add":"Write a guest down."))'\n"""),
        ("fish", "lockgate hel", "hello\tGreet somebody.\n"),
        ("fish", "lockgate guests a", "add\tWrite a guest down.\n"),
    ],
)
def test_shells_complete_verbs_and_options_of_practices(complete, shell, line, offered):
    ran = complete(shell, line)
    assert (ran.code, ran.out, ran.err) == (0, offered, "")


@pytest.mark.usefixtures("hello")
def test_completing_a_verb_does_not_import_it(complete):
    assert complete("bash", "lockgate hel").out == "hello\n"
    assert "hello_verbs" not in sys.modules


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("line", ["lockgate bro", "lockgate broken --", "lockgate doc"])
def test_a_broken_practice_makes_no_noise_while_somebody_types(complete, line):
    assert complete("bash", line).err == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_asks_lockgate(lockgate, monkeypatch, shell):
    monkeypatch.setenv("_LOCKGATE_COMPLETE", f"source_{shell}")
    ran = lockgate()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count(f"complete_{shell}") >= 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash on this machine")
@pytest.mark.usefixtures("hello")
def test_a_real_bash_completes(shelf):
    script = """
        eval "$(_LOCKGATE_COMPLETE=source_bash lockgate)"
        COMP_WORDS=(lockgate guests a); COMP_CWORD=2
        _lockgate_completion lockgate
        echo "${COMPREPLY[@]}"
    """
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(shelf.folder)},
    )
    assert (done.stdout, done.stderr) == ("add\n", "")


def test_completion_can_be_installed_from_the_top_only(program):
    told = program("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION=1)  # none may be above it
    assert told.out.count("_lockgate_completion()") == 1
    assert program("version", "--show-completion").code == 2
