"""A small programme that has something of everything that a backup holds, and a look at what is in one.

Run as a program it writes the backup that later versions restore, beside what is to be found after that:

    PYTHONPATH=tests .venv/bin/python -m support.filled_tower tests/tower/backups
"""

# ruff: noqa: PLC0415 - what is of Django can be imported only once it has its settings

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lockgate import __version__
from lockgate.ledger import Event
from lockgate.ledger.proving.verification import verify
from lockgate.programme.ledger_place import ledger_place
from support import ledgers
from support.programme import FILES

SECRETS = {
    "LOCKGATE_SECRET_KEY": "canary-site-key-Zq81",
    "LOCKGATE_MAIL_URL": "smtp://tower:canary-mail-password@mail.example.com",
    "LOCKGATE_OIDC_URL": "https://id.example.com",
    "LOCKGATE_OIDC_CLIENT_SECRET": "canary-oidc-Wv33",
    "LOCKGATE_ODOO_API_KEY": "canary-odoo-key-Rr42",
}
PASSWORD, TOTP, LINK, KEY = "canary-password-Hj7", "CANARYTOTPSECRET", "canary-link-Nn90", "canary-key-Bb55"
FILE = "Übergabe an Anke.pdf"
"""What a record calls its file."""


def run(root: Path, environment: dict[str, str], call: str) -> object:
    """Call a function of this module in a process whose tower is that of the workspace; return what it says."""
    code = (
        "import json, sys; from pathlib import Path; from lockgate.app import tower; "
        f"tower.worker(Path({str(root)!r})); from support import filled_tower; "
        f"print(json.dumps(filled_tower.{call}(Path({str(root)!r}))))"
    )
    known = {**environment, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def lockgate(environment: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    """Run the program."""
    command = [sys.executable, "-m", "lockgate", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def surroundings(**more: str) -> dict[str, str]:
    """Return an environment without settings of Lockgate but these."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("LOCKGATE_", "DJANGO_"))}
    return {**known, **more}


def begin(root: Path) -> None:
    """Write a small workspace."""
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")


def fill(root: Path) -> None:
    """Put something of everything into the ledger and the tables of a tower."""
    from allauth.mfa.models import Authenticator
    from django.contrib.sessions.backends.db import SessionStore

    from lockgate.tower.people import secrets
    from lockgate.tower.people.models import Account, Grant, Invitation, Key
    from lockgate.tower.runs import queue
    from lockgate.tower.runs.models import Line, Run

    noon = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
    with ledger_place(root, begin=True) as place:
        ledgers.fill(place.ledger, place.artifacts)
        place.artifacts.names.call(place.artifacts.keep(b"a report"), "GAP-1", FILE)
    for person in ("anke", "bart", "chris"):
        account = Account(person=person, name=f"{person.title()} Ünal", joined_at=noon, administrator=person == "bart")
        account.set_password(PASSWORD)
        account.save()
        Grant.objects.create(account=account, role="sponsor", begins=noon, ends=None, given_by="bart")
        Key.objects.create(account=account, name="k", digest=secrets.digest(KEY + person), expires_at=noon)
    Authenticator.objects.create(user=account, type="totp", data={"secret": TOTP}, created_at=noon)
    Authenticator.objects.create(user=account, type="webauthn", data={"name": "stick"}, created_at=noon)
    Invitation.objects.create(
        digest=secrets.digest(LINK), person="dora", made_at=noon, expires_at=noon + timedelta(days=7)
    )
    session = SessionStore()
    session["who"] = "anke"
    session.create()
    ended = Run.objects.create(verb="ledger.verify", arguments={"deep": [1, None, "ü"]}, asked_by="anke", state="done")
    Line.objects.create(run=ended, at=noon, text="first\nsecond")
    queue.ask("gate.sweep", {}, by="bart", moment=noon, resumes=ended)


def look(root: Path) -> dict[str, object]:
    """Return what is in the ledger and the tables of a tower."""
    from django.apps import apps
    from django.core import serializers

    with ledger_place(root) as place:
        report = verify(place.ledger, place.artifacts)
        about = {
            "ok": report.ok,
            "head": report.head.hash,
            "records": report.records,
            "artifacts": report.artifacts,
            "restored": place.ledger.restored() is not None,
        }
    wanted = [m for m in apps.get_models() if m._meta.app_label in {"people", "runs", "mfa", "sessions"}]
    tables = {m._meta.label_lower: serializers.serialize("python", m.objects.order_by("pk")) for m in wanted}
    return {"ledger": about, "tables": json.loads(json.dumps(tables, default=str))}


def ask_for_more(root: Path) -> int:
    """Add a row, as people do after a restore; return its number."""
    from lockgate.tower.runs import queue

    assert root.is_dir()
    asked = queue.ask("ledger.verify", {}, by="bart", moment=datetime(2026, 3, 3, tzinfo=UTC))
    return asked.pk if asked else 0


def look_forward(root: Path) -> None:
    """Note that a later version has been here."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    assert root.is_dir()
    MigrationRecorder(connection).record_applied("people", "9999_more")


def ask_for_a_backup(root: Path) -> None:
    """Ask a worker for a backup, and to keep one more."""
    from lockgate.tower.runs import queue

    assert root.is_dir()
    queue.ask("backup.make", {"keep": 2}, by="bart", moment=datetime(2026, 3, 3, tzinfo=UTC))


def last_run(root: Path) -> tuple[str, object]:
    """Return what came of the newest run."""
    from lockgate.tower.runs.models import Run

    assert root.is_dir()
    found = Run.objects.order_by("id").last()
    return (found.state, found.facts) if found else ("", None)


def go_on(root: str) -> None:
    """Record without end, and say each number once it is confirmed."""

    with ledger_place(Path(root)) as place:
        while True:
            [record] = place.ledger.append([Event("gap.noted", {"text": "more"})], by="anke")
            sys.stdout.write(f"{record.number}\n")
            sys.stdout.flush()


def keep(folder: Path) -> None:
    """Write the backup of this version, with what is in it, for later versions to restore."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "meridian"
        begin(root)
        environment = surroundings()
        run(root, environment, "fill")
        file = folder / f"{__version__}.zip"
        file.unlink(missing_ok=True)
        done = lockgate(environment, "backup", file, "--workspace", root)
        assert done.returncode == 0, done.stderr
        file.chmod(0o644)
        found = run(root, environment, "look")
        (folder / f"{__version__}.json").write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
