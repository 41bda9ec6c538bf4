"""The whole migration of the sample, from what three old systems give to an Odoo that reconciles, ties and works.

Then all of it again, on the Odoo as it stands: nothing that is there and the same is sent a second time.
"""

import re

import pytest

from lockgate.lab.places import LAB_VARIABLE
from support.live import TEST_LAB
from support.meridian_lab import workspace
from support.on_odoo import OnOdoo

SCALE = "0.02"


@pytest.fixture(scope="module")
def country(lab, meridian_lab):
    """A copy of the Odoo that the template has set up."""
    with lab.clone(meridian_lab.database) as made:
        yield made


@pytest.fixture
def meridian(country, lab, tmp_path, lockgate, monkeypatch):
    """The programme of the sample, with a small part of its extracts."""
    monkeypatch.delenv("LOCKGATE_DATABASE_URL", raising=False)
    monkeypatch.setenv("BUILD_KEY", country.api_key)
    monkeypatch.setenv("LOCKGATE_PERSON", "jonas")
    monkeypatch.setenv("LOCKGATE_EXTRACTS", str(tmp_path / "extracts"))
    monkeypatch.setenv(LAB_VARIABLE, TEST_LAB)
    monkeypatch.setenv("XDG_DATA_HOME", str(lab.places.data.parents[1]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(lab.places.cache.parents[1]))
    workspace(tmp_path / "meridian", country.url, country.database)
    monkeypatch.chdir(tmp_path / "meridian")
    assert (
        lockgate("sample", "meridian", "--scale", SCALE, "--seed", "7", "--out", str(tmp_path / "extracts")).code == 0
    )
    return OnOdoo(tmp_path / "meridian", lockgate)


def test_the_sample_reconciles_ties_and_works_and_what_is_there_is_not_sent_again(meridian):
    whole = rehearsed(meridian)

    assert whole["load"].endswith(" 0 of them refused by Odoo.")
    assert whole["reconcile"] == "0 missing, 0 extra, 0 different, 0 unexplained."
    assert whole["tie-out"] == "29 of 29 figures tie."
    assert re.fullmatch(r"(\d\d) of \1 samples went through, in 10 checks\.", whole["behave"])

    again = rehearsed(meridian, "--deltas", "--without", "behave")

    assert again["template"].startswith("0 written, 0 archived")
    assert again["load"] == whole["load"]
    assert again["reconcile"] == whole["reconcile"]


def rehearsed(meridian, *words):
    """Rehearse the whole; return what each step said, none of which may have failed."""
    came = meridian.say("migrate", "rehearse", "--instance", "build", "--scope", "wave:germany", *words)
    assert [one for one in came["steps"] if one["state"] == "failed"] == []
    assert (came["failed_steps"], came["code"]) == (0, 0)
    return {one["step"]: one["says"] for one in came["steps"]}
