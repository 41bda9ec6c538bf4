"""A draft stands for what would be there once events have happened."""

from lockgate.ledger.registers.action import Edit, Raise, Tag
from lockgate.ledger.registers.engine import Draft, after, perform
from support.registers import MONDAY, World, actor

ADA = actor("ada")


def drafted(world, *actions):
    draft = Draft(world.known, actor=ADA, moment=MONDAY)
    for action in actions:
        draft.put(perform(action, actor=ADA, known=draft.known, moment=MONDAY).events)
    return draft


def test_what_is_put_onto_a_draft_is_what_would_be_known_after_it(world):
    world.raised()
    outcome = world.ask(Edit("GAP-1", 1, {"days": 3}))
    assert drafted(world, Edit("GAP-1", 1, {"days": 3})).known == after(
        outcome, actor=ADA, known=world.known, moment=MONDAY
    )


def test_what_was_not_kept_can_be_taken_back(world):
    draft = drafted(world.raised(), Raise("gap", {"title": "Two"}), Tag("GAP-2", ("night",)))
    draft.keep()
    kept = dict(draft.known.entries.by_id)
    draft.put(perform(Edit("GAP-1", 1, {"days": 3}), actor=ADA, known=draft.known, moment=MONDAY).events)
    draft.put(perform(Raise("gap", {"title": "Three"}), actor=ADA, known=draft.known, moment=MONDAY).events)
    assert draft.known.entries.next_id("GAP") == "GAP-4"
    draft.back()
    assert draft.known.entries.by_id == kept
    assert draft.known.entries.next_id("GAP") == "GAP-3"


def test_records_are_copied_once_however_many_events_follow(world):
    draft = Draft(world.raised().known, actor=ADA, moment=MONDAY)
    records = draft.known.entries.by_id
    draft.put(world.ask(Edit("GAP-1", 1, {"days": 3})).events)
    assert draft.known.entries.by_id is records
    assert world.gap().values == {"title": "Catch weight"}


def test_actions_of_one_row_see_each_other():
    world = World()
    draft = drafted(world, Raise("gap", {"title": "One"}), Tag("GAP-1", ("night",)))
    assert draft.known.entries.by_id["GAP-1"].tags == ("night",)
