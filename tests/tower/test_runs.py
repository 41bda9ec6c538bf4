"""The queue of long work: who takes what, who loses it, and what is asked for by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.kernel.verb import Lost, Outcome, Stopped

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=31)
"""After the lease of a worker that was last heard of at NOW."""


@pytest.fixture
def queue():
    from lockgate.tower.runs import queue

    return queue


@pytest.fixture
def ask(queue):
    return lambda verb="ledger.verify", **more: queue.ask(verb, {}, by="bart", moment=NOW, **more)


def test_what_waits_longest_is_taken_first_and_by_one_worker_only(queue, ask):  # Q1
    first, second = ask(), ask()

    taken = [queue.take(worker, NOW) for worker in ("one", "two", "three")]

    assert [(run.pk, run.worker) for _, run in taken[:2]] == [(first.pk, "one"), (second.pk, "two")]
    assert taken[2] is None


def test_a_worker_that_is_heard_of_keeps_its_run(queue, ask):  # Q2
    ask()
    grip, _ = queue.take("one", NOW)

    queue.heard(grip, NOW + timedelta(seconds=29))

    assert queue.take("two", LATER) is None


def test_a_worker_that_is_not_heard_of_loses_its_run_with_what_it_kept(queue, ask):  # Q2
    asked = ask()
    grip, _ = queue.take("one", NOW)
    queue.keep(grip, {"at": 7})

    _, run = queue.take("two", LATER)

    assert (run.pk, run.worker, run.kept, run.died, run.began_at) == (asked.pk, "two", {"at": 7}, 1, NOW)


def test_who_has_lost_a_run_writes_nothing_to_it(queue, ask):  # Q3
    asked = ask()
    old, _ = queue.take("one", NOW)
    new, _ = queue.take("two", LATER)

    for write in (
        lambda: queue.heard(old, LATER, done=99),
        lambda: queue.keep(old, {"at": 99}),
        lambda: queue.say(old, [(LATER, "I am still here")]),
        lambda: queue.end(old, Outcome(ok=True, says="mine"), LATER),
        lambda: queue.fail(old, "mine", LATER),
    ):
        with pytest.raises(Lost):
            write()
    queue.give_back(old)
    queue.end(new, Outcome(ok=False, says="two says no", evidence=(3,)), LATER)

    asked.refresh_from_db()
    assert (asked.state, asked.says, asked.done, asked.kept, asked.evidence) == ("no", "two says no", 0, {}, [3])
    assert asked.lines.count() == 0


def test_a_run_that_four_workers_died_over_is_given_up(queue, ask):  # Q4
    asked = ask()
    moments = [NOW + number * timedelta(seconds=31) for number in range(5)]

    taken = [queue.take(f"worker {number}", moment) for number, moment in enumerate(moments)]

    asked.refresh_from_db()
    assert [bool(one) for one in taken] == [True, True, True, True, False]
    assert (asked.state, asked.says.partition(":")[0]) == ("failed", "Given up")


def test_a_run_that_nobody_has_begun_is_cancelled_at_once(queue, ask):  # Q5
    asked = ask()

    queue.cancel(asked.pk, by="anna", moment=NOW)

    asked.refresh_from_db()
    assert (asked.state, asked.says, queue.take("one", NOW)) == (
        "cancelled",
        "anna cancelled it before it began.",
        None,
    )


def test_a_run_under_way_learns_at_its_next_word_that_it_is_not_wanted(queue, ask):  # Q5
    asked = ask()
    grip, _ = queue.take("one", NOW)

    queue.cancel(asked.pk, by="anna", moment=NOW)

    with pytest.raises(Stopped, match="anna cancelled it"):
        queue.heard(grip, NOW)


def test_a_run_that_is_over_can_t_be_cancelled(queue, ask):
    asked = ask()
    grip, _ = queue.take("one", NOW)
    queue.end(grip, Outcome(ok=True, says="whole"), NOW)

    with pytest.raises(RefusedError):
        queue.cancel(asked.pk, by="anna", moment=NOW)


def test_what_is_resumed_goes_on_from_what_was_kept(queue, ask):
    asked = ask()
    grip, _ = queue.take("one", NOW)
    queue.keep(grip, {"at": 7})
    queue.fail(grip, "Odoo is away", NOW)
    asked.refresh_from_db()

    again = queue.resume(asked, by="anna", moment=LATER)

    assert (again.verb, again.asked_by, again.resumes, again.kept) == ("ledger.verify", "anna", asked, {"at": 7})


def test_a_run_that_succeeded_is_not_taken_up_again(queue, ask):
    asked = ask()
    grip, _ = queue.take("one", NOW)
    queue.end(grip, Outcome(ok=True, says="whole"), NOW)
    asked.refresh_from_db()

    with pytest.raises(UsageError):
        queue.resume(asked, by="anna", moment=LATER)


def test_a_moment_of_a_schedule_is_asked_for_once(queue, ask):  # S1
    first = ask(schedule="nightly", due_at=NOW)
    second = ask(schedule="nightly", due_at=NOW)
    third = ask(schedule="nightly", due_at=LATER)

    assert (first is None, second is None, third is None) == (False, True, False)


SCHEDULES = """\
schedules:
  - {key: nightly, title: Verify the ledger, verb: ledger.verify, when: "30 2 * * *"}
  - {key: warnings, title: Early warnings, verb: register.signals, when: "0 */2 * * *", calendar: belgium}
"""


def test_schedules_ask_for_the_newest_moment_that_passed_in_working_time(programme):  # S2, S3, S4
    from lockgate.tower.runs.models import Run
    from lockgate.tower.runs.schedules import ask_what_is_due
    from lockgate.tower.server import live

    (programme / "programme" / "schedules.yaml").write_text(SCHEDULES)
    workspace = live().workspace()
    assert workspace.findings == ()
    night = datetime(2026, 3, 11, 1, 31, tzinfo=UTC)  # 02:31 in Brussels

    looks = [NOW, night, night, night + timedelta(hours=9), night + timedelta(days=5)]
    asked = [[(run.schedule, run.due_at) for run in ask_what_is_due(workspace, moment)] for moment in looks]

    assert asked == [
        [],
        [("nightly", night.replace(minute=30))],
        [],
        [],  # the first look at the warnings begins then; its moments before are not made up for
        [("nightly", datetime(2026, 3, 16, 1, 30, tzinfo=UTC))],
    ]
    assert Run.objects.count() == 2


def test_a_schedule_that_can_t_be_read_is_a_finding_at_its_place(programme):
    from lockgate.tower.server import live

    path = programme / "programme" / "schedules.yaml"
    path.write_text('schedules:\n  - {key: odd, title: Odd, verb: ledger.verify, when: "99 * * * *"}\n')

    [finding] = live().workspace().findings

    assert str(finding.at) == "programme/schedules.yaml:2:55"
    assert finding.hint == "Five parts: minute, hour, day, month, weekday, like 30 6 * * 1-5."


def test_pages_and_the_api_show_start_cancel_and_resume_runs(programme, browser_of):
    from lockgate.tower.runs.models import Run
    from lockgate.tower.runs.worker import Worker
    from lockgate.tower.server import live

    bart = browser_of("bart")
    started = bart.post("/run/start/", {"verb": "ledger.verify"})
    other = bart.post("/api/run", {"verb": "gate.sweep"}, content_type="application/json").json()
    bart.post(f"/run/{other['run']}/cancel/")
    again = bart.post(f"/api/run/{other['run']}/resume").json()
    Worker(live()).work(until_idle=True)

    assert started.status_code == 302
    listed = [(one["verb"], one["state"], one["asked_by"], one["resumes"]) for one in bart.get("/api/run").json()]
    assert listed == [
        ("gate.sweep", "done", "bart", other["run"]),
        ("gate.sweep", "cancelled", "bart", None),
        ("ledger.verify", "done", "bart", None),
    ]
    page = bart.get(f"/run/{again['run']}/").content.decode()
    assert "62 closed; 0 criteria are stale." in page
    assert [record.payload["verb"] for record in live().place.ledger.records(kinds=("run.ended",))] == [
        "ledger.verify",
        "gate.sweep",
    ]
    assert Run.objects.filter(state="done").count() == 2


def test_somebody_of_one_site_starts_and_sees_no_runs(programme, browser_of):
    daan = browser_of("daan")

    answers = [daan.get("/run/"), daan.post("/run/start/", {"verb": "ledger.verify"}), daan.get("/api/run")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_a_list_of_one_and_of_three_runs_asks_the_database_as_often(programme, browser_of, ask):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bart = browser_of("bart")
    bart.get("/run/")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            ask()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            bart.get("/run/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_workspace_that_can_t_be_read_stops_no_worker(programme, queue):
    from lockgate.tower.runs.worker import Worker
    from lockgate.tower.server import live

    (programme / "programme" / "schedules.yaml").write_text(SCHEDULES)
    (programme / "lockgate.toml").write_text("[programme")
    asked = queue.ask("gate.sweep", {}, by="bart", moment=datetime.now(UTC))

    count = Worker(live()).work(until_idle=True)

    asked.refresh_from_db()
    assert (count, asked.state) == (1, "failed")
    assert "findings" in asked.says.splitlines()[0]


def test_a_ledger_that_takes_nothing_stops_no_worker_and_what_came_of_a_run_is_kept(programme, queue):
    import sqlite3

    from lockgate.tower.runs.worker import Worker
    from lockgate.tower.server import live

    queue.ask("ledger.verify", {}, by="bart", moment=datetime.now(UTC))
    Worker(live()).work(until_idle=True)
    with sqlite3.connect(programme / ".lockgate" / "ledger.db") as other:
        other.execute("create trigger refuse before insert on ledger_record begin select raise(abort, 'full'); end")
    other.close()
    asked = queue.ask("ledger.verify", {}, by="bart", moment=datetime.now(UTC))

    count = Worker(live()).work(until_idle=True)

    asked.refresh_from_db()
    assert (count, asked.state) == (1, "done")
    assert live().place.ledger.head().number == 2
