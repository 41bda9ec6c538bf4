"""What happened is told from the ledger itself; these run on every store."""

from lockgate.ledger.registers.action import Edit, Move, Raise, Remark, Tag, Tie
from lockgate.ledger.registers.book import Book
from lockgate.ledger.registers.showing.history import Diff
from support.registers import KNOWN, MONDAY, actor

BEA, EVE = actor("bea", "analyst"), actor("eve", "member")


def told(happened):
    return [(one.happened, one.by, one.id, one.version, dict(one.said)) for one in happened]


def test_what_happened_is_told_one_thing_after_another(ledger):
    book = Book(ledger, KNOWN)
    for who, action in (
        (BEA, Raise("gap", {"title": "One", "owner": "bea", "days": 3})),
        (BEA, Raise("gap", {"title": "Two"})),
        (BEA, Edit("GAP-1", 1, {"days": None, "title": "Three", "fit": "custom"})),
        (BEA, Remark("GAP-1", "Seen")),
        (BEA, Tag("GAP-1", ("night",))),
        (EVE, Tie("GAP-2", "blocks", "GAP-1")),
        (BEA, Remark("GAP-2", "Not about it")),
        (BEA, Move("GAP-1", "propose")),
        (EVE, Move("GAP-1", "accept")),
    ):
        assert book.perform([action], actor=who, moment=MONDAY).refusals == ()
    happened = book.history("GAP-1")
    assert told(happened) == [
        ("raised", "bea", "GAP-1", 1, {"state": "open"}),
        ("edited", "bea", "GAP-1", 2, {}),
        ("commented", "bea", "GAP-1", 2, {"text": "Seen"}),
        ("tagged", "bea", "GAP-1", 2, {"tags": ["night"]}),
        ("linked", "eve", "GAP-2", 2, {"relation": "blocks", "to": "GAP-1"}),
        ("propose", "bea", "GAP-1", 3, {"transition": "propose", "source": "open", "target": "proposed", "reason": ""}),
        ("voted", "eve", "GAP-1", 3, {"transition": "accept", "yes": True, "reason": ""}),
    ]
    assert happened[0].diffs == (Diff("days", None, 3), Diff("owner", None, "bea"), Diff("title", None, "One"))
    assert happened[1].diffs == (Diff("days", 3, None), Diff("fit", None, "custom"), Diff("title", "One", "Three"))
    assert [one.diffs for one in happened[2:]] == [()] * 5
    assert [one.number for one in happened] == [*book.known().entries.by_id["GAP-1"].numbers]
    assert told(book.history("GAP-1", happened[1].number)) == told(happened[:2])
    assert book.history("GAP-9") == ()
