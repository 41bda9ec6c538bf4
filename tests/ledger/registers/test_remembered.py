"""Records that are remembered are those that a fresh reading finds."""

from datetime import timedelta

from lockgate.ledger import open_ledger
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.action import Raise, Remark
from lockgate.ledger.registers.book import Book
from lockgate.programme.remembered import RememberedEntries
from support.registers import KNOWN, MONDAY, actor

BEA = actor("bea", "analyst")


def test_what_was_appended_since_is_seen_and_what_did_not_change_is_not_read_again(ledger):
    book, remembered = Book(ledger, KNOWN), RememberedEntries(ledger)
    book.perform([Raise("gap", {"title": "One"}), Raise("gap", {"title": "Two"})], actor=BEA, moment=MONDAY)
    before = remembered()
    book.perform([Remark("GAP-2", "Seen")], actor=BEA, moment=MONDAY + timedelta(hours=1))

    after = remembered()

    assert after == tables.entries_of(ledger)
    assert after.by_id["GAP-1"] is before.by_id["GAP-1"]
    assert remembered() is after
    assert remembered(before.number) is before


def test_a_ledger_that_was_brought_back_from_a_backup_is_read_anew(tmp_path):  # M1
    with open_ledger(tmp_path / "one.db", programme="meridian") as first:
        Book(first, KNOWN).perform([Raise("gap", {"title": "One"})], actor=BEA, moment=MONDAY)
        remembered = RememberedEntries(first)
        remembered()
    with open_ledger(tmp_path / "two.db", programme="meridian") as second:
        other = Book(second, KNOWN)
        other.perform([Raise("gap", {"title": "Other"})], actor=BEA, moment=MONDAY)
        other.perform([Remark("GAP-1", "Seen")], actor=BEA, moment=MONDAY)
        remembered._ledger = second

        assert remembered() == tables.entries_of(second)
