import logging

import pytest

from lockgate.app import logs
from lockgate.kernel.secret import Secret


@pytest.mark.parametrize(
    ("verbose", "said"),
    [
        (False, "WARNING a.b: be careful\n"),
        (True, "DEBUG a.b: by the way\nWARNING a.b: be careful\n"),
    ],
)
def test_warnings_are_said_always_and_all_else_when_verbose(capsys, verbose, said):
    logs.begin(verbose=verbose)
    logs.begin(verbose=verbose)
    log = logging.getLogger("a.b")
    log.debug("by the way")
    log.warning("be careful")
    assert capsys.readouterr().err == said


def test_a_logged_secret_is_masked_even_in_a_traceback(capsys):
    logs.begin(verbose=False)
    secret = Secret("swordfish")
    try:
        raise ValueError(secret.reveal())
    except ValueError:
        logging.getLogger("a").exception("it is %s", secret.reveal())
    lines = capsys.readouterr().err.splitlines()
    assert (lines[0], lines[-1]) == ("ERROR a: it is •••", "ValueError: •••")
