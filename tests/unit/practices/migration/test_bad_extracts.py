"""What does who reads a bad extract learn, and what is left of the round? Through the verbs, without any Odoo."""

import json
import os
import resource
import signal
import subprocess
import sys

import pytest

from support.running import PROGRAM, _as_it_was, home, lockgate

__all__ = ["_as_it_was", "home", "lockgate"]

DECLARED = """
sources:
  - {key: erp, title: The old ERP, kind: csv, encoding: utf-8, notation: {decimal: ","}}
datasets:
  - {key: items, title: Items, source: erp, file: items.csv, id: [SKU], columns: {PRICE: {type: decimal}}}
  - {key: units, title: Units, source: erp, file: units.csv, id: [UNIT]}
"""
GOOD = b"SKU;NAME;PRICE\nA-1;Pump;12,50\nA-2;Valve;3,20\n"
AGAIN = "Ask for it again."
BAD = {
    "cut off in the last record": (
        GOOD[:-6],
        "items.csv:3",
        "The line has 2 values, and there are 3 columns.",
        "It is the last one: the file may be cut off. Ask for it again.",
    ),
    "cut off in a quoted value": (
        b'SKU;NAME;PRICE\nA-1;"Pump with a long na',
        "items.csv:2:5",
        "A quote opens a value here, and nothing closes it up to the end of the file.",
        "The file may be cut off: ask for it again, or double the quote.",
    ),
    "in another encoding": (
        GOOD.replace(b"Pump", b"P\xfcmp"),
        "items.csv:2:6",
        "The byte fc does not fit utf-8: invalid start byte.",
        "Declare the `encoding` that gives the right letter: `cp1252` (ü), `cp850` (³), `iso8859-2` (ü), `cp1251` (ь).",
    ),
    "with another separator in between": (
        GOOD.replace(b"A-2;Valve;3,20", b"A-2\tValve\t3,20"),
        "items.csv:3",
        "The line has 1 values, and there are 3 columns.",
        "It is the last one: the file may be cut off. Ask for it again.",
    ),
    "with a name twice": (
        GOOD.replace(b"NAME", b"sku"),
        "items.csv:1",
        "A name stands twice: 'SKU' (column 1) and 'sku' (column 2).",
        "Rename one of them.",
    ),
    "with a column renamed overnight": (
        GOOD.replace(b"PRICE", b"PRICES"),
        "items.csv:1",
        "The declared column 'PRICE' is not there.",
        "Did you mean 'PRICES'? Declare it under that name.",
    ),
    "with a huge cell": (
        GOOD.replace(b"Pump", b"P" * 40_000),
        "items.csv:2",
        "The value of 'NAME' has 40,000 letters; 32,767 is the most.",
        "Declare `longest_cell` if values may be that long.",
    ),
    "empty": (b"", "items.csv:1:1", "The file is empty.", AGAIN),
}


@pytest.fixture
def programme(tmp_path, monkeypatch, lockgate):
    """A programme with two datasets, read once as they should be."""
    monkeypatch.delenv("LOCKGATE_EXTRACTS", raising=False)
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    folder = tmp_path / "acme"
    assert lockgate("init", str(folder), "--playbook", "distribution-governance").code == 0
    monkeypatch.chdir(folder)
    for name, content in {"migration/own.yaml": DECLARED, "extracts/units.csv": "UNIT;NAME\nST;Piece\n"}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    (folder / "extracts/items.csv").write_bytes(GOOD)
    assert said(lockgate, "profile")[0] == 0
    return folder


def said(lockgate, verb, *words):
    ran = lockgate("migrate", verb, *words, "--by", "example-sponsor", "--json")
    return ran.code, json.loads(ran.out) if ran.out else json.loads(ran.err)["error"]["what"]


@pytest.mark.parametrize("case", BAD)
def test_a_bad_extract_is_refused_with_its_place_and_what_to_do_and_the_others_are_read(programme, lockgate, case):
    content, place, what, do = BAD[case]
    (programme / "extracts/items.csv").write_bytes(content)
    code, answer = said(lockgate, "profile")
    items, units = answer["datasets"]
    assert (code, answer["ok"], units["rows"], units["refusals"]) == (1, False, 1, [])
    assert items["refusals"] == [{"at": place, "what": what, "do": do}]


def test_what_was_read_before_a_bad_extract_stays_and_is_not_gone_on_with(programme, lockgate):
    (programme / "extracts/items.csv").write_bytes(GOOD.replace(b"PRICE", b"PRICES"))
    assert said(lockgate, "profile")[0] == 1
    assert said(lockgate, "cleanse")[0] == 5
    (programme / "extracts/items.csv").write_bytes(GOOD)
    code, answer = said(lockgate, "cleanse")
    assert (code, [one["rows"] for one in answer["datasets"]]) == (0, [2, 1])


def test_where_the_extracts_were_read_is_remembered(programme, lockgate, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (programme / "extracts").rename(elsewhere)
    assert said(lockgate, "profile", "--extracts", str(elsewhere))[0] == 0
    assert said(lockgate, "cleanse")[0] == 0
    elsewhere.rename(tmp_path / "away")
    code, told = said(lockgate, "cleanse")
    assert (code, told) == (2, f"There is no folder {elsewhere} with extracts.")


def test_who_comes_second_into_a_round_is_refused(programme, lockgate):
    store = programme / ".lockgate/migration/round-001/stage.duckdb"
    script = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        code, told = said(lockgate, "cleanse")
        other.stdin.close()
    assert (code, told) == (5, "Somebody else is at work in this round.")
    assert said(lockgate, "cleanse")[0] == 0


def test_a_full_disk_stops_cleansing_and_spoils_nothing(programme, lockgate):
    rows = b"".join(b"%d;%x;1\n" % (number, number * 2654435761 % 2**64) for number in range(60_000))
    (programme / "extracts/items.csv").write_bytes(b"SKU;NAME;PRICE\n" + rows)
    assert said(lockgate, "profile")[0] == 0

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, resource.RLIM_INFINITY))

    ran = subprocess.run(
        [*PROGRAM, "migrate", "cleanse", "--by", "example-sponsor"],
        preexec_fn=small,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (2, "Error: There is no room for the round.")
    code, answer = said(lockgate, "cleanse")
    assert (code, [one["rows"] for one in answer["datasets"]]) == (0, [60_000, 1])
