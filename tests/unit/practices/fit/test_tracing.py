"""How is each requirement carried, and where does the thread end? Rules T1 to T6."""

import pytest

from lockgate.practices.fit.decide.tracing import (
    Answering,
    Known,
    Need,
    Orphan,
    Outcome,
    Proof,
    Standing,
    Want,
    orphans,
    standings,
    threads,
)

HOLDS, STALE = Outcome(Proof.HOLDS, (4,), once=True), Outcome(Proof.STALE, (5,), once=True)
LOTS = Need("REQ-1", "Lots", "agreed", "Inventory")


def gap(number=1, state="decided", fit="standard", **more):
    return Answering(f"GAP-{number}", "A gap", state, fit, ("REQ-1",), **more)


def known(*gaps, needs=(LOTS,), supports=None, tests=None):
    return Known(needs, gaps, supports or {}, tests or {}, {"probe": ["gaps-decided"], "scenario": ["build-complete"]})


def wants(*gaps, **more):
    return [one.wants for one in threads(known(*gaps, **more))]


def test_a_requirement_that_was_dropped_has_no_thread():  # T1
    assert threads(known(needs=[Need("REQ-1", "Lots", "dropped")])) == ()


def test_a_requirement_without_a_gap_is_carried_by_the_standard_where_a_test_holds():  # T1
    assert wants() == [(Want.UNTESTED,)]
    assert wants(supports={"REQ-1": ["probe:lots"]}, tests={"probe:lots": HOLDS}) == [()]


@pytest.mark.parametrize("state", ["retired", "deferred"])
def test_a_gap_that_is_put_off_carries_nothing(state):  # T2
    [one] = threads(known(gap(state=state)))
    assert (one.gap, one.wants) == (None, (Want.UNTESTED,))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"state": "assessed"}, (Want.UNDECIDED,)),
        ({"fit": "standard"}, ()),
        ({"fit": "process-change"}, ()),
        ({"fit": "custom"}, (Want.UNBUILT,)),
        ({"fit": ""}, (Want.UNBUILT,)),
        ({"fit": "configuration", "built": ("resource:lots",)}, ()),
    ],
)
def test_what_is_decided_has_to_be_built_unless_the_standard_does_it(said, wanted):  # T2, T3
    tests = {"probe:lots": HOLDS}
    assert wants(gap(**said, tests=("probe:lots",)), tests=tests) == [wanted]


@pytest.mark.parametrize("proof", [Proof.FAILS, Proof.STALE, Proof.UNTOLD, Proof.NEVER])
def test_a_thread_is_proven_when_all_of_its_tests_hold_now(proof):  # T4
    tests = {"probe:lots": HOLDS, "scenario:recall": Outcome(proof)}
    assert wants(gap(tests=("probe:lots", "scenario:recall")), tests=tests) == [(Want.UNPROVEN,)]
    assert wants(gap(tests=("probe:lots",)), tests=tests) == [()]


def test_tests_are_gathered_from_all_that_stand_for_it_each_once_with_the_gates_that_ask_for_them():  # T4
    need = Need("REQ-1", "Lots", "agreed", "Inventory", ("scenario:recall",))
    supports = {"REQ-1": ["probe:lots"], "GAP-1": ["probe:slip"], "GAP-9": ["probe:other"]}
    [one] = threads(
        known(gap(tests=("probe:lots", "scenario:never")), needs=[need], supports=supports, tests={"probe:slip": HOLDS})
    )
    assert list(one.tests) == ["scenario:recall", "probe:lots", "scenario:never", "probe:slip"]
    assert (one.tests["probe:slip"], one.tests["scenario:never"]) == (HOLDS, Outcome(Proof.NEVER))
    assert one.gates == ("build-complete", "gaps-decided")


def test_a_requirement_with_two_gaps_has_two_threads():
    assert [one.gap.id for one in threads(known(gap(1), gap(2)))] == ["GAP-1", "GAP-2"]


def test_how_far_an_area_is_is_told_in_shares():  # T5
    needs = [Need(f"REQ-{n}", "N", "agreed", "Inventory") for n in (1, 2, 3)] + [Need("REQ-4", "N", "agreed", "CRM")]
    supports = {"REQ-1": ["scenario:a", "probe:b"], "REQ-2": ["scenario:c"], "REQ-4": ["probe:b"]}
    tests = {"scenario:a": HOLDS, "probe:b": HOLDS, "scenario:c": STALE}
    assert standings(threads(known(needs=needs, supports=supports, tests=tests))) == (
        Standing("CRM", 1, 1.0, 0.0, 1.0),
        Standing("Inventory", 3, 0.667, 0.667, 0.333),
    )


def test_what_is_undecided_is_not_configured_and_so_not_usable():  # T5
    found = threads(known(gap(state="open", tests=("scenario:a",)), tests={"scenario:a": HOLDS}))
    assert standings(found) == (Standing("Inventory", 1, 0.0, 0.0, 0.0),)


def test_ends_that_hang_on_nothing_are_told():  # T6
    lost = Answering("GAP-2", "Lost", "open", needs=("REQ-7",), tests=("probe:gone", "scenario:to-come"))
    alone, put_off = Answering("GAP-3", "Alone", "open"), Answering("GAP-4", "Later", "deferred")
    supports = {"REQ-1": ["probe:lots"], "GAP-2": ["probe:lots"], "REQ-8": ["probe:lots"]}
    assert orphans(known(lost, alone, put_off, supports=supports)) == (
        Orphan("GAP-2", "answers REQ-7, which is not there"),
        Orphan("GAP-2", "names probe:gone, which is not declared"),
        Orphan("GAP-3", "answers no requirement"),
        Orphan("probe:lots", "supports REQ-8, which is not there"),
    )
