import pytest

from support.registers import World


@pytest.fixture
def world():
    return World()
