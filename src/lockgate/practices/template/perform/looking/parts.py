"""Which modules and languages does an Odoo have, and how do more of them get there?"""

import time
from collections.abc import Iterable, Sequence

from lockgate.odoo.calls.call import Call
from lockgate.odoo.client import Client
from lockgate.odoo.errors import Refused
from lockgate.practices.template.decide.facts import LANGUAGE, MODULE, Part
from lockgate.practices.template.perform.looking.viewing import ENGLISH

_INSTALLING = 1_800
"""Seconds that Odoo may take to install modules in one request."""
_BUSY = "another module operation"
"""What Odoo says, in English, while somebody installs modules."""
_PAUSE = 3.0


def states(client: Client) -> dict[tuple[str, str], str]:
    """Return by model and name the state of every module and language that this Odoo knows."""
    modules = client.search_read(MODULE, [], ["name", "state"], load="")
    languages = client.within(active_test=False).search_read(LANGUAGE, [], ["code", "active"], load="")
    return {(MODULE, row["name"]): row["state"] for row in modules} | {
        (LANGUAGE, row["code"]): "installed" if row["active"] else "uninstalled" for row in languages
    }


def install(client: Client, lacking: Sequence[Part]) -> None:
    """Install modules, then languages: their texts come with the modules that are there."""
    there = client.within(lang=ENGLISH, active_test=False)
    _install_modules(there, _names(lacking, MODULE))
    languages = there.search(LANGUAGE, [["code", "in", _names(lacking, LANGUAGE)]])
    if languages:
        [wizard] = there.create("base.language.install", [{"lang_ids": [[6, 0, languages]], "overwrite": False}])
        there.send(Call("base.language.install", "lang_install", (wizard,), {}, {}), timeout=_INSTALLING)


def _install_modules(client: Client, names: Sequence[str]) -> None:
    """Install modules; Odoo does so one request at a time, and somebody else's is waited for."""
    until = time.monotonic() + _INSTALLING
    while ids := client.search(MODULE, [["name", "in", list(names)], ["state", "!=", "installed"]]):
        try:
            client.send(Call(MODULE, "button_immediate_install", tuple(ids), {}, {}), timeout=_INSTALLING)
        except Refused as error:
            if _BUSY not in error.why or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _names(parts: Iterable[Part], model: str) -> list[str]:
    return [part.name for part in parts if part.model == model]
