"""Does a worker read, put right, load and compare as the verbs do, and stop when it is not wanted? On a real Odoo."""

import pytest

from lockgate.kernel.errors import UsageError
from lockgate.kernel.verb import Stopped
from lockgate.practices.migration.perform import runs
from support.doing import Doing


def test_what_a_worker_brings_is_what_the_verbs_bring(programme, odoo):
    read = runs.profile(Doing(programme.folder, "example-sponsor"))
    assert (read.ok, read.facts, len(read.evidence)) == (True, {"round": 1, "rows": 17, "errors": 2, "unread": 0}, 7)
    right = runs.cleanse(Doing(programme.folder, "example-sponsor"))
    assert (right.ok, right.facts) == (True, {"round": 1, "changes": 2, "errors": 2})
    ready = runs.preflight(Doing(programme.folder, "example-sponsor"))
    assert (ready.ok, ready.facts) == (True, {"round": 1, "rows": 7, "faults": 0})
    work = Doing(programme.folder, "example-sponsor")

    loaded = runs.load(work, round="1")

    assert (loaded.ok, loaded.facts) == (False, {"round": 1, "loaded": 7, "rejected": 3, "refused": 0})
    assert work.lines == ["Loading customer", "Loading item", "Loading order", "Confirm order"]
    assert work.told[-1] == (2, 2, "records")
    same = runs.reconcile(Doing(programme.folder, "example-sponsor"))
    assert (same.ok, same.facts) == (
        True,
        {"round": 1, "missing": 0, "extra": 0, "different": 0, "unexplained": 0},
    )
    assert programme.say("load")["domains"][0]["loaded"] == 3


def test_a_load_that_somebody_cancels_stops_there_and_goes_on_when_it_is_resumed(programme, odoo):
    runs.profile(Doing(programme.folder, "example-sponsor"))
    runs.cleanse(Doing(programme.folder, "example-sponsor"))
    with pytest.raises(Stopped):
        runs.load(Doing(programme.folder, "example-sponsor", stop_at=1))

    again = runs.load(Doing(programme.folder, "example-sponsor"))

    assert again.facts == {"round": 1, "loaded": 7, "rejected": 3, "refused": 0}


def test_what_is_no_number_is_told_before_anything_is_done(programme):
    with pytest.raises(UsageError, match="'two' is no number for `round`"):
        runs.profile(Doing(programme.folder, "example-sponsor"), round="two")
