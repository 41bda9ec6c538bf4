"""Odoo goes away in the middle of a load and comes back: does the load go on, losing and doubling nothing? (T4)"""

import threading
import time

import pytest

from faults.partners import COLUMNS, Partners, client_of
from faults.proxy import Fault, FaultProxy
from lockgate.odoo.errors import Unreachable
from lockgate.odoo.journal import Journal
from lockgate.odoo.loading import LoadStopped, load

LOAD = "res.partner/load"
AWAY_SECONDS = 3
SOON_SECONDS = 60
"""So long after Odoo is well again, the load must be at its end."""


@pytest.mark.parametrize("moment", [Fault.THEN_WHEN_SENT, Fault.THEN_WHEN_ANSWERED], ids=["at-work", "between"])
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_load_waits_for_odoo_to_come_back_and_goes_on(lab, moment, end):
    partners = Partners(200)
    well = []

    def restart():
        getattr(lab, end)()
        time.sleep(AWAY_SECONDS)
        lab.start()
        well.append(time.monotonic())

    restarting = threading.Thread(target=restart)
    with FaultProxy(lab.url) as proxy:
        proxy.arm(moment, path=LOAD, nth=2, then=restarting.start)
        with client_of(lab, proxy.url, timeout_seconds=30) as client:
            result = load(client, "res.partner", COLUMNS, partners.data(), batch_rows=40, workers=2)
            retries = result.retries + client.stats.retries
    ended = time.monotonic()
    restarting.join()
    with client_of(lab) as client:
        assert partners.in_odoo(client) == (200, 200)
    assert (result.created, result.updated, result.rejected, result.unknown) == (200, 0, (), ())
    assert retries > 0
    assert ended - well[0] < SOON_SECONDS


def test_a_load_that_may_not_wait_stops_and_the_next_run_finishes_it(lab, tmp_path):
    partners = Partners(100)
    with Journal(tmp_path / "run.journal") as journal:
        try:
            with FaultProxy(lab.url) as proxy:
                proxy.arm(Fault.THEN_WHEN_SENT, path=LOAD, nth=2, then=lab.kill)
                with (
                    client_of(lab, proxy.url, budget_seconds=8) as client,
                    pytest.raises(LoadStopped) as caught,
                ):
                    load(client, "res.partner", COLUMNS, partners.data(), batch_rows=20, workers=1, journal=journal)
        finally:
            lab.start()
        assert isinstance(caught.value.__cause__, Unreachable)
        assert caught.value.result.created == 20
        assert [reject.row for reject in caught.value.result.unknown] == list(range(21, 41))
        with client_of(lab) as client:
            result = load(client, "res.partner", COLUMNS, partners.data(), batch_rows=20, workers=1, journal=journal)
            assert partners.in_odoo(client) == (100, 100)
    assert (result.created, result.updated) == (100, 0)
