"""What is known of the template and of the Odoo that it is held against? Plain data; `perform` reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from lockgate.practices.template.definition import LocalChange, Resource

SETTINGS: Final = "res.config.settings"
"""The model of the settings: there is one of it in each company, which is not made and has no external id."""
COMPANY: Final = "res.company"
MODULE: Final = "ir.module.module"
LANGUAGE: Final = "res.lang"
INSTALLABLE: Final = frozenset({"installed", "uninstalled", "to install", "to upgrade"})
"""The states of a module that is there, or can be."""
INSTALLED: Final = "installed"
"""The state of a module or language that is there."""


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
    stored: bool = True
    translated: bool = False
    """True for a text that there is in every language."""
    by_company: bool = False
    """True when each company has a value of its own."""


Models = Mapping[str, Mapping[str, FieldFact]]
"""By name, the fields of each model that there is."""


@dataclass(frozen=True, order=True)
class Target:
    """A record of Odoo."""

    model: str
    id: int


@dataclass(frozen=True, order=True)
class View:
    """As who a record is read and written: some fields hold a value for each company, some a text in each language."""

    company: str = ""
    """By key or external id, empty for the company of the user."""
    language: str = ""
    """Empty for English, in which the records of Odoo are written first."""


HERE: Final = View()
"""In the company of the user, in English."""


Way = tuple[str | int, ...]
"""What leads to a part of something."""
Place = tuple[str, Way]
"""A file, and the way to something in it."""


class Said(NamedTuple):
    """Values that a resource says together, in the view in which they hold, and the way to them."""

    view: View
    way: tuple[str, ...]
    values: Mapping[str, Any]


def said_by(one: Resource | LocalChange, home: View) -> Iterator[Said]:
    """Yield all that a resource, or a change of one, says; what holds where it is made comes first."""
    yield Said(home, ("values",), one.values)
    for company, values in one.by_company.items():
        yield Said(View(company), ("by_company", company), values)
    for language, texts in one.translations.items():
        yield Said(View(home.company, language), ("translations", language), texts)


@dataclass(frozen=True)
class Declared:
    """A resource, and where it is declared."""

    resource: Resource
    path: str
    number: int
    """Which of the resources of its file it is, from 0."""
    places: Mapping[Way, Place] = field(default_factory=dict)
    """By the way to a value, its place, where that is another one: a short name, or the file of a region or site."""

    @property
    def home(self) -> View:
        """The view in which it is made."""
        return View(self.resource.company or "")

    def place(self, *way: str | int) -> Place:
        """Return the place of it, or of a part of it."""
        for known in range(len(way), 0, -1):
            if way[:known] in self.places:
                path, steps = self.places[way[:known]]
                return path, (*steps, *way[known:])
        return self.path, ("resources", self.number, *way)

    def said(self) -> Iterator[Said]:
        """Yield all its values; those with which it is made come first."""
        yield from said_by(self.resource, self.home)


@dataclass(frozen=True)
class Part:
    """A module or a language that the template asks for, and where."""

    model: str
    name: str
    path: str
    steps: tuple[str | int, ...]


@dataclass(frozen=True)
class Live:
    """What an Odoo shows of the resources."""

    models: Models
    managed: Mapping[str, Target] = field(default_factory=dict)
    """By the key of a resource, the record that the template made or took over; also of resources that are gone."""
    found: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By the key of a resource that has no record yet, the records that it could take over."""
    references: Mapping[str, Target] = field(default_factory=dict)
    """By external id, the records that resources refer to."""
    records: Mapping[tuple[View, Target], Mapping[str, Any]] = field(default_factory=dict)
    """What the fields of those records hold, as Odoo tells it; of lines all that is asked of them, in Odoo's order."""
    parts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By model and name the state of each module and language: `installed`, `uninstalled`."""
