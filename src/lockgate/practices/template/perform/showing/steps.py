"""How is a plan read? Resource by resource in groups of a kind, each field with the line that says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from lockgate.faces.web.lines import address
from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.scope import Level, Scope
from lockgate.practices.template.perform.telling.answers import ChangeAnswer, DeniedAnswer, StepAnswer
from lockgate.programme.server import live


@dataclass(frozen=True)
class Declared:
    """Where something is declared: `template/goods.yaml:10:40`; empty where it is declared no more."""

    at: str

    @property
    def path(self) -> str:
        """The file, empty where it is declared no more."""
        return self.at.split(":")[0]

    @property
    def line(self) -> int:
        """The line of that file."""
        return int(self.at.split(":")[1]) if self.path else 0

    @property
    def url(self) -> str:
        """Where that line is shown."""
        return address(self.path, self.line)


@dataclass(frozen=True)
class Field:
    """One field that changes, and the line that says so."""

    change: ChangeAnswer

    @property
    def declared(self) -> Declared:
        """The line that says so."""
        return Declared(self.change["at"])


@dataclass(frozen=True)
class Lacking:
    """A right that carrying a plan out would lack, and the first line that needs it."""

    denied: DeniedAnswer

    @property
    def declared(self) -> Declared:
        """That line."""
        return Declared(self.denied["at"])


@dataclass(frozen=True)
class Step:
    """A resource that something is to be done with."""

    step: StepAnswer

    @property
    def fields(self) -> list[Field]:
        """What changes of it."""
        return [Field(one) for one in self.step["changes"]]

    @property
    def action(self) -> str:
        """What is done, in a word."""
        return "take-over" if self.step["takes_over"] else self.step["action"]

    @property
    def text(self) -> str:
        """All its words, to be searched."""
        step = self.step
        said = (f"{each['field']} {each['old']} {each['new']} {each['at']}" for each in step["changes"])
        return " ".join((step["key"], step["kind"], *said)).casefold()


@dataclass(frozen=True)
class Group:
    """The resources of one kind, in the order in which they are built."""

    model: str
    steps: tuple[Step, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of them are made, changed and so on."""
        actions = [one.action for one in self.steps]
        return [(action, actions.count(action)) for action in dict.fromkeys(actions)]


def groups(some: Sequence[Step]) -> list[Group]:
    """Return steps by their kinds."""
    by_model: dict[str, list[Step]] = {}
    for one in some:
        by_model.setdefault(one.step["kind"], []).append(one)
    return [Group(model, tuple(those)) for model, those in by_model.items()]


def asking(verb: str, instance: str, scope: str, **more: str) -> str:
    """Return what is asked of a worker, as it stands in one field of a form."""
    return urlencode({"verb": verb, "instance": instance, "site": site_of(scope), **more})


def site_of(scope: str) -> str:
    """Return the key of the site, empty for the whole programme."""
    said = Scope.parse(scope)
    return said.key if said.level is Level.SITE else ""


def places(viewer: Viewer) -> dict[str, list[str]]:
    """Return for what a plan can be made: the instances, and the sites that the viewer sees."""
    workspace = live().workspace()
    sites = [key for key in workspace.sites if viewer.sees(Scope(Level.SITE, key))]
    return {"instances": list(workspace.instances), "sites": sites}
