"""What is it that answered in place of Odoo's API? A page, a proxy or a redirect, told by what it says of itself."""

import difflib
import html
import re
from collections.abc import Iterable

from lockgate.kernel.secret import scrub
from lockgate.odoo.calls.call import Call
from lockgate.odoo.errors import DatabaseNotFound, NotJson, OdooError, TimedOut, Unreachable
from lockgate.odoo.ways.http import Answer

LONGEST_WHY = 2000

_GATEWAY = {429, 502, 503}


def from_page(answer: Answer, call: Call | None = None) -> OdooError:
    """Return the error of an answer that is not Odoo's API: a page, a proxy's word, a redirect."""
    asked = str(call) if call else ""
    title = _title(answer)
    if 300 <= answer.status < 400:  # noqa: PLR2004 - the redirects
        return _redirected(answer, asked)
    if answer.status in _GATEWAY:
        busy = answer.status == 429  # noqa: PLR2004 - too many requests: turned away unread
        return Unreachable(
            f"The server answered {answer.status}.", why=title, do="Try again later.", call=asked, sent=not busy
        )
    if answer.status == 504:  # noqa: PLR2004 - gateway time-out
        return TimedOut(
            "A proxy before Odoo stopped waiting for the answer (504).",
            why="Odoo may still be at work.",
            do="Look up what became of it; ask for less at a time, or raise the proxy's time-out.",
            call=asked,
            sent=True,
        )
    turned_away = 400 <= answer.status < 500  # noqa: PLR2004 - the faults of the one who asks
    return NotJson(
        f"What answered (status {answer.status}) is not Odoo's API.",
        why=title,
        do="Check the address: it should be Odoo's own, without a page behind it.",
        call=asked,
        sent=not turned_away,
    )


def no_database(answer: Answer, call: Call) -> DatabaseNotFound:
    """Return the error of a page in place of JSON-2: what Odoo shows for a database that it does not have or hides."""
    return DatabaseNotFound(
        "The server does not have this database, or does not show it.",
        why=_title(answer),
        do="Check its name.",
        call=str(call),
    )


def _redirected(answer: Answer, asked: str) -> NotJson:
    target = shown(answer.headers.get("location", "another address").partition("?")[0])
    return NotJson(
        f"The server sends us elsewhere: to {target}.",
        why="Redirects are not followed, so that credentials go to the address you gave alone.",
        do="Use that address if it is your Odoo.",
        call=asked,
    )


def _title(answer: Answer) -> str:
    """Return what a page says of itself."""
    text = _text(answer)
    found = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    said = html.unescape(found.group(1) if found else re.sub(r"<[^>]*>", " ", text))
    words = shown(" ".join(said.split()), longest=200)
    return f"It says “{words}”." if words else "It says nothing."


def _text(answer: Answer) -> str:
    return answer.body[:100_000].decode("utf-8", "replace")


def shown(text: str, *, longest: int = LONGEST_WHY) -> str:
    """Return the text fit to be shown: secrets masked first, then cut."""
    clean = scrub(text).strip()
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def which_database(error: DatabaseNotFound, wanted: str, known: Iterable[str]) -> DatabaseNotFound:
    """Return the error with the databases named that the server does have."""
    names = sorted(known)
    near = difflib.get_close_matches(wanted, names, n=3)
    do = f"Did you mean {' or '.join(near)}?" if near else f"It has: {', '.join(names[:10])}."
    return DatabaseNotFound(
        f"The server has no database {wanted!r}.", why=error.why, do=do if names else error.do, call=error.call
    )
