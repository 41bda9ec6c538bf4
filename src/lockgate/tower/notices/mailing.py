"""How do notices go out by mail? In the reader's morning, all in one; at once only what cannot wait.

M1  Nobody is told the same thing twice: that it is told is on record before it goes out, and taken back only when the
    mail was surely refused.
M2  The morning begins at seven where the reader is; there is one such mail a day, and none when nothing is new.
M3  Nothing goes to whoever may not sign in, or may not see what it is about.
M4  A secret in use is masked, as in every other text that leaves.
M5  It is written in the locale of the account.
"""

import hashlib
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from lockgate.faces.terminal import on_one_line
from lockgate.faces.web.reading import reading, wished
from lockgate.kernel.secret import scrub
from lockgate.programme.live import Live
from lockgate.tower.notices.current import for_viewer
from lockgate.tower.notices.models import Told, When
from lockgate.tower.notices.telling import TITLES, Notice
from lockgate.tower.notices.wishes import wishes
from lockgate.tower.people.models import Account
from lockgate.tower.people.rights import viewer

MORNING: Final = 7


@dataclass
class Sent:
    """What went out."""

    mails: int = 0
    notices: int = 0
    refused: tuple[str, ...] = ()
    """Why the mail server did not take some."""


@dataclass(frozen=True)
class Letter:
    """What somebody may be told, and where they are."""

    account: Account
    due: tuple[Notice, ...]
    when: When
    here: datetime
    """Now, in the reader's time zone."""
    programme: str


def send(live: Live, moment: datetime) -> Sent:
    """Send what is due to everybody (M1, M2, M3)."""
    sent = Sent()
    workspace = live.workspace()
    for account in Account.objects.filter(is_active=True).exclude(email="").prefetch_related("wishes"):
        seen_by = viewer(account, workspace, moment)
        here = moment.astimezone(ZoneInfo(account.time_zone or workspace.programme.time_zone))
        with reading(wished(account.language, "")):
            _tell(account, for_viewer(live, seen_by), here, live.name, sent)
    return sent


def _tell(account: Account, seen: Sequence[Notice], here: datetime, programme: str, sent: Sent) -> None:
    for when in (When.AT_ONCE, When.DAILY):
        due = [one for one in seen if wishes(account)[one.kind] is when]
        if due and (when is When.AT_ONCE or _is_morning(account, here)):
            _send(Letter(account, tuple(due), when, here, programme), sent)


def _is_morning(account: Account, here: datetime) -> bool:
    return here.hour >= MORNING and not account.told.filter(key=_day(here)).exists()


def _send(letter: Letter, sent: Sent) -> None:
    account, here = letter.account, letter.here
    new = [(one, told) for one in letter.due if (told := _claim(account, _digest(one), here))]
    if not new:
        return
    claims = [told for _, told in new]
    if letter.when is When.DAILY:
        day = _claim(account, _day(here), here)
        if day is None:  # another worker sent today's meanwhile
            _take_back(claims)
            return
        claims.append(day)
    try:
        _mail(account, [one for one, _ in new], letter.programme).send()
    except (smtplib.SMTPException, OSError) as error:
        _take_back(claims)
        sent.refused = (*sent.refused, on_one_line(str(error)))
        return
    sent.mails += 1
    sent.notices += len(new)


def _take_back(claims: Sequence[Told]) -> None:
    Told.objects.filter(pk__in=[told.pk for told in claims]).delete()


def _claim(account: Account, key: str, at: datetime) -> Told | None:
    """Note that somebody is told of something; None when they were before (M1)."""
    told, new = Told.objects.get_or_create(account=account, key=key, defaults={"at": at})
    return told if new else None


def _mail(account: Account, due: Sequence[Notice], programme: str) -> EmailMultiAlternatives:
    url = settings.ADDRESS.geturl().rstrip("/")
    groups = [(title, [one for one in due if one.kind is kind]) for kind, title in TITLES.items()]
    told = {
        "name": account.get_full_name(),
        "programme": programme,
        "url": url,
        "kinds": [(title, found) for title, found in groups if found],
    }
    said = (
        due[0].title
        if len(due) == 1
        else ngettext("{n} thing to know", "{n} things to know", len(due)).format(n=len(due))
    )
    mail = EmailMultiAlternatives(
        subject=scrub(on_one_line(f"{programme}: {said}")),
        body=scrub(render_to_string("tower/notices/mail.txt", told)),
        to=[account.email],
        headers={"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{url}/account/notice/>"},
    )
    mail.attach_alternative(scrub(render_to_string("tower/notices/mail.html", told)), "text/html")
    return mail


def _digest(notice: Notice) -> str:
    return hashlib.sha256(notice.key.encode()).hexdigest()


def _day(here: datetime) -> str:
    return f"day {here:%Y-%m-%d}"
