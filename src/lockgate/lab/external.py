"""How does an Odoo that exists serve as the lab? By its address and a key; nothing of it is made or thrown away."""

import json
import os
from pathlib import Path
from typing import NoReturn

from lockgate.kernel.errors import RefusedError, UsageError
from lockgate.kernel.secret import Secret
from lockgate.lab.provider import Lab, Need, Step, Wish, Workbench

KEY_VARIABLE = "LOCKGATE_ODOO_API_KEY"


class ExternalLab:
    """The built-in provider `external`."""

    name = "external"

    def __init__(self, workbench: Workbench) -> None:
        self._places = workbench.places
        self._probe = workbench.probe
        self._file = workbench.places.data / "external.json"

    def needs(self) -> tuple[Need, ...]:
        """Return nothing: an address is all it takes."""
        return ()

    def up(self, wish: Wish, step: Step) -> Lab:
        """Ask the Odoo who it is and remember it as the lab."""
        if not (wish.url and wish.database and wish.login and wish.api_key):
            raise UsageError(
                "An external lab needs an address, a database, a login and an API key.",
                why="The key is read from the environment, so that no other process sees it.",
                do=f"{KEY_VARIABLE}=… lockgate lab up --provider external --url https://… --database … --login …",
            )
        with step(f"Asking {wish.url}"):
            seen = self._probe(wish.url, wish.database, wish.login, wish.api_key)
        self._places.make()
        record = {"url": wish.url, "database": wish.database, "login": wish.login, "api_key": wish.api_key.reveal()}
        with os.fdopen(os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(record, file)
        return self._lab(record, seen.version, seen.modules)

    def status(self) -> Lab | None:
        """Return what the Odoo shows now, None when none is remembered."""
        try:
            record = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        seen = self._probe(record["url"], record["database"], record["login"], Secret(record["api_key"]))
        return self._lab(record, seen.version, seen.modules)

    def clone(self, name: str, source: str | None, step: Step) -> Lab:  # noqa: ARG002 - the protocol's signature
        """Refuse: the databases of an external Odoo belong to whoever runs it."""
        _not_ours(f"clone '{name}'")

    def drop(self, name: str) -> None:
        """Refuse, as for `clone`."""
        _not_ours(f"drop '{name}'")

    def reset(self, name: str | None, step: Step) -> Lab:  # noqa: ARG002 - the protocol's signature
        """Refuse, as for `clone`."""
        _not_ours(f"reset '{name or 'the main database'}'")

    def down(self, *, purge: bool) -> None:  # noqa: ARG002 - the protocol's signature
        """Forget the Odoo; it goes on running where it is."""
        self._file.unlink(missing_ok=True)

    def log_file(self) -> Path | None:
        """Return None: the log lies where that Odoo runs."""
        return None

    def shell(self, database: str | None) -> tuple[list[str], dict[str, str]]:  # noqa: ARG002 - the protocol's signature
        """Refuse: a shell opens only where Odoo runs."""
        _not_ours("open a shell")

    def _lab(self, record: dict[str, str], version: str, modules: frozenset[str]) -> Lab:
        return Lab(
            provider=self.name,
            running=True,
            url=record["url"],
            database=record["database"],
            login=record["login"],
            password=None,
            api_key=Secret(record["api_key"]),
            version=version,
            databases=(record["database"],),
            modules=modules,
        )


def _not_ours(what: str) -> NoReturn:
    raise RefusedError(
        f"An external lab can't {what}.",
        why="Its databases and its server belong to whoever runs that Odoo.",
        do="Use a lab of your own: `lockgate lab up --provider debian`.",
    )
