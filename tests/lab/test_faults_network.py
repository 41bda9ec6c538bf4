"""Spoil the way to Odoo in every manner: does it end in time, for certain or in words of its own? (T3, T5)"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from faults.partners import COLUMNS, Partners, client_of
from faults.proxy import Fault, FaultProxy
from lockgate.odoo.errors import NotJson, TimedOut, Unreachable
from lockgate.odoo.journal import Journal
from lockgate.odoo.loading import LoadStopped, load

LOAD = "res.partner/load"
LOOK_UP = "ir.model.data/formatted_read_group"
SLOW_SECONDS = 3.0
"""Longer than a call of these tests takes, shorter than anyone wants to wait."""


@pytest.fixture
def proxy(lab):
    warm_up(lab)
    with FaultProxy(lab.url) as between:
        yield between


def warm_up(lab):
    """Let every worker of Odoo load the database: a first answer takes longer than these tests wait."""
    with client_of(lab) as client, ThreadPoolExecutor(4) as together:
        list(together.map(lambda _: client.search_count("res.partner"), range(8)))


def loaded(lab, proxy, partners, journal=None, **options):
    with client_of(lab, proxy.url, timeout_seconds=SLOW_SECONDS) as client:
        return load(
            client, "res.partner", COLUMNS, partners.data(), batch_rows=20, workers=1, journal=journal, **options
        )


def assert_each_once(lab, partners):
    with client_of(lab) as client:
        assert partners.in_odoo(client) == (partners.rows, partners.rows)


@pytest.mark.parametrize("path", [LOAD, LOOK_UP])
@pytest.mark.parametrize(
    ("fault", "options"),
    [
        (Fault.RESET, {}),
        (Fault.CUT_REQUEST, {"after_bytes": 100}),
        (Fault.CUT_ANSWER, {}),
        (Fault.CUT_IN_ANSWER, {}),
        (Fault.HALF_OPEN, {}),
        (Fault.STALL, {}),
        (Fault.STALL_ANSWER, {}),
        (Fault.TRICKLE, {}),
        (Fault.DELAY, {"seconds": 0.5}),
        (Fault.STATUS, {"status": 502}),
        (Fault.STATUS, {"status": 503}),
        (Fault.STATUS, {"status": 504}),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else str(value.get("status", "")),
)
def test_one_spoiled_request_loses_and_doubles_nothing(lab, proxy, path, fault, options):
    partners = Partners(60)
    proxy.arm(fault, path=path, nth=2, **options)
    begun = time.monotonic()
    result = loaded(lab, proxy, partners)
    assert (result.created, result.updated, result.rejected, result.unknown) == (60, 0, (), ())
    assert len(proxy.spoiled) == 1
    assert time.monotonic() - begun < SLOW_SECONDS + 15
    assert_each_once(lab, partners)


def test_an_answer_lost_after_the_commit_is_found_and_not_sent_again(lab, proxy):
    partners = Partners(60)
    proxy.arm(Fault.CUT_ANSWER, path=LOAD, times=3)
    result = loaded(lab, proxy, partners)
    assert (result.created, result.retries, sum(LOAD in path for path in proxy.seen)) == (60, 3, 3)
    assert_each_once(lab, partners)


def test_a_login_page_stops_the_load_with_its_own_words_and_the_next_run_finishes_it(lab, proxy, tmp_path):
    partners = Partners(60)
    proxy.arm(Fault.LOGIN_PAGE, path=LOAD, nth=2)
    with Journal(tmp_path / "run.journal") as journal:
        with pytest.raises(LoadStopped) as caught:
            loaded(lab, proxy, partners, journal)
        stopped = caught.value
        assert isinstance(stopped.__cause__, NotJson)
        assert [reject.row for reject in stopped.result.unknown] == list(range(21, 41))
        assert stopped.result.rejected == ()
        result = loaded(lab, proxy, partners, journal)
    assert (result.created, result.updated) == (60, 0)
    assert_each_once(lab, partners)


def test_a_load_goes_on_by_itself_when_connections_are_refused_for_a_while(lab, proxy):
    partners = Partners(60)
    told = threading.Event()

    def away_for_a_while():
        told.wait()
        proxy.refuse()
        time.sleep(2)
        proxy.listen()

    absence = threading.Thread(target=away_for_a_while)
    absence.start()
    result = loaded(lab, proxy, partners, on_progress=lambda progress: told.set())
    absence.join()
    assert (result.created, result.unknown) == (60, ())
    assert_each_once(lab, partners)


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault.RESET, Unreachable, "The connection to {host} was cut."),
        (Fault.STALL, TimedOut, "{host} gave no whole answer within 1 s."),
        (Fault.LOGIN_PAGE, NotJson, "What answered (status 200) is not Odoo's API."),
        (Fault.STATUS, Unreachable, "The server answered 502."),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
def test_each_fault_has_its_own_words(lab, proxy, fault, kind, words):
    proxy.arm(fault, path=LOAD)
    with client_of(lab, proxy.url, timeout_seconds=1) as client, pytest.raises(kind) as caught:
        client.call("res.partner", "load", fields=["id"], data=[])
    assert caught.value.what == words.format(host=proxy.url)
