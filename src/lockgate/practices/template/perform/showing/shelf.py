"""What does somebody see of the template? Its resources, as the files say that they may see; no Odoo is asked."""

from dataclasses import dataclass
from typing import Any

from typing_extensions import TypedDict

from lockgate.faces.web.lines import address
from lockgate.faces.web.viewer import Viewer
from lockgate.ledger import AsOf
from lockgate.practices.template.decide.browsing import Book, book, capability_of
from lockgate.practices.template.decide.facts import Declared
from lockgate.practices.template.definition import TemplateFile
from lockgate.practices.template.perform.laying_out.declared import declared, local_changes
from lockgate.programme.server import workspace_as_of
from lockgate.workspace import Workspace


class SaidAnswer(TypedDict):
    """A value that a resource has, and where that is declared."""

    field: str
    value: Any
    company: str
    language: str
    site: str
    declared_at: str


class ResourceAnswer(TypedDict):
    """A resource of the template."""

    key: str
    kind: str
    capability: str
    why: str
    turn: int | None
    refers_to: list[str]
    referred_by: list[str]
    values: list[SaidAnswer]
    declared_at: str


@dataclass(frozen=True)
class Shelf:
    """A template, and the workspace that declares it, as far as somebody sees it."""

    book: Book
    workspace: Workspace
    viewer: Viewer

    def told(self, key: str) -> ResourceAnswer:
        """Return a resource as programs read it."""
        one = self.book.by_key[key]
        return ResourceAnswer(
            key=key,
            kind=one.resource.model,
            capability=capability_of(one.resource.model),
            why=one.resource.why or self._why_of_file(one),
            turn=self.book.level(key),
            refers_to=list(self.book.needs[key]),
            referred_by=list(self.book.used_by[key]),
            values=[*self._said(one), *self._changed(key)],
            declared_at=self._at(*one.place("key")),
        )

    def _said(self, one: Declared) -> list[SaidAnswer]:
        return [
            SaidAnswer(
                field=field,
                value=value,
                company=said.view.company,
                language=said.view.language,
                site="",
                declared_at=self._at(*one.place(*said.way, field)),
            )
            for said in one.said()
            for field, value in said.values.items()
        ]

    def _changed(self, key: str) -> list[SaidAnswer]:
        """Return what sites have otherwise, of those that the viewer sees."""
        return [
            SaidAnswer(
                field=field,
                value=value,
                company=said.view.company,
                language=said.view.language,
                site=local.site,
                declared_at=self._at(*local.place(*said.way, field)),
            )
            for local in local_changes(self.workspace)
            if local.change.resource == key and self.viewer.sees_file(local.path)
            for said in local.said()
            for field, value in said.values.items()
        ]

    def _why_of_file(self, one: Declared) -> str:
        file = self.workspace.of("template").get(one.path)
        return (file.why or "") if isinstance(file, TemplateFile) else ""

    def _at(self, path: str, steps: tuple[str | int, ...]) -> str:
        return str(self.workspace.documents[path].at(steps, key=True))


def shelf(viewer: Viewer, when: AsOf | None) -> Shelf:
    """Return the template as somebody sees it, now or as of a moment."""
    workspace = workspace_as_of(when)
    seen = [one for one in declared(workspace) if viewer.sees_file(one.path)]
    return Shelf(book(seen), workspace, viewer)


def found(there: Shelf, *, q: str = "", model: str = "", capability: str = "") -> list[str]:
    """Return the keys of the resources that are asked for: all of their words, their model and their capability."""
    words = q.casefold().split()
    return [
        key
        for key, one in there.book.by_key.items()
        if model in {"", one.resource.model}
        and capability in {"", capability_of(one.resource.model) or "shared"}
        and all(word in _text(one) for word in words)
    ]


def link(place: str) -> str:
    """Return the page of the workspace on which a place stands that is said like `template/goods.yaml:3:5`."""
    path, line, _ = place.split(":")
    return address(path, int(line))


def _text(one: Declared) -> str:
    resource = one.resource
    values = (f"{field} {value}" for said in one.said() for field, value in said.values.items())
    return " ".join((resource.key, resource.model, resource.why or "", one.path, *values)).casefold()
