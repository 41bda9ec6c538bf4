import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lockgate.app.main import Asked, run

PROGRAM = (sys.executable, "-m", "lockgate.app.main")
SENTRY = "canary-7f3a'\\91 ü"
"""A value that must not be found in any byte written, in whatever way it is quoted."""

UNWRITTEN = "The answer or a file could not be written."

TRIAL = '''
    """A practice whose verb ends in each way a run can end."""

    import logging
    import sys
    import time

    import typer

    from lockgate.kernel.errors import Exit, LockgateError, RefusedError, UnreachableError, UsageError
    from lockgate.kernel.practice import Command, Practice
    from lockgate.kernel.secret import Secret

    VERB = Command("trial", "End in one of the ways.", "trial_practice:app")
    PRACTICE = Practice("trial", "How do runs end?", (VERB,))

    app = typer.Typer()


    @app.command()
    def end(how: str, password: str = "", json: bool = False) -> Exit | None:
        log = logging.getLogger("trial")
        if how == "no":
            return Exit.NO
        if how == "usage":
            raise UsageError("What\\nhappened.", why="The cause.", do="The way out.")
        if how == "unreachable":
            raise UnreachableError("Out of reach.") from OSError("the cause below")
        if how == "refused":
            raise RefusedError("Refused.")
        if how == "abort":
            raise typer.Abort
        if how == "exit":
            raise typer.Exit(5)
        if how == "pipe":
            raise BrokenPipeError("of somebody else")
        if how == "full":
            raise OSError(28, "No space left on device", "/a/file")
        if how == "leak":
            key = Secret(password)
            log.debug("the key is %s", key.reveal())
            raise UsageError(f"The key {key.reveal()} is wrong.")
        if how == "bug":
            held = Secret("held-" + "in-scope")
            unseen = "local-" + "value"
            raise KeyError(f"no {password} and no {held.reveal()}")
        if how == "flood":
            while True:
                print("a line")
        if how == "wait":
            print("waiting", flush=True)
            time.sleep(60)
        return None


    @app.command()
    def other() -> None:
        pass
'''


@pytest.fixture
def trial(here):
    here.install("lockgate-trial", points=["trial = trial_practice:PRACTICE"], trial_practice=TRIAL)
    return here


@pytest.fixture
def beside(trial):
    """The environment in which the real program sees the trial practice."""
    return {**os.environ, "PYTHONPATH": str(trial.folder)}


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize(
    ("how", "code", "err"),
    [
        ("done", 0, ""),
        ("no", 1, ""),
        ("usage", 2, "Error: What happened.\nWhy:   The cause.\nDo:    The way out.\n"),
        ("unreachable", 4, "Error: Out of reach.\n"),
        ("refused", 5, "Error: Refused.\n"),
        ("exit", 5, ""),
        ("abort", 130, "Interrupted.\n"),
        (
            "full",
            4,
            f"Error: {UNWRITTEN}\nWhy:   No space left on device in /a/file.\nDo:    Make room, then run it again.\n",
        ),
    ],
)
def test_each_end_has_its_exit_code_and_at_most_three_lines(lockgate, how, code, err):
    ran = lockgate("trial", "end", how)
    assert (ran.code, ran.out, ran.err) == (code, "", err)


@pytest.mark.usefixtures("trial")
def test_with_json_an_error_is_one_object_on_stderr(lockgate):
    ran = lockgate("trial", "end", "usage", "--json")
    error = {"what": "What\nhappened.", "why": "The cause.", "do": "The way out.", "code": 2}
    assert (ran.code, ran.out, json.loads(ran.err)) == (2, "", {"error": error})


@pytest.mark.usefixtures("trial")
def test_words_after_two_dashes_ask_for_nothing(lockgate):
    ran = lockgate("trial", "end", "usage", "--", "--json")
    assert ran.err.startswith("Error: Got unexpected extra argument(s) (--json).\n")


@pytest.mark.usefixtures("trial")
def test_verbose_tells_where_an_expected_error_comes_from(lockgate):
    ran = lockgate("trial", "end", "unreachable", "--verbose")
    lines = ran.err.splitlines()
    assert lines[:3] == ["Error: Out of reach.", "OSError: the cause below", ""]
    assert lines[-1] == "lockgate.kernel.errors.UnreachableError: Out of reach."


@pytest.mark.usefixtures("trial")
def test_verbose_may_stand_before_the_verb(lockgate):
    assert lockgate("--verbose", "trial", "end", "done").code == 0


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("more", [(), ("--verbose",), ("--json",), ("--json", "--verbose")])
def test_a_secret_stays_out_of_expected_errors_and_of_the_debug_log(lockgate, more):
    ran = lockgate("trial", "end", "leak", "--password", SENTRY, *more)
    assert ran.code == 2
    assert_no_sentry(ran.out + ran.err)
    assert "The key ••• is wrong." in ran.err


@pytest.mark.usefixtures("trial")
def test_a_bug_says_three_lines_and_leaves_a_log_that_can_be_pasted(lockgate, home):
    ran = lockgate("trial", "end", "bug", "--password", "hunter2-in-option")
    (log,) = (home / "state" / "lockgate" / "crashes").iterdir()
    assert ran.code == 3
    assert ran.err.splitlines() == [
        "Error: Lockgate has a bug: KeyError: 'no ••• and no •••'",
        f"Why:   The whole story, without secrets, is in {log}",
        "Do:    Report it with that log; --verbose shows it here, too.",
    ]
    assert log.stat().st_mode & 0o777 == 0o600
    told = dict(line.split(":", 1) for line in log.read_text().partition("\n\n")[0].splitlines())
    assert list(told) == ["when", "lockgate", "python", "system", "packages", "commit", "command"]
    assert told["command"].strip() == "lockgate trial end bug --password '•••'"
    assert log.read_text().endswith("KeyError: 'no ••• and no •••'\n")


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("more", [(), ("--verbose",), ("--json",)])
@pytest.mark.parametrize("written", [("--password", SENTRY), (f"--password={SENTRY}",)])
def test_no_byte_that_a_bug_writes_holds_a_secret(lockgate, home, more, written):
    ran = lockgate("trial", "end", "bug", *written, *more)
    assert ran.code == 3
    logs = [path.read_text() for path in home.rglob("*.log")]
    assert len(logs) == 1
    for text in (ran.out, ran.err, *logs):
        assert_no_sentry(text)
        assert text.count("held-in-scope") == 0
        assert text.count("local-value") == 0  # no values of variables


def assert_no_sentry(text):
    parts = ("canary-7f3a", "7f3a'", "91 ü", "91 \\u00fc", "91%20")
    assert {part: text.count(part) for part in parts} == dict.fromkeys(parts, 0)


@pytest.mark.usefixtures("trial")
def test_a_bug_with_json_is_one_object_on_stderr(lockgate):
    ran = lockgate("trial", "end", "bug", "--json")
    assert json.loads(ran.err)["error"]["code"] == 3
    assert ran.out == ""


@pytest.mark.usefixtures("trial")
def test_verbose_shows_the_traceback_of_a_bug_after_its_three_lines(lockgate):
    lines = lockgate("trial", "end", "bug", "--verbose").err.splitlines()
    assert lines[3] == "Traceback (most recent call last):"
    assert lines[-1] == "KeyError: 'no  and no •••'"


@pytest.mark.usefixtures("trial")
def test_the_log_goes_to_the_folder_for_temporary_files_when_the_state_folder_takes_none(lockgate, home, monkeypatch):
    (home / "state").write_text("a file where a folder should be")
    (home / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(home / "temporary"))
    lockgate("trial", "end", "bug")
    assert len(list((home / "temporary").glob("lockgate-crash-*.log"))) == 1


@pytest.mark.usefixtures("trial")
def test_without_any_place_for_the_log_it_is_shown(lockgate, home, monkeypatch):
    (home / "state").write_text("a file where a folder should be")
    monkeypatch.setattr("tempfile.tempdir", str(home / "state"))
    lines = lockgate("trial", "end", "bug").err.splitlines()
    assert lines[1] == "Why:   No folder could take the log; it follows."
    assert lines[3] == "Traceback (most recent call last):"


@pytest.mark.usefixtures("trial")
def test_a_broken_pipe_that_is_not_ours_is_a_bug(lockgate):
    assert lockgate("trial", "end", "pipe").code == 3


def test_ctrl_c_ends_with_130_and_one_line(beside):
    with subprocess.Popen(
        [*PROGRAM, "trial", "end", "wait"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=beside
    ) as running:
        assert running.stdout.readline() == "waiting\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, "", "Interrupted.\n")


def test_a_reader_who_goes_away_is_no_error_to_talk_about(beside):
    with subprocess.Popen(
        [*PROGRAM, "trial", "end", "flood"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=beside
    ) as running:
        assert running.stdout.readline() == "a line\n"
        running.stdout.close()
        err = running.stderr.read()
        code = running.wait(timeout=30)
    assert (code, err) == (141, "")


def test_a_reader_who_was_never_there_is_noticed_at_the_end():
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*PROGRAM, "version"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_an_answer_that_can_not_be_written_is_no_success():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*PROGRAM, "version"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[1]) == (4, "Why:   No space left on device.")


def test_without_a_stdout_a_verb_still_ends_well():
    line = f"{' '.join(PROGRAM)} version >&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_terminal_without_letters_gets_escapes_and_no_error(program, beside):
    ran = program("version", "ü", PYTHONIOENCODING="ascii", PYTHONPATH=beside["PYTHONPATH"])
    assert (ran.code, ran.err.splitlines()[0]) == (2, "Error: Got unexpected extra argument(s) (\\xfc).")


@pytest.mark.parametrize(
    ("words", "as_json", "verbose"),
    [
        ((), False, False),
        (("lab", "up", "--json"), True, False),
        (("--verbose", "lab", "up"), False, True),
        (("lab", "--", "--json", "--verbose"), False, False),
    ],
)
def test_what_was_asked_is_known_before_anything_is_parsed(words, as_json, verbose):
    assert Asked.of(words) == Asked(tuple(words), as_json, verbose)


def test_running_twice_in_one_process_says_each_thing_once(capsys):
    assert (run(["--version"]), run(["--version"])) == (0, 0)
    assert len(capsys.readouterr().out.splitlines()) == 2
