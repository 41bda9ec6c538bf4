import re
from threading import Thread

import pytest

from lockgate.faces import terminal
from lockgate.faces.progress import progress, steps


class Clock:
    """A clock that is moved by hand."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_in_a_pipe_counted_work_says_a_line_every_few_seconds(capsys, clock):
    with progress("Loading", total=100, clock=clock) as work:
        for _ in range(10):
            clock.now += 1
            work.advance(10)
    assert capsys.readouterr().err.splitlines() == [
        "Loading ...",
        "Loading: 50 of 100 rows (50 %), 10 rows/s, 5.0 s left",
        "Loading: 100 of 100 rows (100 %), 10 rows/s",
        "Loading: 100 rows in 10 s (10 rows/s)",
    ]


def test_in_a_pipe_steps_say_when_they_begin_and_end(capsys, clock):
    with steps(clock=clock) as setup:
        with setup.step("Unpacking"):
            clock.now += 12
        with setup.step("Fetching") as step:
            clock.now += 1
            step.note("one of many")
            clock.now += 5
            step.note("two\nof many")
            step.result = "64 packages"
    assert capsys.readouterr().err.splitlines() == [
        "Unpacking ...",
        "Unpacking: done in 12 s",
        "Fetching ...",
        "Fetching: 6.0 s  two of many",
        "Fetching: done in 6.0 s, 64 packages",
    ]


def test_the_answer_stays_alone_on_stdout(capsys):
    with progress("Loading", total=1) as work:
        work.advance()
    assert capsys.readouterr().out == ""


def fail(clock, error, counted=0, **about):
    with steps(clock=clock) as setup, setup.step("Reading", **about) as step:
        if counted:
            step.advance(counted)
        clock.now += 2
        raise error


def test_work_that_fails_says_how_far_it_came(capsys, clock):
    with pytest.raises(KeyError):
        fail(clock, KeyError, counted=10, total=30, unit="records")
    assert capsys.readouterr().err.splitlines()[-1] == "Reading: stopped at 10 of 30 records (33 %) after 2.0 s"


def test_a_step_that_fails_says_after_how_long(capsys, clock):
    with pytest.raises(KeyboardInterrupt):
        fail(clock, KeyboardInterrupt)
    assert capsys.readouterr().err.splitlines()[-1] == "Reading: stopped after 2.0 s"


def test_the_total_may_become_known_later(capsys, clock):
    with progress("Reading", unit="records", clock=clock) as work:
        clock.now += 5
        work.advance(10)
        work.expect(40)
        clock.now += 5
        work.advance(10)
    assert capsys.readouterr().err.splitlines()[1:3] == [
        "Reading: 10 records, 2.0 records/s",
        "Reading: 20 of 40 records (50 %), 2.0 records/s, 10 s left",
    ]


def test_several_threads_may_advance_the_same_work(capsys, clock):
    def work_on(work):
        for _ in range(1_000):
            work.advance()

    with progress("Loading", total=4_000, clock=clock) as work:
        threads = [Thread(target=work_on, args=(work,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert work.pace.done == 4_000
    assert capsys.readouterr().err.splitlines() == ["Loading ...", "Loading: 4,000 rows in 0.0 s"]


def test_a_program_that_reads_stderr_gets_no_progress(capsys):
    terminal.hush(hushed=True)
    with progress("Loading", total=1) as work:
        work.advance()
    assert capsys.readouterr().err == ""


SCRIPT = """
    import time
    from lockgate.faces.progress import steps

    with steps() as setup:
        with setup.step("Unpacking") as step:
            step.note("a long file")
            time.sleep(0.3)
        with setup.step("Fetching", total=4, unit="packages") as step:
            for _ in range(4):
                step.advance()
                time.sleep(0.1)
        try:
            with setup.step("Failing"):
                raise KeyError
        except KeyError:
            pass
    print("the answer")
"""
STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_on_a_terminal_lines_move_and_what_ended_stays(on_a_terminal):
    shown = on_a_terminal(SCRIPT)
    assert shown.count("a long file") >= 1  # while it ran
    assert shown.count("━") >= 8  # the bar
    ended = [re.sub(r"[\d.]+ s|\([\d.]+ ", "N ", line) for line in lasting_lines(shown)]
    assert ended == [
        "✓ Unpacking  done in N ",
        "✓ Fetching  4 packages in N  N packages/s)",
        "✗ Failing  stopped after N ",
    ]
    assert shown.endswith("the answer\n")
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")  # the cursor is back


def lasting_lines(shown):
    found = re.findall(r"(?:✓|✗|ok|x)\x1b\[0m [^\n]*", shown)
    return [STEERING.sub("", line) for line in found]


def test_the_answer_goes_to_its_file_while_lines_move_on_the_terminal(on_a_terminal, tmp_path):
    script = """
        from lockgate.faces.progress import steps
        with steps() as setup, setup.step("Counting"):
            print("the answer")
    """
    with (tmp_path / "answer").open("w") as file:
        on_a_terminal(script, stdout=file)
    assert (tmp_path / "answer").read_text() == "the answer\n"


def test_on_a_terminal_without_such_letters_ascii_does(on_a_terminal):
    shown = on_a_terminal(SCRIPT, PYTHONIOENCODING="ascii")
    assert [line.split("  ")[0] for line in lasting_lines(shown)] == ["ok Unpacking", "ok Fetching", "x Failing"]


@pytest.mark.parametrize("environment", [{"CI": "true"}, {"TERM": "dumb"}])
def test_a_ci_log_and_a_dumb_terminal_get_plain_lines(on_a_terminal, environment):
    shown = on_a_terminal(SCRIPT, **environment)
    assert STEERING.findall(shown) == []
    assert [line.split(":")[0] for line in shown.splitlines()] == [
        "Unpacking ...",
        "Unpacking",
        "Fetching ...",
        "Fetching",
        "Failing ...",
        "Failing",
        "the answer",
    ]


def test_a_narrow_terminal_keeps_each_running_step_on_its_line(on_a_terminal):
    shown = on_a_terminal(SCRIPT, width=40)
    assert shown.endswith("the answer\n")
    assert max(len(line.rstrip()) for line in STEERING.sub("\n", shown).splitlines()) <= 40
