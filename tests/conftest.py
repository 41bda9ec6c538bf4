"""How thorough are tests of properties, and which tests begin first?

Properties are tried quickly as a rule; `--hypothesis-profile=thorough` looks much longer.
"""

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("support")  # so that what a helper asserts is told in full too

settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first; all others stay in the order that chance gave them."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
