"""T24: where the ledger may only be read, gates are shown, and nobody decides anything: nothing is half done."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from lockgate.ledger import open_ledger
from support.meridian import GATE, HERE
from support.running import Ran

WITHOUT_ROOTS_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
RUN_ALL = """
import contextlib, io, json, sys
from lockgate.app.main import run
said = []
for words in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = run(words)
    said.append((code, out.getvalue(), err.getvalue()))
json.dump(said, sys.stdout)
"""
BOB = ("--scope", "main-warehouse", "--by", "bob")
WHY = ("--reason", "it has to be")
SOON = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="minutes")
WORDS = {
    "a go": ("gate", "decide", GATE, "go", *BOB),
    "a no-go": ("gate", "decide", GATE, "no-go", *BOB, *WHY),
    "a conditional go": ("gate", "decide", GATE, "conditional", *BOB, *WHY, "--condition", f"; call; ann; {SOON}"),
    "a waiver": ("gate", "waive", GATE, "orders-ship", *BOB, "--owner", "ann", *WHY, "--until", SOON),
    "what is refused": ("gate", "decide", GATE, "go", "--scope", "main-warehouse", "--by", "ann"),
    "a fulfilment": ("gate", "fulfil", GATE, "{condition}", *BOB),
    "an emergency": ("gate", "emergency", GATE, *BOB, *WHY, "--until", SOON),
}


def files(programme):
    return sorted(path for path in programme.folder.rglob("*") if path.is_file())


@pytest.fixture
def begun(meridian, lockgate):
    """The programme with evidence and a condition that stands, so that each word could be said."""
    meridian.measure()
    condition = ("--condition", "; call the carrier; ann; 2999-01-01")
    assert lockgate("gate", "decide", GATE, "conditional", *BOB, *WHY, *condition).code == 0
    return meridian


@pytest.fixture
def reading(begun, request):
    """Run the real program, which may read the ledger and write nothing at all."""
    before: tuple[str, ...] = ()
    url = begun.url
    if url.startswith("postgresql"):
        postgres, name = request.getfixturevalue("postgres"), url.split("/")[3].partition("?")[0]
        if not postgres.query("SELECT 1 FROM pg_roles WHERE rolname = 'onlooker'"):
            postgres.query("CREATE ROLE onlooker LOGIN")
        postgres.query("GRANT SELECT ON ALL TABLES IN SCHEMA public TO onlooker", database=name)
        url = url.replace("postgres@", "onlooker@")
    elif os.geteuid() == 0:
        before = WITHOUT_ROOTS_RIGHTS
    shut = [begun.folder.parent / "here", *(begun.folder.rglob("*")), begun.folder]
    modes = {path: path.stat().st_mode for path in shut if path.exists()}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for file in (begun.folder.parent / "here").glob("*"):
        file.chmod(0o444)

    def call(*runs):
        environment = {**os.environ, "LOCKGATE_DATABASE_URL": url}
        program = [*before, sys.executable, "-c", RUN_ALL]
        done = subprocess.run(
            program, input=json.dumps(runs), capture_output=True, check=True, text=True, env=environment
        )
        return [Ran(*said) for said in json.loads(done.stdout)]

    yield call
    for path, mode in modes.items():
        path.chmod(mode)


def test_who_may_only_read_sees_the_gates_and_decides_nothing(begun, reading, lockgate):
    listed = ("gate", "list", "--json", "--stage", "testing")
    before = json.loads(lockgate(*listed).out)
    (condition,) = json.loads(lockgate("gate", "show", *HERE, "--json").out)["decision"]["conditions"]
    words = [[word.replace("{condition}", condition["key"]) for word in words] for words in WORDS.values()]
    with open_ledger(begun.url) as ledger:
        head = ledger.head()
    kept = files(begun)

    shown, explained, *refused = reading(listed, ("gate", "explain", *HERE), *words)
    assert (shown.code, json.loads(shown.out), explained.code) == (1, before, 0)
    assert [(what, ran.code, ran.out) for what, ran in zip(WORDS, refused, strict=True)] == [
        (what, 4, "") for what in WORDS
    ]
    for ran in refused:
        assert "nothing was recorded, and so nothing was done." in ran.err.splitlines()[0]

    with open_ledger(begun.url) as ledger:
        assert ledger.head() == head
    assert files(begun) == kept
    assert json.loads(lockgate(*listed).out) == before
