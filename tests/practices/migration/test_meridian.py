"""The whole migration of the sample, from what three old systems give to an Odoo that reconciles, ties and works.

Then all of it again, on the Odoo as it stands: nothing that is there and the same is sent a second time.
"""

import pytest

from lockgate.lab.places import LAB_VARIABLE
from support.live import TEST_LAB
from support.meridian_lab import workspace
from support.on_odoo import OnOdoo

pytestmark = pytest.mark.long

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


def test_the_sample_reconciles_and_ties_what_is_there_is_not_sent_again_and_work_goes_through(meridian):
    whole = rehearsed(meridian)

    assert whole["load"].endswith(" 0 of them refused by Odoo.")
    assert whole["reconcile"] == "0 missing, 0 extra, 0 different, 0 unexplained."
    assert whole["tie-out"] == "29 of 29 figures tie."

    again = rehearsed(meridian, "--deltas")

    assert again["template"].startswith("0 written, 0 archived")
    assert {step: again[step] for step in ("load", "reconcile", "tie-out")} == {
        step: whole[step] for step in ("load", "reconcile", "tie-out")
    }

    tried = meridian.say("migrate", "behave", "--copy", "--instance", "build", "--scope", "wave:germany")

    assert [one["failed"] for one in tried["checks"]] == [[]] * 10
    assert sum(one["samples"] for one in tried["checks"]) > 50


def rehearsed(meridian, *words):
    """Rehearse the whole but for the work; return what each step said, all of which went well."""
    came = meridian.say(
        "migrate", "rehearse", "--without", "behave", "--instance", "build", "--scope", "wave:germany", *words
    )
    assert [one for one in came["steps"] if one["state"] not in {"done", "not-needed", "skipped"}] == []
    return {one["step"]: one["says"] for one in came["steps"]}
