"""Do domains keep their rules, and standards theirs? Counted on records of which each has one thing wrong."""

import pytest

from lockgate.ledger.registers.action import Move, Raise
from lockgate.practices.migration.perform.matching.matched import match_all
from lockgate.practices.migration.perform.reading.held import domains_held
from lockgate.practices.migration.perform.reading.judging import judged, keep_back
from lockgate.practices.migration.perform.reading.standards import standards_held
from lockgate.programme.desk import desk_of

DECLARED = """
domains:
  - {key: goods, title: Goods, owner: ann, why: We sell them}
  - {key: unread, title: What nobody read, owner: ann, why: It was forgotten}
  - {key: by-hand, title: Entered by hand, owner: ann, treatment: recreate, why: There are three}
datasets:
  - {key: customers, title: Customers, source: erp, id: [NO], steward: ben}
  - {key: items, title: Items, source: erp, id: [SKU]}
  - {key: lists, title: Lists, source: erp, id: [NO]}
standards:
  - {key: units, title: Units, text: Pieces or metres, owner: ann, decision: DEC-1}
  - {key: names, title: Names, text: In capitals, owner: ann}
  - {key: lists, title: Lists, text: In order, owner: ann}
  - {key: places, title: Places, text: By rack, owner: ann}
left_out:
  - {key: gone, dataset: items, when: s.UNIT = 'gone', why: Not sold any more}
rules:
  - {id: unit, dataset: items, must: "UNIT in ('ST', 'M')", why: It can't be counted, standard: units, owner: ann}
  - {id: name, dataset: items, must: NAME = upper(NAME), severity: warns, why: Typed in haste, standard: names}
  - {id: list, dataset: lists, must: NO > 0, why: It is in no order, standard: lists}
entities:
  - {key: customer, title: Customers, kind: organisation, parts: [{dataset: customers, columns: {name: NAME}}]}
mappings:
  - {key: customer, domain: partners, model: res.partner, entity: customer, fields: {name: s.name}}
  - {key: item, domain: goods, model: product.product, dataset: items, fields: {name: s.NAME}}
  - {key: list, domain: unread, model: product.pricelist, dataset: lists, fields: {name: s.NO}}
"""


@pytest.fixture
def bench(declare, hold, store, bench_of):
    """Five items, one of which stays behind; two customers who are nearly one."""
    hold(
        "items",
        ["SKU", "NAME", "UNIT"],
        ("1", "PUMP", "ST"),
        ("2", "Valve", "M"),
        ("3", "hose", "KG"),
        ("3", "HOSE", "M"),
        ("4", "old", "gone"),
    )
    hold("customers", ["NO", "NAME"], ("1", "Kemper Waterbouw"), ("2", "Kempen Waterbau"))
    migration = declare(DECLARED)
    store.connection.execute("insert into kept_back values ('items', 6, '4', null, 'left-out', 'gone')")
    judged(store, migration)
    keep_back(store, migration)
    return bench_of(migration)


def evidence(bench, kind):
    """Return what is on record, newest last: subject, verdict and measures."""
    found = [one.evidence for one in bench.place.ledger.current_evidence([kind])]
    return {next(iter(one.subject.values())): (str(one.verdict), dict(one.measures)) for one in found}


def test_what_breaks_a_rule_and_what_is_only_wrong_are_told_apart(bench):  # H1, H2
    held = {one["domain"]: one for one in domains_held(bench)}
    goods = {"rows": 4, "violations": 1, "accuracy": 0.5, "duplicate_rate": 0.25, "stewarded": False}
    assert {name: held["goods"][name] for name in goods} == goods
    assert evidence(bench, "data.checked")["goods"] == ("failed", {**goods, "round": 1})


def test_nobody_can_tell_what_is_twice_before_it_was_matched(bench):  # H2
    assert "duplicate_rate" not in evidence_of_partners(bench)
    answer = match_all(bench, ())
    assert [(one["domain"], one["duplicate_rate"]) for one in answer["domains"]] == [("partners", 0.5)]
    assert evidence_of_partners(bench)["duplicate_rate"] == 0.5
    assert match_all(bench, (), preview=3)["domains"] == []


def evidence_of_partners(bench):
    if "partners" not in evidence(bench, "data.checked"):
        domains_held(bench)
    return evidence(bench, "data.checked")["partners"][1]


def test_what_was_not_read_is_not_told_of_and_what_has_no_data_breaks_nothing(bench):  # H3
    assert [one["domain"] for one in domains_held(bench)] == ["goods", "by-hand", "partners"]
    by_hand = {"rows": 0, "violations": 0, "accuracy": 1.0, "duplicate_rate": 0.0, "stewarded": True, "round": 1}
    assert evidence(bench, "data.checked")["by-hand"] == ("passed", by_hand)


def test_a_warning_breaks_a_standard_and_only_a_decision_agrees_to_it(bench):  # G1 to G3
    told = [(one["standard"], one["records"], one["violations"], one["agreed"]) for one in standards_held(bench)]
    assert told == [("units", 4, 1, False), ("names", 4, 2, False), ("places", 0, None, False)]
    decided(bench)
    assert [one["agreed"] for one in standards_held(bench)] == [True, False, False]
    assert "violations" not in evidence(bench, "standard.checked")["places"][1]  # G4
    assert evidence(bench, "standard.checked")["units"] == (
        "seen",
        {"records": 4, "violations": 1, "agreed": True, "round": 1},
    )


def decided(bench):
    """Take the decision that the standard names."""
    people = desk_of(bench.place, bench.workspace, bench.now())
    said = {
        "title": "Units",
        "nature": "standard",
        "body": "design-authority",
        "options": "One list",
        "facts": "Nine lists",
        "decided": "Pieces or metres",
    }
    raised = people.book.perform([Raise("decision", said)], actor=people.actor("ann"), moment=people.moment)
    assert raised.refusals == ()
    people = desk_of(bench.place, bench.workspace, bench.now())
    move = Move("DEC-1", "decide-design", reason="One list")
    done = people.book.perform([move], actor=people.actor("ben"), moment=people.moment)
    assert done.refusals == ()
