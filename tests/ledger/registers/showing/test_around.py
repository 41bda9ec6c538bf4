from dataclasses import replace

from lockgate.kernel.register import State
from lockgate.ledger.registers.action import Move, Raise, Tie
from lockgate.ledger.registers.showing.around import Attached, Column, Linked, attached_to, board, links_of
from support.registers import GAP, RISK, actor


def test_links_are_told_both_ways(world):
    world.raised().raised()
    world.do(Raise("risk", {"title": "Late"}), actor("ada", "analyst"))
    world.do(Tie("GAP-1", "blocks", "GAP-2"))
    world.do(Tie("GAP-1", "covers", "scenario:otc-01"))
    world.do(Tie("RISK-1", "causes", "GAP-1"))
    assert links_of(world.gap(), world.known) == (
        Linked("blocks", "blocks", "GAP-2", "Catch weight", is_open=True),
        Linked("covers", "covers", "scenario:otc-01"),
        Linked("causes", "is caused by", "RISK-1", "Late", is_open=True, outward=False),
    )
    world.do(Move("RISK-1", "close"))
    assert links_of(world.gap(), world.known)[2].is_open is False
    world.with_(registers={"gap": GAP})
    assert links_of(world.gap(), world.known)[2].is_open is True


def test_the_files_of_a_record_are_told_by_field(world):
    assert attached_to(world.raised(paper="a" * 64).gap(), GAP) == (Attached("paper", "a" * 64),)
    several = replace(GAP, fields=tuple(replace(one, several=True) for one in GAP.fields))
    held = replace(world.gap(), values={"paper": ["b" * 64, "c" * 64]})
    assert attached_to(held, several) == (Attached("paper", "b" * 64), Attached("paper", "c" * 64))


def test_a_board_has_a_column_for_each_state_and_for_what_was_left_behind(world):
    world.proposed().raised()
    entries = list(world.known.entries.of("gap"))
    assert board(entries, GAP) == (
        Column(GAP.states[0], (entries[1],)),
        Column(GAP.states[1], (entries[0],)),
        Column(GAP.states[2], ()),
    )
    assert board(entries[:1], RISK)[2:] == (Column(State("proposed", "proposed"), (entries[0],)),)
