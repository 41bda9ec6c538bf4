from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel import canonical
from lockgate.kernel.errors import Exit, UsageError
from lockgate.ledger import Event, Head, open_ledger
from lockgate.ledger.record import NOTHING, hash_of
from lockgate.ledger.refusals import LedgerMoved, LedgerUnreadable, LedgerUnusable

RAISED = Event("gap.raised", {"id": "GAP-1", "hours": 2.0, "tags": ("a", "b")})
DECIDED = Event("gap.decided", {"id": "GAP-1", "fit": "custom"})


def summary(records):
    return [(record.number, record.by, record.kind, record.payload) for record in records]


def test_what_is_appended_is_read_again_in_order(ledger):
    first = ledger.append([RAISED, DECIDED], by="ada")
    second = ledger.append([DECIDED], by="bob")
    assert list(ledger.records(after=1)) == [*first, *second]
    assert summary(first) == [
        (2, "ada", "gap.raised", {"id": "GAP-1", "hours": 2, "tags": ["a", "b"]}),
        (3, "ada", "gap.decided", {"id": "GAP-1", "fit": "custom"}),
    ]
    assert ledger.head() == second[-1].head == Head(4, second[-1].hash, second[-1].at)


def test_the_first_record_names_the_ledger(ledger):  # R3
    ledger.append([RAISED], by="ada")
    opened = ledger.record(1)
    assert (opened.kind, opened.by, opened.previous) == ("ledger.opened", "ada", NOTHING)
    assert opened.payload == {"format": 1, "ledger": ledger.identity(), "programme": "meridian"}


def test_two_ledgers_never_have_a_record_in_common(tmp_path, clock):  # R3
    ledgers = [open_ledger(tmp_path / name, lambda: clock.now) for name in ("one", "two")]
    for each in ledgers:
        each.append([RAISED], by="ada")
    hashes = [{record.hash for record in each.records()} for each in ledgers]
    assert hashes[0] & hashes[1] == set()


def test_each_hash_is_over_the_hash_before_and_the_body_as_it_is_kept(ledger):  # R1, R2
    ledger.append([RAISED, DECIDED], by="ada")
    previous = NOTHING
    for record in ledger.records():
        assert record.previous == previous
        assert record.hash == hash_of(previous, record.body)
        assert record.body == canonical.encode(
            {
                "at": record.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
                "by": record.by,
                "kind": record.kind,
                "number": record.number,
                "payload": record.payload,
            }
        )
        previous = record.hash


def test_a_new_ledger_has_no_head_and_reading_it_does_not_make_it(url):
    with open_ledger(url) as ledger:
        assert (ledger.head(), [*ledger.records()], ledger.identity()) == (Head(), [], "")
        assert not ledger.store.exists()
        ledger.append([RAISED], by="ada")
        assert ledger.store.exists()


def test_to_append_nothing_records_nothing(ledger):
    assert ledger.append([], by="ada") == []
    assert ledger.head() == Head()


def test_one_event_that_can_not_be_recorded_keeps_out_the_others(ledger):  # L1
    ledger.append([RAISED], by="ada")
    for value, error in ((float("nan"), ValueError), (datetime.now(UTC), TypeError), ("\ud800", ValueError)):
        with pytest.raises(error):
            ledger.append([DECIDED, Event("gap.raised", {"x": value})], by="ada")
    assert ledger.head().number == 2


@pytest.mark.parametrize("text", ["", "naïve 漢字 🚪", "\x00\x01\x1f\x7f", 'quote " and \\', "% ? %s {x}", "\u2028"])
def test_any_text_comes_back_as_it_was(ledger, text):
    ledger.append([Event("gap.raised", {text: text})], by=text or "ada")
    assert ledger.record(2).payload == {text: text}


@pytest.mark.parametrize("kind", ["", "raised", "Gap.raised", "gap.", ".raised", "gap raised", "gap.räised"])
def test_a_kind_is_a_noun_and_what_happened_to_it(kind):
    with pytest.raises(ValueError, match="no kind of event"):
        Event(kind, {})


def test_nobody_else_writes_the_records_of_the_ledger_itself(ledger):
    with pytest.raises(ValueError, match="the ledger's own"):
        ledger.append([Event("ledger.opened", {})], by="ada")


def test_a_record_says_who_made_it(ledger):
    with pytest.raises(ValueError, match="who made it"):
        ledger.append([RAISED], by="")


def test_an_append_that_expects_another_head_is_refused_with_who_what_and_when(ledger):  # L3
    ledger.append([RAISED], by="ada")
    seen = ledger.head()
    ledger.append([DECIDED, DECIDED], by="bob")
    with pytest.raises(LedgerMoved) as refused:
        ledger.append([DECIDED], by="ada", expecting=seen)
    assert refused.value.lines() == (
        "The ledger has moved on since it was looked at; nothing was recorded.",
        "bob recorded gap.decided (3) at 2026-03-02T09:00:02.000000Z, and 1 more after it.",
        "Look again, then decide again.",
    )
    assert (refused.value.exit, ledger.head().number) == (Exit.REFUSED, 4)
    ledger.append([DECIDED], by="ada", expecting=ledger.head())
    assert ledger.head().number == 5


def test_who_saw_an_empty_ledger_is_told_that_it_has_begun(ledger):  # L3
    seen = ledger.head()
    ledger.append([RAISED], by="ada", expecting=seen)
    with pytest.raises(LedgerMoved, match="moved on"):
        ledger.append([RAISED], by="ada", expecting=seen)


def test_a_head_of_another_ledger_is_not_taken_for_one_of_this(ledger):  # L3
    ledger.append([RAISED], by="ada")
    for head in (Head(2, "f" * 64), Head(9, "f" * 64), Head(1, "f" * 64)):
        with pytest.raises(LedgerMoved, match="not the one that was looked at"):
            ledger.append([DECIDED], by="ada", expecting=head)


def test_records_are_chosen_by_number_and_kind(ledger):
    ledger.append([RAISED, DECIDED, RAISED, DECIDED], by="ada")
    numbers = lambda **wanted: [record.number for record in ledger.records(**wanted)]  # noqa: E731
    assert numbers(after=2, upto=4) == [3, 4]
    assert numbers(kinds=["gap.decided"]) == [3, 5]
    assert numbers(kinds=["gap.decided", "ledger.opened"], upto=4) == [1, 3]
    assert numbers(after=5) == []


def test_a_long_ledger_is_read_page_by_page_up_to_the_head_it_had(ledger, monkeypatch):
    monkeypatch.setattr("lockgate.ledger.ledger.PAGE", 3)
    ledger.append([RAISED] * 7, by="ada")
    reading = ledger.records()
    read = [next(reading).number]
    ledger.append([RAISED], by="ada")
    assert read + [record.number for record in reading] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [record.number for record in ledger.records(kinds=["gap.raised"])] == [2, 3, 4, 5, 6, 7, 8, 9]


def test_the_last_records_are_read_the_newest_at_the_end(ledger):
    ledger.append([RAISED, DECIDED, RAISED, DECIDED], by="ada")
    numbers = lambda count, **wanted: [record.number for record in ledger.latest(count, **wanted)]  # noqa: E731
    assert (numbers(2), numbers(9), numbers(0)) == ([4, 5], [1, 2, 3, 4, 5], [])
    assert numbers(2, kinds=["gap.raised"]) == [2, 4]
    assert numbers(1, upto=3, kinds=["gap.raised"]) == [2]


def test_a_ledger_without_records_has_none_at_any_moment(ledger):  # L4
    assert ledger.head(datetime(2026, 3, 2, tzinfo=UTC)) == Head()
    with pytest.raises(ValueError, match="time zone"):
        ledger.head(datetime(2026, 3, 2))  # noqa: DTZ001 - that is the point


def test_a_ledger_can_be_asked_as_of_a_number_or_a_moment(ledger):  # L4
    for _ in range(3):
        ledger.append([RAISED], by="ada")
    third = ledger.record(3)
    between = third.at + timedelta(milliseconds=1)
    assert ledger.head(3) == ledger.head(third.at) == ledger.head(between) == third.head
    assert [record.number for record in ledger.records(upto=between)] == [1, 2, 3]
    assert ledger.head(datetime(2020, 1, 1, tzinfo=UTC)) == ledger.head(0) == Head()
    assert ledger.head(datetime(2099, 1, 1, tzinfo=UTC)) == ledger.head()


def test_a_number_that_is_not_there_yet_is_refused(ledger):
    ledger.append([RAISED], by="ada")
    for ask in (ledger.head, ledger.record):
        with pytest.raises(UsageError) as refused:
            ask(9)
        assert refused.value.lines() == ("There is no record 9.", "The ledger ends with record 2.")


def test_a_moment_needs_a_time_zone(ledger):
    ledger.append([RAISED], by="ada")
    with pytest.raises(ValueError, match="time zone"):
        ledger.head(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 - that is the point


def test_a_ledger_of_another_version_is_refused(ledger):
    ledger.append([RAISED], by="ada")
    with ledger.store.writing() as turn:
        turn.write("update ledger_about set value = ? where key = ?", [("9", "format")])
    ledger.close()
    for ask in (ledger.head, lambda: ledger.append([RAISED], by="ada")):
        with pytest.raises(LedgerUnusable) as refused:
            ask()
        assert refused.value.why == "Its format is 9; this version knows format 1."


def test_a_damaged_record_is_named_when_it_is_read(ledger):
    ledger.append([RAISED], by="ada")
    with ledger.store.writing() as turn:
        turn.write("update ledger_record set body = ? where number = ?", [(b"{", 2)])
    with pytest.raises(LedgerUnreadable, match="Record 2 of the ledger is damaged"):
        list(ledger.records())


def test_a_closed_ledger_opens_again_by_itself(ledger):
    ledger.append([RAISED], by="ada")
    ledger.close()
    assert ledger.head().number == 2


def test_a_ledger_is_kept_in_nothing_but_sqlite_and_postgresql(tmp_path):
    with pytest.raises(UsageError, match="can't be kept in mysql"):
        open_ledger("mysql://localhost/x")
    assert open_ledger(str(tmp_path / "plain.db")).store.place == str(tmp_path / "plain.db")


def test_a_password_is_never_shown():
    assert open_ledger("postgresql://ada:s3cret@db.example:5432/lockgate").store.place == (
        "postgresql://db.example/lockgate"
    )
