"""Tests of sources have a round of their own."""

import pytest

from support.staging import Round


@pytest.fixture
def round_(tmp_path) -> Round:
    return Round(tmp_path)
