"""Each of these tests runs on every store of the ledger."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from lockgate.kernel.comparison import parse_comparison
from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.ledger import Event, open_ledger
from lockgate.ledger.refusals import LedgerMoved
from lockgate.ledger.registers import tables
from lockgate.ledger.registers.action import Edit, Move, Raise, Remark, Tag, Tie
from lockgate.ledger.registers.book import TRIES, Book
from lockgate.ledger.registers.entry import Entries
from lockgate.ledger.registers.listing import listed
from lockgate.ledger.registers.plain import body_of, entry_of
from lockgate.ledger.registers.projection import project
from support.registers import GAP, KNOWN, MONDAY, actor

BEA, EVE = actor("bea", "analyst"), actor("eve", "member")


@pytest.fixture
def book(ledger):
    return Book(ledger, KNOWN)


def do(book, *actions, who=BEA):
    done = book.perform(actions, actor=who, moment=MONDAY)
    assert done.refusals == ()
    return done


def filled(book):
    do(book, Raise("gap", {"title": "One", "owner": "bea", "fit": "custom", "cost": 5}), Raise("gap", {"title": "Two"}))
    do(
        book,
        Move("GAP-1", "propose"),
        Remark("GAP-1", "Seen"),
        Tie("GAP-1", "blocks", "GAP-2"),
        Tag("GAP-2", ("cold",)),
    )
    do(book, Move("GAP-1", "accept"), who=EVE)
    do(book, Move("GAP-1", "accept", "No", yes=False), who=actor("dan", "member"))
    do(book, Move("GAP-1", "accept"), who=actor("ada", "member"))
    do(book, Raise("risk", {"title": "Late"}))


def test_what_is_done_is_in_the_ledger_and_in_the_table(book, ledger):
    done = do(book, Raise("gap", {"title": "One"}))
    assert [(one.kind, one.by) for one in done.records] == [("gap.raised", "bea")]
    assert done.touched == ("GAP-1",)
    assert done.entries.by_id["GAP-1"].raised_at == done.records[0].at
    assert tables.entries_of(ledger) == done.entries


def test_of_actions_that_belong_together_none_is_in_the_ledger_when_one_is_refused(book, ledger):
    done = book.perform([Raise("gap", {"title": "One"}), Raise("gap", {})], actor=BEA, moment=MONDAY)
    assert [one.code for one in done.refusals] == ["missing-value"]
    assert (done.records, ledger.head().number) == ((), 0)


def test_what_changes_nothing_leaves_nothing(book, ledger):
    do(book, Raise("gap", {"title": "One"}))
    head = ledger.head()
    assert do(book, Edit("GAP-1", 1, {"title": "One"})).records == ()
    assert ledger.head() == head


def test_records_are_asked_as_of_a_number_and_of_a_moment(book, ledger):
    filled(book)
    first = next(ledger.records(kinds=["gap.propose"]))
    assert book.known(first.number - 1).entries.by_id["GAP-1"].state == "open"
    assert book.known(first.at).entries.by_id["GAP-1"].state == "proposed"
    assert book.known().entries.by_id["GAP-1"].state == "decided"
    assert book.known(0).entries == Entries()


def test_a_record_reads_back_from_its_bytes(book):
    filled(book)
    for entry in book.known().entries.by_id.values():
        assert entry_of(body_of(entry)) == entry


def test_a_number_that_the_engine_would_not_let_in_reads_back_too(book, ledger):
    payload = {"register": "gap", "id": "GAP-1", "state": "open", "values": {"days": 2**70}}
    ledger.append([Event("gap.raised", payload)], by="ada")
    entry = book.known().entries.by_id["GAP-1"]
    assert entry_of(body_of(entry)) == entry


def test_the_table_is_the_same_bytes_however_it_came_about(book, ledger):  # B2
    filled(book)
    grown = tables.fingerprint(ledger)
    assert tables.rebuild(ledger)
    assert tables.fingerprint(ledger) == grown
    assert tables.entries_of(ledger).by_id == project(ledger.records()).by_id


def test_a_table_that_was_touched_is_found_and_made_anew(book, ledger):
    filled(book)
    grown = tables.fingerprint(ledger)
    with ledger.store.writing() as turn:
        turn.write("update register_entry set state = ? where id = ?", [("open", "GAP-1")])
    assert not tables.rebuild(ledger)
    assert tables.fingerprint(ledger) == grown


def test_a_table_of_another_history_counts_for_nothing(book, ledger):  # B1
    filled(book)
    right = tables.fingerprint(ledger)
    with ledger.store.writing() as turn:
        turn.run("delete from register_entry")
        turn.write("update ledger_about set value = ? where key = 'registers'", [("3 " + "0" * 64,)])
    assert tables.entries_of(ledger).by_id == project(ledger.records()).by_id
    tables.catch_up(ledger)
    assert tables.fingerprint(ledger) == right


def test_a_table_whose_records_have_other_parts_counts_for_nothing(book, ledger, monkeypatch):  # B1
    filled(book)
    with monkeypatch.context() as older:
        older.setattr(tables, "shape", lambda: "older")
        tables.rebuild(ledger)
    with ledger.store.writing() as turn:
        turn.write("update register_entry set body = ?", [(b"{}",)])
    assert tables.entries_of(ledger).by_id == project(ledger.records()).by_id
    tables.catch_up(ledger)
    assert tables.rebuild(ledger)


def test_reading_does_not_write(book, ledger):  # B3
    ledger.append([Event("gap.raised", {"register": "gap", "id": "GAP-1", "state": "open", "values": {}})], by="ada")
    assert list(book.known().entries.by_id) == ["GAP-1"]
    assert tables.fingerprint(ledger) == ""


def test_an_empty_ledger_has_no_records_and_an_empty_table(ledger):
    assert tables.entries_of(ledger) == Entries()
    tables.catch_up(ledger)
    assert tables.rebuild(ledger)
    assert ledger.head().number == 0


def test_strays_are_kept_in_the_table_too(book, ledger):
    do(book, Raise("gap", {"title": "One"}))
    stray = ledger.append([Event("gap.edited", {"register": "gap", "id": "GAP-9", "values": {}})], by="ada")[0]
    tables.catch_up(ledger)
    tables.catch_up(ledger)
    assert tables.entries_of(ledger).strays == (stray.number,)


def test_what_happened_in_a_register_before_its_first_record_is_passed_over_now_and_when_made_anew(
    book, ledger
):  # J1, J4
    ledger.append([Event("gap.edited", {"register": "gap", "id": "GAP-1", "values": {}})], by="ada")
    tables.catch_up(ledger)
    do(book, Raise("gap", {"title": "One"}))
    assert (tables.entries_of(ledger).strays, tables.rebuild(ledger)) == ((), True)


def test_who_is_overtaken_decides_again_on_what_the_other_left(book, ledger, monkeypatch):  # K1
    other = Book(ledger, KNOWN)
    append = ledger.append

    def overtaken(events, **more):
        monkeypatch.undo()
        do(other, Raise("gap", {"title": "Faster"}), who=actor("dan"))
        return append(events, **more)

    monkeypatch.setattr(ledger, "append", overtaken)
    done = do(book, Raise("gap", {"title": "Slower"}))
    assert done.touched == ("GAP-2",)


def test_who_is_overtaken_for_ever_is_told(book, ledger, monkeypatch):
    tried = []

    def always(*_, **__):
        tried.append(1)
        raise LedgerMoved("moved")

    monkeypatch.setattr(ledger, "append", always)
    with pytest.raises(RefusedError, match="too busy"):
        book.perform([Raise("gap", {"title": "One"})], actor=BEA, moment=MONDAY)
    assert len(tried) == TRIES


def shown(book, where=(), order=()):
    known = book.known()
    found = listed(
        known.entries.of("gap"), GAP, known, moment=MONDAY, where=[parse_comparison(one) for one in where], order=order
    )
    return [one.counted for one in found]


def test_records_are_filtered_and_sorted(book):
    for values in (
        {"title": "b", "days": 10, "owner": "bea"},
        {"title": "a", "days": 9},
        {"title": "b", "capabilities": ["Sales"]},
    ):
        do(book, Raise("gap", values))
    assert shown(book) == [1, 2, 3]
    assert shown(book, ["days > 9"]) == [1]
    assert shown(book, ["days < 99", "title = b"]) == [1]
    assert shown(book, ["capabilities = Sales"]) == [3]
    assert shown(book, ["owner is empty", "state = open"]) == [2, 3]
    assert shown(book, order=["days"]) == [2, 1, 3]
    assert shown(book, order=["-days"]) == [1, 2, 3]
    assert shown(book, order=["title", "-id"]) == [2, 3, 1]
    assert shown(book, order=["capabilities", "-title"]) == [3, 1, 2]


@pytest.mark.parametrize("asked", [{"where": ["ower = bea"]}, {"order": ["-ower"]}, {"where": ["due < ower"]}])
def test_a_filter_by_what_no_record_has_is_refused(book, asked):  # Q2
    with pytest.raises(UsageError) as refused:
        shown(book, **asked)
    assert (refused.value.what, refused.value.do) == ("A gap has no 'ower'.", "Did you mean 'owner'?")


def test_many_who_raise_at_once_get_ids_of_their_own(url):
    """Each has a connection of its own, as processes have; what is decided rests on what the others left."""
    people = ("ada", "bea", "cyd", "dan")

    def raise_some(person):
        with open_ledger(url) as own:
            mine = Book(own, KNOWN)
            for _ in range(5):
                do(mine, Raise("gap", {"title": person}), who=actor(person))

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(raise_some, people))
    with open_ledger(url) as ledger:
        entries = tables.entries_of(ledger)
        assert sorted(entries.by_id, key=lambda one: int(one[4:])) == [f"GAP-{number}" for number in range(1, 21)]
        assert Counter(one.raised_by for one in entries.by_id.values()) == dict.fromkeys(people, 5)
        assert (entries.strays, tables.rebuild(ledger)) == ((), True)
