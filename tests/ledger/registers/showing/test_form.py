from lockgate.ledger.registers.action import Raise
from lockgate.ledger.registers.showing.form import Input, Option, options, to_edit, to_raise, to_take
from support.registers import GAP, KNOWN, RISK, actor


def test_a_form_to_raise_asks_for_every_field_and_says_what_steps_need_later():
    form = to_raise(GAP)
    assert [one.field for one in form] == [*GAP.fields]
    assert [one.field.key for one in form if one.required] == ["title"]
    assert {one.field.key: one.needed_by for one in form if one.needed_by} == {"fit": ("propose",), "cost": ("decide",)}


def test_a_form_to_edit_holds_what_the_record_holds(world):
    form = to_edit(world.raised(days=3).gap(), GAP)
    assert {one.field.key: one.value for one in form if one.value is not None} == {"title": "Catch weight", "days": 3}


def test_a_form_to_take_a_step_asks_for_what_the_step_needs(world):
    decide, accept = GAP.transition("decide"), GAP.transition("accept")
    entry = world.proposed().gap()
    assert to_take(decide, entry, GAP) == (Input(GAP.field("cost"), required=True, value=500),)
    assert to_take(accept, entry, GAP) == ()


def test_what_may_be_chosen_follows_from_the_declarations(world):
    world.raised()
    world.do(Raise("risk", {"title": "Late"}), actor("ada", "analyst"))

    def offered(key):
        return options(GAP.field(key), world.known)

    assert offered("fit") == (Option("standard", "Standard"), Option("custom", "Custom code"))
    assert offered("owner") == tuple(Option(one, one) for one in KNOWN.people)
    assert offered("site") == tuple(Option(one, one) for one in KNOWN.sites)
    assert offered("capabilities") == (Option("Sales", "Sales"), Option("Inventory", "Inventory"))
    assert offered("parent") == (Option("GAP-1", "Catch weight"),)
    assert offered("related") == (Option("GAP-1", "Catch weight"), Option("RISK-1", "Late"))
    assert offered("title") == ()
    world.with_(people=None)
    assert offered("owner") == ()
    assert to_raise(RISK)[0].required
