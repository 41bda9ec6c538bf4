"""For what is a question answered, and where is evidence looked for?"""

from lockgate.gates.asking.expanding import places
from lockgate.kernel.scope import PROGRAMME
from support.gate_scene import GHENT, LIEGE, NORTH, facts, gate


def found(*criteria, scope=GHENT):
    return places(gate(*criteria).criteria, scope, facts())


def test_evidence_is_looked_for_where_the_gate_is_asked_or_at_the_level_that_is_said():
    assert found({"evidence": {"kind": "a.seen"}}) == {("a.seen", GHENT)}
    assert found({"evidence": {"kind": "a.seen", "at": "wave"}}) == {("a.seen", NORTH)}
    assert found({"evidence": {"kind": "a.seen", "at": "programme"}}) == {("a.seen", PROGRAMME)}


def test_evidence_for_each_site_is_looked_for_there_and_for_each_thing_in_one_place():
    assert found({"evidence": {"kind": "a.seen"}, "each": ["site"]}, scope=NORTH) == {
        ("a.seen", GHENT),
        ("a.seen", LIEGE),
    }
    assert found({"evidence": {"kind": "a.seen"}, "each": ["scenario"]}) == {("a.seen", GHENT)}


def test_all_questions_of_all_criteria_count_and_those_about_registers_ask_no_evidence():
    groups = {"all": [{"evidence": {"kind": "a.seen"}}, {"any": [{"evidence": {"kind": "b.seen"}}]}]}
    register = {"register": "defect", "require": ["count = 0"]}

    assert found(groups, register, {"evidence": {"kind": "c.seen"}}) == {
        ("a.seen", GHENT),
        ("b.seen", GHENT),
        ("c.seen", GHENT),
    }
    assert found(register) == set()
