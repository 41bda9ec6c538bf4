import threading

import pytest

from lockgate.kernel.instance import Role
from lockgate.odoo.calls.call import Call
from lockgate.odoo.calls.connection import PATIENCE_SECONDS
from lockgate.odoo.errors import BadCall, Concurrency, Refused, TimedOut, Unreachable, WriteRefused


def test_a_call_brings_back_its_result_and_is_counted(client):
    odoo, transport = client(["a"])
    assert odoo.call("res.partner", "read", [1], fields=["name"]) == ["a"]
    assert transport.sent == [(Call("res.partner", "read", (1,), {"fields": ["name"]}), 60.0)]
    assert (odoo.stats.calls, odoo.stats.retries) == (1, 0)


def test_a_conflict_is_tried_again_and_counted(client):
    odoo, transport = client(Concurrency("x"), Concurrency("x"), "done")
    assert odoo.call("res.partner", "write", [1], vals={}) == "done"
    assert (len(transport.sent), odoo.stats.calls, odoo.stats.retries) == (3, 1, 2)


def test_a_write_whose_answer_was_lost_is_not_sent_again(client):
    odoo, transport = client(Unreachable("x", sent=True))
    with pytest.raises(Unreachable):
        odoo.call("res.partner", "write", [1], vals={})
    assert len(transport.sent) == 1


def test_a_write_whose_answer_was_lost_is_sent_again_when_the_caller_says_it_is_harmless(client):
    odoo, transport = client(Unreachable("x", sent=True), "done")
    assert odoo.send(Call("res.partner", "write", (1,), {"vals": {}}), repeatable=True) == "done"
    assert len(transport.sent) == 2


def test_a_refusal_is_told_at_once_with_its_call(client, watch):
    odoo, transport = client(Refused("No."))
    with pytest.raises(Refused) as error:
        odoo.call("res.partner", "write", [1], vals={})
    assert (error.value.call, len(transport.sent), watch.now) == ("res.partner.write", 1, 0.0)


def test_an_odoo_that_stays_away_is_given_up_when_patience_ends(client, watch):
    odoo, transport = client(*[Unreachable("gone") for _ in range(100)])
    with pytest.raises(Unreachable):
        odoo.search("res.partner")
    assert PATIENCE_SECONDS - 9 < watch.now <= PATIENCE_SECONDS
    assert odoo.stats.retries == len(transport.sent) - 1


def test_a_run_with_a_budget_is_patient_to_its_end(client, watch):
    odoo, _ = client(*[Unreachable("gone") for _ in range(500)], seconds=1000)
    with pytest.raises(Unreachable):
        odoo.search("res.partner")
    assert 991 < watch.now <= 1000


def test_a_call_gets_no_more_time_than_the_run_has_left(client, watch):
    odoo, transport = client(seconds=100)
    odoo.search("res.partner")
    watch.sleep(70)
    odoo.search("res.partner")
    assert [timeout for _, timeout in transport.sent] == [60.0, 30.0]


def test_a_call_may_have_a_time_of_its_own(client):
    odoo, transport = client()
    odoo.send(Call("res.partner", "search"), timeout=5)
    assert transport.sent[0][1] == 5


def test_nothing_is_sent_when_the_time_of_the_run_is_used_up(client, watch):
    odoo, transport = client(seconds=100)
    watch.sleep(100)
    with pytest.raises(TimedOut) as error:
        odoo.search("res.partner")
    assert (error.value.sent, transport.sent) == (False, [])


@pytest.mark.parametrize(
    ("options", "kind"),
    [({"read_only": True}, WriteRefused), ({"role": Role.PRODUCTION}, WriteRefused), ({}, BadCall)],
)
def test_what_must_not_be_sent_is_not_sent(client, options, kind):
    odoo, transport = client(**options)
    with pytest.raises(kind):
        odoo.write("res.partner", [] if kind is BadCall else [1], {"name": "x"})
    assert (transport.sent, odoo.stats.calls) == ([], 0)


def test_threads_are_counted_without_loss(client):
    odoo, _ = client()
    threads = [threading.Thread(target=lambda: [odoo.search("res.partner") for _ in range(200)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert odoo.stats.calls == 800
