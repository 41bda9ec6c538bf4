"""Who applies which counts, when several work at once?"""

import copy
import threading
from collections import defaultdict

import pytest

from lockgate.odoo.errors import Refused
from lockgate.practices.migration.perform.sending.posting import post


class CountingOdoo:
    """Quants in places; applying a count takes it away, and who applied what is known."""

    def __init__(self, place_of, wrong=(), companies=1):
        self.place_of, self.wrong, self.companies = place_of, wrong, companies
        self.asked_as = defaultdict(set)
        self.waiting = set(place_of)
        self.threads_of = defaultdict(set)
        self.sizes = []
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

    def call(self, model, method, ids, context, **said):
        with self._lock:
            if set(ids) & set(self.wrong):
                raise Refused("Odoo refused it.", why="Nothing is counted so.", call=f"{model}.{method}")
            self.waiting.difference_update(ids)
            self.asked_as[self.company].update(self.company_of(one) for one in ids)
            self.sizes.append(len(ids))
            for one in ids:
                self.threads_of[self.place_of[one]].add(threading.get_ident())


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


def test_counts_are_applied_as_the_company_of_the_place():  # D6
    odoo = CountingOdoo({number: number % 4 for number in range(1, 301)}, companies=2)
    done = post(odoo, "stock.quant", "apply-inventory", sorted(odoo.place_of), lambda _: None, workers=2)
    assert (done.done, odoo.asked_as) == (300, {1: {1}, 2: {2}})


def test_nothing_to_do_is_done():
    assert post(CountingOdoo({}), "stock.quant", "apply-inventory", [], lambda _: None, workers=2).done == 0
