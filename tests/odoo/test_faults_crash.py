"""Kill the loader at every boundary of a batch: is nothing lost, nothing doubled, and little done twice? (kind T1)"""

import pytest

from faults import loader
from faults.partners import COLUMNS, Partners, client_of
from faults.proxy import Fault, FaultProxy
from lockgate.odoo.journal import Journal
from lockgate.odoo.loading import faultpoints, load
from lockgate.odoo.loading.faultpoints import Point

LOAD = "res.partner/load"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run.journal"


def resume(lab, partners, path):
    """Load the rest; return what came of it and how many calls of `load` that took."""
    with FaultProxy(lab.url) as proxy, client_of(lab, proxy.url) as client, Journal(path) as journal:
        result = load(client, "res.partner", COLUMNS, partners.data(), batch_rows=20, workers=1, journal=journal)
        return result, sum(LOAD in seen for seen in proxy.seen)


@pytest.mark.parametrize(
    ("point", "batch", "calls_left"),
    [
        (Point.PLANNED, 1, 3),  # later batches are planned while the first is on its way
        (Point.MARKED, 2, 2),
        (Point.ANSWERED, 2, 1),  # the second batch is in Odoo: it is found, not sent
        (Point.READ_BACK, 2, 1),
        (Point.SETTLED, 2, 1),
    ],
)
def test_a_loader_killed_at_a_boundary_loses_and_doubles_nothing(lab, path, point, batch, calls_left):
    partners = Partners(60)
    code, _, _ = loader.ended(loader.start(lab, partners, path, die=[point, batch]))
    assert code == -9
    result, calls = resume(lab, partners, path)
    with client_of(lab) as client:
        assert partners.in_odoo(client) == (60, 60)
    assert (result.created, result.updated, result.rows, calls) == (60, 0, 60, calls_left)


@pytest.mark.parametrize("fault", [Fault.THEN_WHEN_SENT, Fault.THEN_WHEN_ANSWERED])
def test_a_loader_killed_while_odoo_works_or_has_answered_loses_and_doubles_nothing(lab, path, fault):
    partners = Partners(60)
    with FaultProxy(lab.url) as proxy:
        child = loader.start(lab, partners, path, url=proxy.url)
        proxy.arm(fault, path=LOAD, nth=2, then=child.kill)
        code, _, _ = loader.ended(child)
    assert code == -9
    result, calls = resume(lab, partners, path)
    with client_of(lab) as client:
        assert partners.in_odoo(client) == (60, 60)
    assert (result.created, result.updated) == (60, 0)
    assert calls <= 2


def test_every_fault_point_is_one_that_a_batch_comes_to(lab, monkeypatch):
    reached = []
    monkeypatch.setattr(faultpoints, "on_reach", reached.append)
    with client_of(lab) as client:
        load(client, "res.partner", COLUMNS, Partners(1).data())
    assert reached == list(Point)
