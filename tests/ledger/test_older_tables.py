"""A ledger whose projected tables another version made is read like any other: they are made anew from its records."""

import hashlib
import sqlite3

import pytest

from lockgate.ledger import open_ledger
from lockgate.ledger.artifacts import Artifacts
from lockgate.ledger.refusals import LedgerUnreadable
from lockgate.ledger.stores import tables
from support.ledgers import fill

AS_THEY_ARE = (1, "d5016a9277ed")


@pytest.fixture
def filled(ledger, tmp_path):
    """A small ledger, and what it answers."""
    fill(ledger, Artifacts(tmp_path / "artifacts"))
    return ledger, answers(ledger)


def answers(ledger):
    return ledger.current_evidence(), ledger.measured_inputs(), ledger.head(), list(ledger.records())


def as_a_first_version_made_it(ledger):
    """Take away the tables that came later, and the number that says how they were made."""
    with ledger.store.writing() as turn:
        turn.run("drop table ledger_input; drop table ledger_run; drop table ledger_late")
        turn.write("delete from ledger_about where key = ?", [("projected",)])
    ledger.close()


def test_whoever_changes_the_projected_tables_counts_on():
    digest = hashlib.sha256(tables.PROJECTED.encode()).hexdigest()[:12]
    assert (tables.MADE_AS, digest) == AS_THEY_ARE


def test_a_ledger_that_lacks_tables_answers_as_before_and_is_whole_again(filled, url):  # S4
    ledger, before = filled
    as_a_first_version_made_it(ledger)

    with open_ledger(url) as opened:
        assert answers(opened) == before
        assert opened.rebuild() is True


def test_tables_that_another_version_made_are_made_anew_though_all_are_there(filled, url):  # S4
    ledger, before = filled
    with ledger.store.writing() as turn:
        turn.run("delete from ledger_series; alter table ledger_series add column more {text}")
        turn.write("update ledger_about set value = ? where key = ?", [("0", "projected")])
    ledger.close()

    with open_ledger(url) as opened:
        assert answers(opened) == before


def test_a_ledger_that_lacks_tables_takes_a_record_as_its_first_turn(filled, url, tmp_path):  # S4
    ledger, before = filled
    as_a_first_version_made_it(ledger)

    with open_ledger(url) as opened:
        fill(opened, Artifacts(tmp_path / "artifacts"))
        assert opened.rebuild() is True
        assert opened.head().number == before[2].number + 5


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_can_not_be_written_says_why_it_is_not_read(filled, url):  # S4
    ledger, _ = filled
    as_a_first_version_made_it(ledger)
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("create trigger refuse before insert on ledger_about begin select raise(abort, 'no more'); end")
    other.close()

    with open_ledger(url) as opened, pytest.raises(LedgerUnreadable) as stop:
        opened.head()
    assert "made by an older version" in stop.value.what
    assert stop.value.why == "no more"
