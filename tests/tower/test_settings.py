"""With what a tower runs, told to who looks after it, without any secret."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from support.recorded import SCRIPT


@pytest.fixture
def ida(programme, browser_of):
    return browser_of("ida", administrator=True, email="ida@meridian.example")


def test_the_page_tells_what_programs_are_told(ida):
    told = ida.get("/api/settings").json()
    page = ida.get("/settings/").content.decode()

    assert [one["key"] for one in told] == [
        "running.version", "running.python", "running.workspace", "running.commit", "running.address", "running.zone",
        "running.playbooks", "keeping.database", "keeping.ledger", "keeping.artifacts", "keys.cookies",
        "keys.checkpoints", "signing.password", "signing.house", "signing.accounts", "signing.factors", "mail.server",
        "work.worker", "work.waiting", "work.backup",
    ]  # fmt: skip
    assert [one["title"] for one in told if one["title"] not in page] == []


def test_only_who_looks_after_the_tower_sees_its_settings(programme, browser_of):
    anna = browser_of("anna")  # the sponsor, with a role for the whole programme

    answers = [anna.get("/settings/"), anna.get("/api/settings"), anna.post("/settings/mail/")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert 'href="/settings/"' not in anna.get("/").content.decode()


def test_no_secret_is_told(ida, monkeypatch):
    from django.conf import settings
    from django.test.utils import override_settings

    monkeypatch.setenv("LOCKGATE_SECRET_KEY", "cookie-secret")
    app = {"name": "House", "client_id": "x", "secret": "oidc-secret", "settings": {"server_url": "https://id.example"}}
    with override_settings(
        EMAIL_HOST="mail.example",
        EMAIL_HOST_USER="lock",
        EMAIL_HOST_PASSWORD="mail-secret",
        EMAIL_USE_TLS=True,
        SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}},
    ):
        said = ida.get("/api/settings").content.decode() + ida.get("/settings/").content.decode()

    secrets = ["cookie-secret", "oidc-secret", "mail-secret", settings.SECRET_KEY]
    assert [one for one in secrets if one in said] == []
    assert [one in said for one in ("mail.example:", "https://id.example", "LOCKGATE_SECRET_KEY")] == [True] * 3


def test_a_worker_is_seen_while_it_looks_for_work(ida, programme):
    from lockgate.tower.runs.worker import Worker
    from lockgate.tower.server import live

    before = _of(ida, "work.worker")
    Worker(live(), name="one").work(until_idle=True)
    there = _of(ida, "work.worker")
    _seen_ago("one", timedelta(minutes=5))
    gone = _of(ida, "work.worker")

    assert [(one["value"], one["standing"]) for one in (before, there, gone)] == [
        ("none was seen", "bad"),
        ("one", "good"),
        ("one", "bad"),
    ]


def test_a_worker_that_is_gone_for_long_is_forgotten(programme):
    from lockgate.tower.runs import queue
    from lockgate.tower.runs.models import WorkerSeen

    now = datetime.now(UTC)
    queue.seen("old", now - queue.FORGOTTEN - timedelta(seconds=1))
    queue.seen("new", now)

    assert list(WorkerSeen.objects.values_list("name", flat=True)) == ["new"]


def test_the_newest_backup_is_told_with_its_moment(ida, programme, tmp_path, monkeypatch):
    monkeypatch.setenv("LOCKGATE_BACKUPS", str(tmp_path))
    none = _of(ida, "work.backup")
    made = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)
    for moment in (made - timedelta(days=1), made):
        (tmp_path / f"lockgate-{programme.name}-{moment:%Y%m%dT%H%M%SZ}.zip").touch()
    newest = _of(ida, "work.backup")

    assert (none["standing"], none["at"], none["set_in"]) == ("bad", None, "LOCKGATE_BACKUPS")
    assert (newest["standing"], datetime.fromisoformat(newest["at"])) == ("good", made)


def test_the_next_backup_of_a_schedule_is_told(ida, programme):
    line = "{ key: b, title: Nightly, verb: backup.make, when: 30 2 * * * }"
    (programme / "programme" / "schedules.yaml").write_text(f"schedules:\n  - {line}\n")

    told = _of(ida, "work.next-backup")

    assert (told["value"], told["set_in"]) == ("Nightly", "programme/schedules.yaml")
    assert datetime.fromisoformat(told["at"]) > datetime.now(UTC)


def test_a_commit_is_told_where_there_is_one(ida, programme):
    none = _of(ida, "running.commit")
    for words in (["init", "-q"], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x", "--allow-empty"]):
        subprocess.run(["git", "-C", str(programme), *words], check=True)
    head = subprocess.run(
        ["git", "-C", str(programme), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout

    assert (none["standing"], _of(ida, "running.commit")["value"]) == ("bad", head[:12])


def test_a_key_that_others_can_read_is_told(ida, programme):
    from lockgate.ledger.proving.checkpoints import Signer

    before = _of(ida, "keys.checkpoints")["standing"]
    key = programme / ".lockgate" / "checkpoint.key"
    Signer.of(key)
    kept = _of(ida, "keys.checkpoints")
    key.chmod(0o644)

    assert (before, kept["standing"], kept["value"].startswith("lockgate+")) == ("off", "good", True)
    assert _of(ida, "keys.checkpoints")["standing"] == "bad"


def test_a_mail_is_sent_to_who_tries(ida):
    from django.core import mail
    from django.test.utils import override_settings

    backend = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(EMAIL_HOST="mail.example", EMAIL_BACKEND=backend):
        mail.get_connection()
        mail.outbox.clear()
        answer = ida.post("/settings/mail/", follow=True).content.decode()
    without = ida.post("/settings/mail/", follow=True).content.decode()

    assert [one.to for one in mail.outbox] == [["ida@meridian.example"]]
    assert ("took a mail to ida@meridian.example" in answer, "No mail was sent" in without) == (True, True)


def test_settings_are_shown_as_text_and_while_the_workspace_has_findings(ida, programme):
    from lockgate.tower.runs import queue

    queue.seen(SCRIPT, datetime.now(UTC))
    (programme / "programme" / "sites.yaml").write_text("sites: 1\n")

    page = ida.get("/settings/").content.decode()

    assert (SCRIPT in page, "&lt;script&gt;" in page) == (False, True)


@pytest.mark.parametrize("path", ["/account/", "/account/notice/", "/account/lend/", "/account/sessions/"])
def test_what_is_one_s_own_is_one_click_away_from_all_of_it(programme, browser_of, path):
    page = browser_of("bart").get(path).content.decode()

    there = ["/account/", "/account/notice/", "/account/lend/", "/account/password/change/", "/account/sessions/"]
    assert [one for one in there if f'class="chip" href="{one}"' not in page] == []


def _of(browser, key):
    return next(one for one in browser.get("/api/settings").json() if one["key"] == key)


def _seen_ago(name, ago):
    from lockgate.tower.runs.models import WorkerSeen

    WorkerSeen.objects.filter(name=name).update(at=datetime.now(UTC) - ago)
