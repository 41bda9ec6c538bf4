"""Which capabilities does an Odoo have? Its installed modules tell, by the table in `capabilities.toml`.

R1  A capability is there when all modules that it requires are installed, or all that make it on Enterprise.
R2  Where both hold, Enterprise is named: its modules replace what Community and OCA offer.
R3  Extras round a capability off; they never decide whether it is there.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Edition(StrEnum):
    """The two editions of Odoo; OCA's add-ons belong to Community."""

    COMMUNITY = "community"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True)
class Capability:
    """One Odoo area and the modules that make it."""

    name: str
    required: tuple[str, ...]
    extras: tuple[str, ...]
    enterprise: tuple[str, ...]
    enterprise_extras: tuple[str, ...]

    @property
    def modules(self) -> tuple[str, ...]:
        """Every module that belongs to it, on either edition."""
        return self.required + self.extras + self.enterprise + self.enterprise_extras


@dataclass(frozen=True)
class Recognised:
    """What a set of installed modules makes of one capability."""

    capability: Capability
    edition: Edition | None
    """Whose modules make it; None while it is not there."""
    present: tuple[str, ...]
    """Its modules that are installed, extras too."""
    missing: tuple[str, ...]
    """What Community still lacks for it; empty when it is there."""
    missing_extras: tuple[str, ...]
    """The extras of Community that are not installed."""

    @property
    def ready(self) -> bool:
        """True when the capability is there (R1)."""
        return self.edition is not None


def recognise(installed: Iterable[str]) -> dict[str, Recognised]:
    """Return by name what the installed modules make of each capability."""
    modules = frozenset(installed)
    return {capability.name: _recognise(capability, modules) for capability in capabilities()}


def _recognise(capability: Capability, installed: frozenset[str]) -> Recognised:
    edition = _edition(capability, installed)
    missing = () if edition else _without(capability.required, installed)
    return Recognised(
        capability=capability,
        edition=edition,
        present=tuple(module for module in capability.modules if module in installed),
        missing=missing,
        missing_extras=_without(capability.extras, installed),  # R3
    )


def _edition(capability: Capability, installed: frozenset[str]) -> Edition | None:
    if capability.enterprise and installed.issuperset(capability.enterprise):
        return Edition.ENTERPRISE  # R2
    return Edition.COMMUNITY if installed.issuperset(capability.required) else None


def _without(modules: Iterable[str], installed: frozenset[str]) -> tuple[str, ...]:
    return tuple(module for module in modules if module not in installed)


@cache
def capabilities() -> tuple[Capability, ...]:
    """Return the thirteen capabilities, in the order in which they are shown."""
    return tuple(
        Capability(
            name=row["name"],
            required=tuple(row["required"]),
            extras=tuple(row.get("extras", ())),
            enterprise=tuple(row.get("enterprise", ())),
            enterprise_extras=tuple(row.get("enterprise_extras", ())),
        )
        for row in _data()["capability"]
    )


@cache
def controls() -> Mapping[str, tuple[str, ...]]:
    """Return the add-ons that guard several capabilities at once, by what they do."""
    return {name: tuple(modules) for name, modules in _data()["controls"].items()}


@cache
def oca_modules() -> tuple[str, ...]:
    """Return every module named here that comes from OCA, those that others need included."""
    return tuple(_data()["oca"])


@cache
def enterprise_modules() -> frozenset[str]:
    """Return the names by which an Enterprise instance is known."""
    named = (name for item in capabilities() for name in item.enterprise + item.enterprise_extras)
    return frozenset((*named, *_data()["editions"]["enterprise"]))


@cache
def app_sets() -> Mapping[str, tuple[str, ...]]:
    """Return the modules to install for each set of apps; what an OCA module needs of OCA stands before it."""
    return {name: _with_needs(_app_set(row)) for name, row in _data()["app_sets"].items()}


def _app_set(row: dict[str, Any]) -> Iterable[str]:
    by_name = {capability.name: capability for capability in capabilities()}
    yield from row["modules"]
    for name in row["capabilities"]:
        yield from by_name[name].required
        yield from by_name[name].extras if row.get("extras", True) else ()
    for name in row["controls"]:
        yield from controls()[name]


def _with_needs(modules: Iterable[str]) -> tuple[str, ...]:
    needs: dict[str, list[str]] = _data()["oca"]
    chosen: dict[str, None] = {}

    def choose(module: str) -> None:
        for needed in needs.get(module, ()):
            choose(needed)
        chosen[module] = None

    for module in modules:
        choose(module)
    return tuple(chosen)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("lockgate.kernel").joinpath("capabilities.toml").read_text(encoding="utf-8"))
