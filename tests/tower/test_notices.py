"""Notices on their page, over the API and by mail: everybody hears of what is theirs, once, and of nothing else."""

import asyncio
import re
import shutil
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.test.utils import CaptureQueriesContext, override_settings

from lockgate.kernel.evidence import Evidence, Verdict
from lockgate.kernel.scope import Scope
from lockgate.ledger import open_ledger
from support.recorded import happen

FILES = {
    "lockgate.toml": """
[programme]
name = "Meridian"
playbooks = ["distribution-governance"]
currency = "EUR"
time_zone = "Europe/Brussels"
""",
    "programme/sites.yaml": """
sites:
  - { key: ghent, name: Ghent, kind: warehouse, capabilities: [Sales] }
  - { key: liege, name: Liège, kind: warehouse, capabilities: [Sales] }
""",
    "programme/people.yaml": """
roles: [{ key: board, title: Board }]
people:
  - { key: ann, roles: [{ role: board }] }
  - { key: noor, roles: [{ role: test-lead }] }
  - { key: daan, roles: [{ role: test-lead, sites: [ghent] }] }
""",
    "programme/gates.yaml": """
gates:
  - key: warehouse-works
    stage: testing
    scope: site
    title: The warehouse <script>can</script> work
    decides: { role: board, quorum: 1 }
    guards: [production]
    criteria:
      - key: orders-ship
        title: Orders are shipped
        owner: test-lead
        why: It stands still else
        do: lockgate test run --site {site}
        evidence: { kind: scenario.run }
        require: [failed = 0]
""",
}
MORNING = datetime(2026, 3, 10, 8, tzinfo=UTC)
"""Nine in Brussels."""


@pytest.fixture
def failed(programme):
    """A programme in which what was measured at Ghent and Liège says no."""
    shutil.rmtree(programme)
    for path, text in FILES.items():
        (programme / path).parent.mkdir(parents=True, exist_ok=True)
        (programme / path).write_text(text)
    (programme / ".lockgate").mkdir()
    measure(programme, "ghent", failed=1)
    measure(programme, "liege", failed=2)
    return programme


def measure(programme, site, failed):
    said = Evidence(
        "scenario.run", Scope.parse(f"site:{site}"), {"scenario": "otc-01"}, Verdict.SEEN,
        {"failed": failed}, {}, "test.run", datetime.now(UTC),
    )  # fmt: skip
    with open_ledger(programme / ".lockgate" / "ledger.db") as kept:
        kept.record_evidence(said)


def title(site, says):
    return f"The warehouse <script>can</script> work, {site}: {says}"


def heard(browser):
    answer = browser.get("/api/notice")
    assert answer.status_code == 200
    return [one["title"] for one in answer.json() if "warehouse-works" in one["url"]]


def send(moment=MORNING):
    from lockgate.tower.notices.mailing import send as send_all
    from lockgate.tower.server import live

    return send_all(live(), moment)


def test_page_and_api_tell_the_same_and_the_frame_counts_it(failed, browser_of):
    browser = browser_of("noor")
    notices = browser.get("/api/notice").json()
    page = browser.get("/notice/").content.decode()

    assert heard(browser) == [title(site, "Orders are shipped (unmet)") for site in ("Ghent", "Liège")]
    assert re.findall(r'<li><a href="([^"]+)">', page)[-len(notices) :] == [one["url"] for one in notices]
    assert "<script>can</script>" not in page
    assert "You are test-lead, who is to act." in page
    assert f">{len(notices)}</span>" in browser.get("/notice/count/").content.decode()


def test_nobody_hears_of_a_site_that_they_do_not_see(failed, browser_of):
    browser = browser_of("daan")

    assert heard(browser) == [title("Ghent", "Orders are shipped (unmet)")]
    assert "Liège" not in browser.get("/notice/").content.decode()


def test_a_gate_that_is_ready_is_told_to_whom_it_waits_for(failed, browser_of):
    measure(failed, "ghent", failed=0)

    assert heard(browser_of("ann")) == [title("Ghent", "is ready to be decided")]
    assert heard(browser_of("noor")) == [title("Liège", "Orders are shipped (unmet)")]


def test_a_gate_that_stands_as_before_is_told_to_who_was_given_the_role_meanwhile(failed, browser_of):  # K2
    from lockgate.tower.people.models import Account, Grant

    noor, ann = browser_of("noor"), browser_of("ann")
    theirs = heard(noor)
    before = heard(ann)
    now = datetime.now(UTC)
    given = {"person": "ann", "role": "test-lead", "scope": "site:ghent", "begins": now.isoformat(), "ends": ""}
    Grant.objects.create(account=Account.objects.get(person="ann"), role="test-lead", site="ghent", begins=now)
    happen(failed, "role.given", "noor", **given)

    assert (before, heard(ann)) == ([], [title("Ghent", "Orders are shipped (unmet)")])
    assert heard(noor) == theirs


def test_who_has_no_role_is_refused(failed, browser_of, client):
    stranger = browser_of("eve")
    assert [stranger.get(path).status_code for path in ("/notice/", "/notice/count/", "/api/notice")] == [403] * 3
    assert client.get("/notice/").status_code == 302


def test_a_run_that_failed_is_told_to_who_asked_and_a_schedule_s_to_administrators(failed, browser_of):  # N5, N6
    from lockgate.tower.runs.models import Run, State

    now = datetime.now(UTC)
    for by, schedule in (("ann", ""), ("schedule", "nightly")):
        Run.objects.create(
            verb="backup.make", asked_by=by, schedule=schedule, state=State.FAILED, ended_at=now, says="No room\nwhy"
        )
    Run.objects.create(verb="gate.sweep", asked_by="ann", state=State.FAILED, ended_at=now - timedelta(days=20))

    def runs(browser):
        return [(one["title"], one["why"]) for one in browser.get("/api/notice").json() if one["kind"] == "run"]

    assert runs(browser_of("ann")) == [("backup.make failed: No room", "You asked for it.")]
    assert runs(browser_of("ida", administrator=True)) == [
        ("backup.make failed: No room", "The schedule nightly asked for it.")
    ]
    assert runs(browser_of("noor")) == []


def test_the_page_of_one_and_of_three_runs_takes_as_many_queries(failed, browser_of):
    from django.db import connection

    from lockgate.tower.runs.models import Run, State

    browser = browser_of("ann")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as taken:
            assert browser.get("/notice/").status_code == 200
        return len(taken)

    def fail():
        Run.objects.create(verb="gate.sweep", asked_by="ann", state=State.FAILED, ended_at=datetime.now(UTC), says="x")

    fail()
    queries()
    one = queries()
    fail()
    fail()
    assert queries() == one


@pytest.fixture
def mails():
    """The mails that go out, and an address that people know."""
    from urllib.parse import urlsplit

    backend = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, ADDRESS=urlsplit("https://tower.example.com")):
        mail.outbox = []
        yield mail.outbox


def test_the_morning_s_mail_holds_what_is_new_in_text_and_html_with_links(failed, account, mails):  # M1, M2
    account("daan", email="daan@example.com", name="Daan")

    sent = send()

    [letter] = mails
    link = "https://tower.example.com/gate/warehouse-works/site%3Aghent/"
    html = letter.alternatives[0].content
    assert (sent.mails, letter.to) == (1, ["daan@example.com"])
    assert letter.subject.startswith("Meridian: ")
    assert link in letter.body
    assert title("Ghent", "Orders are shipped (unmet)") in letter.body
    assert f'<a href="{link}">The warehouse &lt;script&gt;can&lt;/script&gt; work' in html
    assert "https://tower.example.com/account/notice/" in letter.body
    assert "Liège" not in letter.body + html


def test_nobody_is_told_the_same_twice_nor_twice_a_day(failed, account, mails):  # M1, M2
    account("noor", email="noor@example.com")
    send()
    send(MORNING + timedelta(hours=1))
    send(MORNING + timedelta(days=1))
    assert len(mails) == 1

    measure(failed, "ghent", failed=3)
    send(MORNING + timedelta(hours=2))
    assert len(mails) == 1, "one a day"
    send(MORNING + timedelta(days=2))

    assert len(mails) == 2
    assert ("Ghent" in mails[1].body, "Liège" in mails[1].body) == (True, False)


def test_the_morning_is_that_of_the_reader(failed, account, mails):  # M2
    account("noor", email="noor@example.com", time_zone="America/New_York")
    account("daan", email="daan@example.com")

    send(MORNING - timedelta(hours=3))
    assert mails == []
    send(MORNING)
    assert [letter.to for letter in mails] == [["daan@example.com"]]
    send(MORNING + timedelta(hours=4))
    assert [letter.to for letter in mails] == [["daan@example.com"], ["noor@example.com"]]


def test_that_a_gate_was_decided_goes_out_at_once_and_only_that(failed, account, browser_of, mails):  # W1
    measure(failed, "ghent", failed=0)
    ann = browser_of("ann")
    account("daan", email="daan@example.com")
    page = ann.get("/gate/warehouse-works/site:ghent/").content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    rows = {"condition-TOTAL_FORMS": "0", "condition-INITIAL_FORMS": "0"}
    said = {"seen": seen, "vote-choice": "go", "vote-reason": "", "vote-behalf": "", **rows}
    assert ann.post("/gate/warehouse-works/site:ghent/decide/", said).status_code == 302

    send(MORNING - timedelta(hours=6))
    send(MORNING - timedelta(hours=5))

    [letter] = mails
    assert letter.subject == f"Meridian: {title('Ghent', 'was decided: go')}"


def test_who_unsubscribed_from_a_kind_gets_none_of_it(failed, browser_of, mails):
    browser = browser_of("daan", email="daan@example.com")
    form = browser.get("/account/notice/").content.decode()
    kinds = re.findall(r'<select name="([a-z]+)"', form)
    assert set(kinds) == {"account", "decide", "vote", "act", "ending", "late", "gate", "run"}

    assert browser.post("/account/notice/", dict.fromkeys(kinds, "never")).status_code == 302
    send()

    assert mails == []
    assert heard(browser) == [title("Ghent", "Orders are shipped (unmet)")]


def test_only_decisions_can_be_wished_at_once(failed, browser_of):  # W1
    browser = browser_of("daan", email="daan@example.com")
    kinds = ("decide", "vote", "act", "ending", "late", "gate", "run")

    answer = browser.post("/account/notice/", dict.fromkeys(kinds, "at-once"))

    assert answer.status_code == 200
    assert answer.content.decode().count("at-once is not one of the available choices") == 6


def test_who_may_not_sign_in_or_has_no_address_gets_no_mail(failed, account, mails):  # M3
    account("noor", email="noor@example.com", is_active=False)
    account("daan")

    assert (send().mails, mails) == (0, [])


def test_a_mail_that_the_server_refuses_is_sent_another_time(failed, account):  # M1
    account("daan", email="daan@example.com")
    nobody = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1, "EMAIL_USE_TLS": False, "EMAIL_TIMEOUT": 5}
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", **nobody):
        refused = send()
    assert (refused.mails, len(refused.refused)) == (0, 1)

    with PostOffice() as office, office.settings():
        assert send().mails == 1
    [(sender, to, letter)] = office.letters
    assert (sender, to) == ("lockgate@localhost", ["daan@example.com"])
    assert (letter["Auto-Submitted"], letter.get_content_type()) == ("auto-generated", "multipart/alternative")
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


class PostOffice:
    """A mail server on loopback that keeps what it gets."""

    def __init__(self):
        self.letters = []
        self._loop = asyncio.new_event_loop()
        self._server = None

    def __enter__(self):
        self._server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._server.close()
        self._loop.run_until_complete(self._server.wait_closed())
        self._loop.close()

    def settings(self):
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return override_settings(
            EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=self.port,
            EMAIL_USE_TLS=False, EMAIL_USE_SSL=False, EMAIL_HOST_USER="",
        )  # fmt: skip

    async def _serve(self, reader, writer):
        def say(line):
            writer.write(line.encode() + b"\r\n")

        sender, to = "", []
        say("220 here")
        while line := (await reader.readline()).decode().strip():
            word = line[:4].upper()
            if word == "MAIL":
                sender = re.search("<(.*)>", line)[1]
            elif word == "RCPT":
                to.append(re.search("<(.*)>", line)[1])
            elif word == "DATA":
                say("354 go on")
                content = (await reader.readuntil(b"\r\n.\r\n"))[:-5]
                self.letters.append((sender, to, message_from_bytes(content, policy=policy.default)))
            say("221 bye" if word == "QUIT" else "250 yes")
            if word == "QUIT":
                break
        await writer.drain()
        writer.close()
        await writer.wait_closed()
