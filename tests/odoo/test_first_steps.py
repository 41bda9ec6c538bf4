"""Is the example that newcomers see first true?"""

import importlib.util
from dataclasses import asdict
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "first_steps.py"


@pytest.fixture
def first_steps(fresh, monkeypatch):
    """The example, on a fresh database."""
    found = importlib.util.spec_from_file_location("first_steps", EXAMPLE)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    monkeypatch.setattr(module, "running_lab", lambda: asdict(fresh))
    return module


def test_the_first_run_creates_what_the_second_finds_unchanged(first_steps, fresh, capsys):
    assert (first_steps.main(), first_steps.main()) == (0, 0)
    said = capsys.readouterr().out.splitlines()
    reject = "        row 3 is not in Odoo: No matching record found for external id 'base.atlantis' in field 'Country'"
    assert [line for line in said if line.startswith(("Conn", "Loaded", "   "))] == [
        "Connected to Odoo 19.0 as admin, by json2.",
        "Loaded: 2 created, 0 updated, 0 unchanged.",
        reject,
        "Connected to Odoo 19.0 as admin, by json2.",
        "Loaded: 0 created, 0 updated, 2 unchanged.",
        reject,
    ]
    assert said[-2] == f"See for yourself: {fresh.url}/web?db={fresh.database}"
