from datetime import UTC, datetime
from pathlib import Path

import pytest

from lockgate.app.crash import KEPT_LOGS, _in_arguments, _in_environment, details, report, secrets, write

AT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--password", "x1"], ["x1"]),
        (["--password=x1"], ["x1"]),
        (["--api-key", "x1", "--login", "ada"], ["x1"]),
        (["--access-token=x=1"], ["x=1"]),
        (["--client-secret", "x1"], ["x1"]),
        (["--url", "https://ada:x1@odoo.example/db"], ["x1"]),
        (["https://ada:x1@odoo.example"], ["x1"]),
        (["--url", "https://odoo.example:8069/a@b"], []),
        (["--password"], [""]),
        (["lab", "clone", "password"], []),
        (["--keep", "3"], []),
    ],
)
def test_values_that_look_like_secrets_are_found_on_a_command_line(words, found):  # R2
    assert list(_in_arguments(words)) == found


def test_values_that_look_like_secrets_are_found_in_the_environment():  # R2
    environment = {
        "LOCKGATE_ODOO_API_KEY": "value-1",
        "GITHUB_TOKEN": "value-2",
        "PGPASSWORD": "value-3",
        "LOCKGATE_DATABASE_URL": "postgresql://ada:value-4@host/db",
        "PWD": "/home/ada",
        "KEYBOARD": "qwerty-1",
        "SOME_KEY": "1",
    }
    assert list(_in_environment(environment)) == ["value-1", "value-2", "value-3", "value-4"]


def test_a_value_of_the_environment_is_masked_in_the_report():
    text = report(ValueError("has value-1 in it"), ["plan"], {"ODOO_API_KEY": "value-1"}, at=AT)
    assert text.splitlines()[-1] == "ValueError: has ••• in it"


def test_the_report_says_when_and_what_was_run():
    lines = report(ValueError("x"), ["plan", "a b"], {}, at=AT).splitlines()
    assert lines[0] == "when:     2026-05-04T03:02:01+00:00"
    assert lines[6] == "command:  lockgate plan 'a b'"


def test_the_home_folder_is_shown_as_a_tilde():  # R3
    text = report(ValueError(f"{Path.home()}/programme"), [], {}, at=AT)
    assert text.splitlines()[-1] == "ValueError: ~/programme"


def test_the_cause_of_an_error_is_told_too():
    try:
        try:
            int("x")
        except ValueError as cause:
            raise KeyError("y") from cause
    except KeyError as error:
        lines = details(error).splitlines()
    assert lines.count("ValueError: invalid literal for int() with base 10: 'x'") == 1
    assert lines[-1] == "KeyError: 'y'"


def test_an_error_that_can_not_say_what_it_is_still_leaves_a_report():
    class MuteError(Exception):
        def __str__(self):
            raise RuntimeError

    assert report(MuteError(), [], {}, at=AT).splitlines()[-1].endswith("MuteError: <exception str() failed>")


def test_only_the_newest_logs_are_kept(home):
    paths = [write(ValueError(str(n)), []) for n in range(KEPT_LOGS + 3)]
    kept = set((home / "state" / "lockgate" / "crashes").iterdir())
    assert len(kept) == KEPT_LOGS
    assert paths[0].parent == home / "state" / "lockgate" / "crashes"


def test_secrets_are_masked_only_while_they_are_held():
    held = secrets(["--password", "x-secret-x"], {})
    assert details(ValueError("x-secret-x")) == "ValueError: •••"
    del held
    assert details(ValueError("x-secret-x")) == "ValueError: x-secret-x"
