"""Clusters hold what is linked, and never two that are kept apart."""

from hypothesis import given
from hypothesis import strategies as st

from lockgate.engines.matching.clustering import cluster


def groups(clusters):
    found = {}
    for record, first in clusters.first.items():
        found.setdefault(first, set()).add(record)
    return sorted(map(sorted, found.values()))


def test_what_is_linked_by_others_is_one_and_bears_its_lowest_number():
    assert cluster([(3, 5, 0.9), (1, 3, 0.9), (7, 8, 0.9)]).first == {1: 1, 3: 1, 5: 1, 7: 7, 8: 7}


def test_keeping_two_apart_splits_their_cluster_at_its_weakest_link():  # Q1 Q2 Q3
    split = cluster([(1, 2, 0.99), (2, 3, 0.95), (3, 4, 0.97)], apart=[(1, 3)])
    assert groups(split) == [[1, 2], [3, 4]]
    assert split.refused == ((2, 3),)


def test_of_equal_links_the_one_between_the_lowest_numbers_is_joined_first():  # Q1
    assert groups(cluster([(2, 3, 0.9), (1, 2, 0.9)], apart=[(1, 3)])) == [[1, 2], [3]]


def test_contradicting_decisions_keep_apart_and_are_told():  # Q2
    split = cluster([(1, 2, 3.0), (2, 3, 3.0)], apart=[(3, 1)])
    assert groups(split) == [[1, 2], [3]]
    assert split.refused == ((2, 3),)


def test_two_that_are_kept_apart_pull_whoever_is_joined_to_them_along():
    split = cluster([(1, 2, 0.99), (3, 4, 0.98), (2, 4, 0.9), (1, 4, 0.8)], apart=[(1, 3)])
    assert groups(split) == [[1, 2], [3, 4]]
    assert split.refused == ((2, 4), (1, 4))


NUMBERS = st.integers(0, 12)
PAIRS = st.tuples(NUMBERS, NUMBERS).filter(lambda pair: pair[0] < pair[1])
LINKS = st.dictionaries(PAIRS, st.sampled_from([0.6, 0.9, 0.99, 2.0, 3.0]), max_size=25)


@given(LINKS, st.sets(PAIRS, max_size=10))
def test_no_two_that_are_kept_apart_are_ever_one(links, apart):  # Q2
    first = cluster([(*pair, strength) for pair, strength in links.items()], apart).first
    assert [pair for pair in apart if first.get(pair[0], pair[0]) == first.get(pair[1], pair[1])] == []


@given(LINKS, st.sets(PAIRS, max_size=10))
def test_every_link_is_joined_or_told(links, apart):  # Q2
    clusters = cluster([(*pair, strength) for pair, strength in links.items()], apart)
    parted = {pair for pair in links if clusters.first[pair[0]] != clusters.first[pair[1]]}
    assert parted == {pair for pair in clusters.refused if clusters.first[pair[0]] != clusters.first[pair[1]]}


@given(LINKS, st.sets(PAIRS, max_size=10), st.randoms(use_true_random=False))
def test_the_order_in_which_it_became_known_does_not_matter(links, apart, chance):  # Q4
    told = [(*pair, strength) for pair, strength in links.items()]
    mixed, others = list(told), list(apart)
    chance.shuffle(mixed)
    chance.shuffle(others)
    assert cluster(mixed, others) == cluster(told, apart)
