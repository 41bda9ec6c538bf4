"""What can every lab do, wherever its Odoo comes from?

A provider is an object that satisfies `Provider`. The built-in ones are `debian` and `external`; a package adds one
through the entry point group `lockgate.lab_providers` (a callable that takes a `Workbench`).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from lockgate.kernel.errors import UsageError
from lockgate.kernel.secret import Secret
from lockgate.lab.places import Places

ENTRY_POINT = "lockgate.lab_providers"

Step = Callable[[str], AbstractContextManager[object]]
"""Announces a step and times it: `with step("Unpacking Odoo"): …`."""


@dataclass(frozen=True)
class Need:
    """Something that a provider needs and this machine lacks."""

    name: str
    why: str
    do: str


@dataclass(frozen=True)
class Wish:
    """What the user asked `lab up` for; None leaves the choice to the lab."""

    apps: str = "all"
    port: int | None = None
    workers: int | None = None
    url: str | None = None
    database: str | None = None
    login: str | None = None
    api_key: Secret | None = None


@dataclass(frozen=True)
class Seen:
    """What an Odoo showed when it was asked."""

    version: str
    modules: frozenset[str]


Probe = Callable[[str, str, str, Secret], Seen]
"""Asks an Odoo (url, database, login, API key) who it is."""


@dataclass(frozen=True)
class Workbench:
    """What a provider is made with."""

    places: Places
    probe: Probe


@dataclass(frozen=True)
class Lab:
    """A lab as it stands."""

    provider: str
    running: bool
    url: str
    database: str
    login: str
    password: Secret | None
    api_key: Secret
    version: str
    databases: tuple[str, ...] = ()
    modules: frozenset[str] = field(default=frozenset())
    notes: tuple[str, ...] = ()


class Provider(Protocol):
    """A way to have a lab."""

    name: str

    def needs(self) -> tuple[Need, ...]:
        """Return what this machine lacks; empty when the provider can work."""

    def up(self, wish: Wish, step: Step) -> Lab:
        """Have a running lab as wished; a second call finds it ready."""

    def status(self) -> Lab | None:
        """Return the lab as it stands, None when there is none."""

    def clone(self, name: str, source: str | None, step: Step) -> Lab:
        """Make a database like `source` (None: like new); return the lab pointing at it."""

    def drop(self, name: str) -> None:
        """Remove a database and its files."""

    def reset(self, name: str | None, step: Step) -> Lab:
        """Put a database (None: the main one) back to what it was when new."""

    def down(self, *, purge: bool) -> None:
        """Stop the lab; with `purge`, remove its databases too."""

    def log_file(self) -> Path | None:
        """Return the server's log, None when it lies elsewhere."""

    def shell(self, database: str | None) -> tuple[list[str], dict[str, str]]:
        """Return the command and its environment that open Odoo's Python shell."""


def need_nothing(provider: Provider) -> None:
    """Stop with what the provider would need, when this machine lacks it."""
    missing = provider.needs()
    if missing:
        first = missing[0]
        rest = "".join(f" Also missing: {need.name} ({need.do})." for need in missing[1:])
        raise UsageError(
            f"The lab provider '{provider.name}' can't work on this machine: {first.name} is missing.",
            why=first.why,
            do=first.do + rest,
        )
