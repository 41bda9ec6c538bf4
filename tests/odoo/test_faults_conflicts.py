"""Several write the same records at the same time: do all come to their end, and is nothing booked twice? (T6)"""

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from faults.partners import COLUMNS, Partners, client_of
from faults.proxy import Fault, FaultProxy
from lockgate.odoo.loading import load

LOAD = "res.partner/load"


class OpenTransaction:
    """The partners move to Ghent, straight in PostgreSQL, and that is not yet committed."""

    def __init__(self, lab, partners):
        self._psql = subprocess.Popen(
            lab.psql(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._say(f"\\set tag {partners.tag}")
        self._say("BEGIN; UPDATE res_partner SET city = 'Ghent' WHERE ref = :'tag';")
        self._say("\\echo changed")
        assert self._psql.stdout.readline() == "changed\n"

    def _say(self, words):
        self._psql.stdin.write(words + "\n")
        self._psql.stdin.flush()

    def commit(self):
        self._say("COMMIT;")
        self._psql.communicate(timeout=30)


def cities(lab, partners):
    with client_of(lab) as client:
        found = client.search_read("res.partner", [["ref", "=", partners.tag]], ["name", "city"])
    return {(record["name"].split()[0], record["city"]) for record in found}


@pytest.mark.parametrize("batch_rows", [10, 100])
def test_a_load_that_meets_another_change_of_its_records_waits_and_repeats(lab, batch_rows):
    partners = Partners(50)
    with FaultProxy(lab.url) as proxy, client_of(lab, proxy.url) as client:
        assert load(client, "res.partner", COLUMNS, partners.data("Old")).created == 50
        other = OpenTransaction(lab, partners)
        proxy.arm(Fault.THEN_WHEN_SENT, path=LOAD, then=threading.Timer(2, other.commit).start)
        result = load(client, "res.partner", COLUMNS, partners.data("New"), batch_rows=batch_rows, workers=1)
    assert (result.created, result.updated, result.rejected, result.unknown) == (0, 50, (), ())
    assert result.retries > 0, "they never met"
    assert cities(lab, partners) == {("New", "Ghent")}


def test_loads_of_the_same_rows_side_by_side_end_with_each_record_once(lab):
    partners = Partners(120)
    ways = [partners.data("First"), partners.data("Second")[::-1], partners.data("Third")]

    def one(rows):
        with client_of(lab) as client:
            return load(client, "res.partner", COLUMNS, rows, batch_rows=30, workers=2)

    with ThreadPoolExecutor(3) as together:
        results = list(together.map(one, ways))
    for result in results:
        assert (result.rows, result.rejected, result.unknown) == (120, (), ())
    with client_of(lab) as client:
        assert partners.in_odoo(client) == (120, 120)
    assert sum(result.created for result in results) >= 120
