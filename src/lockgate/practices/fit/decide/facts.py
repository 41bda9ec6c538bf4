"""What does an Odoo show of what probes ask? Plain data; `perform` reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """What is read at once; who may not read one is told of those probes alone that need it."""

    MODULES = "modules"
    MODELS = "models"
    FIELDS = "fields"
    NAMES = "external ids"
    GROUPS = "groups"
    COMPANIES = "settings of companies"
    PARAMETERS = "system parameters"
    RIGHTS = "access rights"


@dataclass(frozen=True)
class FieldSeen:
    """A field, as Odoo's own list of fields has it."""

    type: str
    relation: str = ""
    related: str = ""
    """Where its value comes from: `company_id.po_lock`."""
    modules: tuple[str, ...] = ()
    """The modules that bring it."""
    choices: tuple[str, ...] = ()
    """The technical names of its choices, where a probe asks for one."""


@dataclass(frozen=True)
class Target:
    """What stands behind an external id."""

    model: str
    id: int


@dataclass(frozen=True)
class RightSeen:
    """What a group may do with a model; no group: everybody."""

    model: str
    group: int | None
    rights: frozenset[str]


@dataclass(frozen=True)
class Rows:
    """What the records of a probe hold, or how many there are, or why nobody could look."""

    count: int = 0
    values: Sequence[Any] = ()
    why_not: str = ""


@dataclass(frozen=True)
class Seen:
    """What an Odoo shows."""

    modules: Mapping[str, str] = field(default_factory=dict)
    """By name, the state of each module that is known there: `installed`, `uninstalled`, `uninstallable`."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """By name, the version of each module that is installed, as it stands in the database."""
    models: frozenset[str] = frozenset()
    fields: Mapping[tuple[str, str], FieldSeen] = field(default_factory=dict)
    """By model and name."""
    names: Mapping[str, Target] = field(default_factory=dict)
    """By external id."""
    implied: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By group, all groups that its members have."""
    companies: Sequence[Mapping[str, Any]] = ()
    """What each company says in the fields behind settings, and its `name`."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    rights: tuple[RightSeen, ...] = ()
    rows: Mapping[str, Rows] = field(default_factory=dict)
    """By the key of a probe."""
    unread: Mapping[Part, str] = field(default_factory=dict)
    """Why a part could not be read."""
