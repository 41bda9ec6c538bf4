"""What is read before anybody asks, and what is not waited for meanwhile? W1 and W2 of warming, C2 of waiting."""

import pytest

from support.recorded import measured, record


@pytest.fixture(autouse=True)
def _as_before():
    """Let garbage be looked for as before in the tests that follow."""
    import gc

    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_after_reading_ahead_gates_records_and_evidence_are_there(programme):  # W1
    from lockgate.programme.server import live
    from lockgate.tower.evidence.briefs import briefs_of
    from lockgate.tower.warming import begin

    record(programme, measured())

    begin().join()

    assert briefs_of(live().place.ledger).head == live().place.ledger.head()
    assert live().states()[0] is live().states()[0]


def test_a_workspace_with_findings_stops_nothing_and_what_can_be_read_is(programme):  # W2
    from lockgate.programme.server import live
    from lockgate.tower.evidence.briefs import briefs_of
    from lockgate.tower.warming import read_ahead

    record(programme, measured())
    (programme / "programme" / "sites.yaml").write_text("sites: [{key: 7}]", encoding="utf-8")

    read_ahead()

    assert briefs_of(live().place.ledger).head == live().place.ledger.head()


def test_while_all_gates_are_read_for_the_first_time_nothing_that_waits_is_counted(programme):  # C2
    from lockgate.faces.web.viewer import Held, Viewer
    from lockgate.programme.server import live
    from lockgate.tower.tasks.waiting import count

    elise = Viewer("elise", "Elise", (Held("site-lead"),))
    reading = live()._now()._board_lock

    with reading:
        assert (live().reading, count(elise)) == (True, 0)

    assert (live().reading, count(elise) > 0) == (False, True)


def test_while_the_ledger_is_read_for_the_first_time_its_pages_say_so_and_others_are_there(programme, browser_of):  # B3
    from lockgate.programme.server import live
    from lockgate.tower.evidence.briefs import briefs_of

    record(programme, measured())
    bart = browser_of("bart")

    with briefs_of(live().place.ledger)._lock:  # held as by the thread that reads
        others = [bart.get(path).status_code for path in ("/", "/gate/", "/register/", "/task/", "/notice/", "/help/")]
        page, told, found = bart.get("/evidence/"), bart.get("/api/evidence"), bart.get("/search/results/?q=a")

    assert others == [200] * 6
    assert (page.status_code, page["Retry-After"], told.status_code) == (503, "10", 503)
    why = f"The server has just begun: it has read 0 of {live().place.ledger.head().number} records."
    assert told.json()["error"]["why"] == why
    assert (why in page.content.decode(), why in found.content.decode(), found.status_code) == (True, True, 200)
    assert bart.get("/evidence/").status_code == 200
