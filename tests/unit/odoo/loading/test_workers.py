"""Do the threads keep the order of a lane, and stop at the first failure?"""

import threading

import pytest

from lockgate.odoo.loading.workers import Lanes


def test_each_lane_is_worked_off_in_order_and_completely():  # W1
    done = {0: [], 1: [], 2: []}
    with Lanes(lambda item: done[item % 3].append(item), lanes=3, threads=3) as lanes:
        for item in range(60):
            lanes.put(item % 3, item)
    assert done == {lane: list(range(lane, 60, 3)) for lane in range(3)}


def test_the_only_lane_may_have_several_threads():  # W1
    together = threading.Barrier(3, timeout=10)
    with Lanes(lambda _: together.wait(), lanes=1, threads=3) as lanes:
        for item in range(3):
            lanes.put(0, item)


def test_a_failure_stops_the_others_and_reaches_who_fills():  # W3
    seen = []

    def work(item):
        seen.append(item)
        raise ValueError(item)

    with pytest.raises(ValueError, match="0"):
        _put_all(work, range(100))
    assert seen == [0]


def test_a_failure_in_the_last_item_is_not_lost():  # W3
    with pytest.raises(ValueError, match="last"), Lanes(_fail, lanes=2, threads=2) as lanes:
        lanes.put(1, "last")


def test_an_interrupt_ends_the_threads():  # W3
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt), Lanes(print, lanes=2, threads=4):
        raise KeyboardInterrupt
    assert threading.active_count() == before


def _put_all(work, items):
    with Lanes(work, lanes=1, threads=1) as lanes:
        for item in items:
            lanes.put(0, item)


def _fail(item):
    raise ValueError(item)
