"""What the tests of loading share."""

import pytest

from lockgate.odoo.calls import budget


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch):
    """Wait as often as in life, but not as long."""
    monkeypatch.setattr(budget, "FIRST_WAIT_SECONDS", 0.001)
