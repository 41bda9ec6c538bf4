"""Is what is referred to loaded first, and a circle cut where it costs least?"""

from lockgate.practices.migration.decide.ordering import Pass, passes

DATA = """
datasets:
  - {key: things, title: Things, source: erp, id: [NO]}
domains:
  - {key: early, title: Early, owner: ann, why: First}
  - {key: late, title: Late, owner: ann, why: Last, after: [early]}
mappings:
"""


def order(declare, *mappings):
    text = DATA + "".join(f"  - {{dataset: things, model: res.partner, {one}}}\n" for one in mappings)
    migration = declare(text)
    return passes(tuple(migration.mappings.values()), migration.domains.values())


def test_what_is_referred_to_comes_first_and_all_else_as_it_is_declared(declare):
    assert order(
        declare,
        "key: a, domain: partners, fields: {parent_id: {of: X, record: c}}",
        "key: b, domain: partners, fields: {name: X}",
        "key: c, domain: partners, fields: {name: X}",
    ) == (Pass("b"), Pass("c"), Pass("a"))


def test_a_domain_comes_after_the_domains_that_it_names(declare):
    assert order(declare, "key: a, domain: late, fields: {name: X}", "key: b, domain: early, fields: {name: X}") == (
        Pass("b"),
        Pass("a"),
    )


def test_who_refers_to_its_own_mapping_needs_no_second_pass(declare):
    assert order(declare, "key: a, domain: partners, fields: {parent_id: {of: X, record: a}}") == (Pass("a"),)


def test_who_says_more_of_a_mapping_comes_after_it(declare):
    assert order(
        declare,
        "key: a, domain: partners, same_as: b, fields: {name: X}",
        "key: b, domain: partners, fields: {name: X}",
    ) == (Pass("b"), Pass("a"))


def test_a_circle_is_cut_and_filled_in_at_the_end(declare):
    assert order(
        declare,
        "key: a, domain: partners, fields: {parent_id: {of: X, record: b}, user_id: {of: X, record: b}}",
        "key: b, domain: partners, fields: {parent_id: {of: X, record: a}}",
    ) == (
        Pass("b", frozenset({"parent_id"})),
        Pass("a"),
        Pass("b", frozenset({"parent_id"}), again=True),
    )


def test_a_mapping_comes_after_those_that_it_names(declare):
    assert order(
        declare,
        "key: a, domain: partners, after: [c], fields: {name: X}",
        "key: b, domain: partners, fields: {name: X}",
        "key: c, domain: partners, fields: {name: X}",
    ) == (Pass("b"), Pass("c"), Pass("a"))
