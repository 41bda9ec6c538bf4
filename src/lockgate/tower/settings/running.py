"""Which Lockgate is this, of which workspace, at which address, and where does it keep things?

R1  No secret is told: of a database its kind, host and name, of a key whether there is one and where it comes from.
"""

import os
import platform
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

import lockgate
from lockgate import __version__
from lockgate.faces.web.reading import number
from lockgate.kernel.errors import LockgateError
from lockgate.ledger.proving.checkpoints import Signer
from lockgate.programme.checkout import commit
from lockgate.programme.ledger_place import URL_VARIABLE
from lockgate.programme.live import Live
from lockgate.tower.settings.answer import SettingAnswer, setting
from lockgate.tower.site_key import NAME as COOKIE_KEY

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper as Postgres


def running(live: Live) -> Iterator[SettingAnswer]:
    """Yield what runs here, and for which programme."""
    ours = commit(Path(lockgate.__file__).parent, of_installed_code=True)
    yield setting("running.version", "Lockgate", f"{__version__}{f' ({ours[:12]})' if ours else ''}")
    yield setting(
        "running.python",
        "Python",
        _("{version} on {system}").format(version=platform.python_version(), system=platform.system()),
    )
    yield setting("running.workspace", _("Workspace"), str(live.root), set_in="LOCKGATE_WORKSPACE")
    there = commit(live.root)
    yield setting(
        "running.commit",
        _("Its commit"),
        there[:12] if there else _("git can't tell"),
        standing="good" if there else "bad",
        do="" if there else _("Keep the workspace in git: decisions name its commit."),
    )
    address, far = settings.ADDRESS, settings.ADDRESS.hostname not in {"127.0.0.1", "localhost", "::1"}
    bare = far and address.scheme != "https"
    yield setting(
        "running.address",
        _("Address"),
        f"{address.scheme}://{address.hostname}{f':{address.port}' if address.port else ''}{address.path}",
        set_in="LOCKGATE_URL",
        standing="bad" if bare else "good",
        do=_("Give it an address with https: passwords and cookies travel in the open.") if bare else "",
    )
    workspace = live.workspace()
    if "programme" in workspace.models:
        zone, books = workspace.programme.time_zone, ", ".join(workspace.programme.playbooks)
        yield setting("running.zone", _("Time zone of the programme"), zone, set_in="lockgate.toml")
        yield setting("running.playbooks", _("Playbooks"), books or _("none"), set_in="lockgate.toml")


def keeping(live: Live) -> Iterator[SettingAnswer]:
    """Yield where the tower and the ledger keep what they know (R1)."""
    if connection.vendor == "postgresql":
        version = cast("Postgres", connection).pg_version // 10_000
        said = settings.DATABASES["default"]
        kind = _("PostgreSQL {version}, {name} on {host}").format(
            version=version, name=said["NAME"], host=said["HOST"] or _("this machine")
        )
    else:
        kind = _("SQLite {version}, for one server").format(version=sqlite3.sqlite_version)
    yield setting("keeping.database", _("Database"), kind, set_in=URL_VARIABLE)
    ledger = live.place.ledger
    head = ledger.head()
    told = _("{count} records, {place}").format(count=number(head.number), place=ledger.store.place)
    yield setting("keeping.ledger", _("Ledger"), told, set_in=URL_VARIABLE)
    copied = ledger.restored()
    if copied:
        do = _("If it is the programme's ledger now: `lockgate ledger arm --reason …`.")
        yield setting("keeping.copy", _("A copy"), _("taken in and not armed"), at=copied, standing="bad", do=do)
    yield setting("keeping.artifacts", _("Files of evidence"), str(live.place.artifacts.folder))


def keys(live: Live) -> Iterator[SettingAnswer]:
    """Yield with what is signed (R1)."""
    said, file = os.environ.get("LOCKGATE_SECRET_KEY"), live.place.key.parent / COOKIE_KEY
    kept = (
        _("from the environment") if said else _("kept in its file") if file.is_file() else _("for this process only")
    )
    passing = not said and not file.is_file()
    yield setting(
        "keys.cookies",
        _("Key of cookies and links"),
        kept,
        set_in="LOCKGATE_SECRET_KEY" if said else f"{file.parent.name}/{COOKIE_KEY}",
        standing="bad" if passing else "good",
        do=_("Let the server write into `.lockgate`: else everybody is signed out when it starts.") if passing else "",
    )
    yield _checkpoint_key(live.place.key)


def _checkpoint_key(path: Path) -> SettingAnswer:
    told = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        return setting(
            "keys.checkpoints",
            _("Key of checkpoints"),
            _("none yet; made with the first one"),
            set_in=told,
            standing="off",
        )
    try:
        public = Signer.of(path).public
    except LockgateError as no:
        return setting("keys.checkpoints", _("Key of checkpoints"), no.what, set_in=told, standing="bad", do=no.do)
    return setting("keys.checkpoints", _("Key of checkpoints, its public half"), public, set_in=told, standing="good")
