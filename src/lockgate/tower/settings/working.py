"""Who comes in and how, does mail go out, is a worker there, and when was the last backup made?"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from lockgate.faces.web.reading import number
from lockgate.programme.live import Live
from lockgate.tower.backup.nightly import folder_of, older
from lockgate.tower.people.models import Account
from lockgate.tower.runs.models import Run, State, WorkerSeen
from lockgate.tower.runs.planned import planned
from lockgate.tower.settings.answer import SettingAnswer, setting
from lockgate.workspace import Workspace

RECENT: Final = timedelta(minutes=1)
"""A worker that was seen within it is there."""
LONG_AGO: Final = timedelta(days=2)
"""A backup that is older is too old."""
_BACKUP: Final = "backup.make"
_MADE_AT: Final = re.compile(r"-(\d{8}T\d{6}Z)\.zip$")


def signing_in() -> Iterator[SettingAnswer]:
    """Yield how people come in."""
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    house = [app for one in providers.values() for app in one["APPS"]]
    yield setting("signing.password", _("Name and password"), _("by invitation only"), standing="good")
    at = _("{name} at {address}")
    told = ", ".join(at.format(name=app["name"], address=app["settings"]["server_url"]) for app in house)
    yield setting(
        "signing.house",
        _("Sign-in of the house (OIDC)"),
        told or _("not set up"),
        set_in="LOCKGATE_OIDC_URL, _NAME, _CLIENT_ID, _SECRET",
        standing="good" if house else "off",
    )
    active = Account.objects.filter(is_active=True)
    guarded = Authenticator.objects.values("user")
    bare = active.exclude(pk__in=guarded)
    yield setting("signing.accounts", _("Accounts that are open"), number(active.count()), set_in="/people/")
    chiefs = list(bare.filter(administrator=True).values_list("person", flat=True))
    count = number(bare.count())
    among = _("{count}, of them administrators: {people}").format(count=count, people=", ".join(chiefs))
    yield setting(
        "signing.factors",
        _("Without a second factor"),
        among if chiefs else count,
        standing="bad" if chiefs else "good",
        do=_("Let those who look after accounts add one, under Account.") if chiefs else "",
    )


def mail() -> Iterator[SettingAnswer]:
    """Yield whether mail goes out."""
    if not settings.EMAIL_HOST:
        do = _("Set it to have invitations and notices mailed; they are shown on pages all the same.")
        yield setting(
            "mail.server", _("Mail server"), _("not set up"), set_in="LOCKGATE_MAIL_URL", standing="off", do=do
        )
        return
    guarded = _("encrypted") if settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS else _("not encrypted")
    signed = _("with a password") if settings.EMAIL_HOST_USER else _("without a password")
    value = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}, {guarded}, {signed}"
    yield setting("mail.server", _("Mail server"), value, set_in="LOCKGATE_MAIL_URL", standing="good")
    yield setting("mail.from", _("From"), settings.DEFAULT_FROM_EMAIL, set_in="LOCKGATE_MAIL_FROM")


def work(live: Live, moment: datetime) -> Iterator[SettingAnswer]:
    """Yield whether long work is done, and when the last backup was made."""
    yield _worker(moment)
    waiting = Run.objects.filter(state=State.QUEUED).count()
    yield setting("work.waiting", _("Runs that wait"), number(waiting), set_in="/run/")
    yield _backup(live, moment)
    yield from _next_backup(live.workspace(), moment)


def _worker(moment: datetime) -> SettingAnswer:
    busy = Run.objects.filter(state=State.RUNNING, heard_until__gt=moment).order_by("-heard_until").first()
    if busy is not None:
        value = _("{worker}, busy with {verb}").format(worker=busy.worker, verb=busy.verb)
        return setting("work.worker", _("Worker"), value, at=moment, set_in="lockgate worker", standing="good")
    last = WorkerSeen.objects.order_by("-at").first()
    there = last is not None and moment - last.at <= RECENT
    return setting(
        "work.worker",
        _("Worker"),
        last.name if last else _("none was seen"),
        at=last.at if last else None,
        set_in="lockgate worker",
        standing="good" if there else "bad",
        do=""
        if there
        else _("Start one: `lockgate worker`. Without it nothing long is done, and no schedule is kept."),
    )


def _backup(live: Live, moment: datetime) -> SettingAnswer:
    folder = folder_of(live.root)
    try:
        files = older(folder, live.root)
    except OSError:
        files = []
    at = _made_at(files[0].name) if files else None
    old = at is None or moment - at > LONG_AGO
    return setting(
        "work.backup",
        _("Last backup"),
        (_("{file} in {folder}") if files else _("none in {folder}")).format(
            file=files[0].name if files else "", folder=folder
        ),
        at=at,
        set_in="LOCKGATE_BACKUPS",
        standing="bad" if old else "good",
        do=_("Declare a schedule for `backup.make`, or see to backups by other means.") if old else "",
    )


def _next_backup(workspace: Workspace, moment: datetime) -> Iterator[SettingAnswer]:
    if workspace.findings:
        return
    due = [one for one in planned(workspace, moment) if one.schedule.verb == _BACKUP]
    if due:
        one, where = due[0], "programme/schedules.yaml"
        yield setting("work.next-backup", _("Next backup"), one.schedule.title, at=one.next_at, set_in=where)


def _made_at(name: str) -> datetime | None:
    found = _MADE_AT.search(name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if found else None
