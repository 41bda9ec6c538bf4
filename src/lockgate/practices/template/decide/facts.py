"""What is known of the template and of the Odoo that it is held against? Plain data; `perform` reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lockgate.practices.template.definition import Resource


@dataclass(frozen=True)
class FieldFact:
    """One field of a model, as this Odoo has it."""

    name: str
    type: str
    relation: str = ""
    """The model that a relation points to."""
    required: bool = False
    written: bool = True
    """False for a field that is computed or shown only: Odoo would not keep what is written."""
    selection: tuple[str, ...] = ()
    """The keys of a selection; where there are none Odoo says them in another way, and they are not checked."""
    decimals: int | None = None


@dataclass(frozen=True, order=True)
class Target:
    """A record of Odoo."""

    model: str
    id: int


@dataclass(frozen=True)
class Declared:
    """A resource, and where it is declared."""

    resource: Resource
    path: str
    number: int
    """Which of the resources of its file it is, from 0."""

    def steps(self, *more: str) -> tuple[str | int, ...]:
        """Return the way to it, or to a part of it, in its file."""
        return ("resources", self.number, *more)


@dataclass(frozen=True)
class Live:
    """What an Odoo shows of the resources."""

    models: Mapping[str, Mapping[str, FieldFact]]
    """By name, the fields of each model that there is."""
    managed: Mapping[str, Target] = field(default_factory=dict)
    """By the key of a resource, the record that the template made or took over; also of resources that are gone."""
    found: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By the key of a resource that has no record yet, the records that it could take over."""
    references: Mapping[str, Target] = field(default_factory=dict)
    """By external id, the records that resources refer to."""
    records: Mapping[Target, Mapping[str, Any]] = field(default_factory=dict)
    """What the fields of those records hold, as Odoo tells it."""
