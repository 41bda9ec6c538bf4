"""Who applies which counts, when several work at once?"""

import copy
import threading
from collections import defaultdict

import pytest

from lockgate.odoo.errors import Refused, Unreachable
from lockgate.practices.migration.perform.sending import posting
from lockgate.practices.migration.perform.sending.posting import COUNTING, post


class CountingOdoo:
    """Quants in places; applying a count takes it away, and who applied what is known."""

    def __init__(self, place_of, wrong=(), companies=1):
        self.place_of, self.wrong, self.companies = place_of, wrong, companies
        self.asked_as = defaultdict(set)
        self.waiting = set(place_of)
        self.threads_of = defaultdict(set)
        self.sizes = []
        self.windows = {}
        self.takes = 100
        """What is more at once is lost on the way."""
        self._lock = threading.Lock()

    def within(self, company=None, **context):
        viewed = copy.copy(self)
        viewed.company = company
        return viewed

    def company_of(self, number):
        return self.place_of[number] % self.companies + 1

    def search(self, model, domain, order):
        with self._lock:
            return sorted(set(domain[0][2]) & self.waiting)

    def search_read(self, model, domain, fields, order, load=None):
        told = {"location_id": lambda one: [self.place_of[one], "A place"], "company_id": self.company_of}
        return [{"id": one, **{name: told[name](one) for name in fields}} for one in sorted(domain[0][2])]

    def create(self, model, vals_list):
        assert model == COUNTING
        with self._lock:
            number = len(self.windows) + 1
            [[[_, _, self.windows[number]]]] = [vals["quant_ids"] for vals in vals_list]
        return [number]

    def call(self, model, method, window):
        assert (model, method) == (COUNTING, "action_apply")
        with self._lock:
            ids = self.windows[window[0]]
            if set(ids) & set(self.wrong):
                raise Refused("Odoo refused it.", why="Nothing is counted so.", call=f"{model}.{method}")
            self.sizes.append(len(ids))
            if len(ids) > self.takes:
                raise Unreachable("The connection was cut.", sent=True)
            self.waiting.difference_update(ids)
            self.asked_as[self.company].update(self.company_of(one) for one in ids)
            for one in ids:
                self.threads_of[self.place_of[one]].add(threading.get_ident())


@pytest.fixture(autouse=True)
def _without_pause(monkeypatch):
    monkeypatch.setattr(posting, "PAUSE_SECONDS", 0)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_counts_of_a_place_go_through_the_hands_of_one_worker_and_all_are_applied(workers):  # D5
    odoo = CountingOdoo({number: number % 3 for number in range(1, 701)})
    moved = []
    done = post(odoo, "stock.quant", "apply-inventory", sorted(odoo.place_of), moved.append, workers=workers)
    assert (done.asked, done.done, done.refused, sum(moved)) == (700, 700, (), 700)
    assert {place: len(threads) for place, threads in odoo.threads_of.items()} == {0: 1, 1: 1, 2: 1}
    assert max(odoo.sizes) == 100


def test_a_count_that_is_refused_holds_up_no_other_of_any_worker():  # D2
    odoo = CountingOdoo({number: number % 2 for number in range(1, 21)}, wrong=(7,))
    done = post(odoo, "stock.quant", "apply-inventory", sorted(odoo.place_of), lambda _: None, workers=2)
    assert (done.done, done.refused, odoo.waiting) == (19, ((7, "Nothing is counted so."),), {7})


def test_what_is_too_much_at_once_goes_in_smaller_parts():  # D7
    odoo = CountingOdoo(dict.fromkeys(range(1, 101), 1))
    odoo.takes = 30
    done = post(odoo, "stock.quant", "apply-inventory", sorted(odoo.place_of), lambda _: None)
    assert (done.done, odoo.sizes) == (100, [100, 50, 25, 25, 50, 25, 25])


def test_what_can_not_be_done_even_alone_stops_the_load():  # D7
    odoo = CountingOdoo(dict.fromkeys(range(1, 5), 1))
    odoo.takes = 0
    with pytest.raises(Unreachable):
        post(odoo, "stock.quant", "apply-inventory", sorted(odoo.place_of), lambda _: None)
    assert odoo.sizes == [4, 2, 1, 1]


def test_counts_are_applied_as_the_company_of_the_place():  # D6
    odoo = CountingOdoo({number: number % 4 for number in range(1, 301)}, companies=2)
    done = post(odoo, "stock.quant", "apply-inventory", sorted(odoo.place_of), lambda _: None, workers=2)
    assert (done.done, odoo.asked_as) == (300, {1: {1}, 2: {2}})


def test_nothing_to_do_is_done():
    assert post(CountingOdoo({}), "stock.quant", "apply-inventory", [], lambda _: None, workers=2).done == 0
