"""What the tests of the generator share: one set of extracts at the smallest scale."""

import pytest

from support.extracts import extracts


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    return extracts(tmp_path_factory.mktemp("sample"))
