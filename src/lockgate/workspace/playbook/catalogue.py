"""Which kinds of evidence are there? Each with its scope, what it is about and what it measures.

Criteria may ask for kinds that no practice produces yet: they are missing until then. A kind that is not in this list
is a mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from lockgate.kernel.scope import Level
from lockgate.workspace.models.model import FORMS, Declares, Definition, Distinct, Reference, Text
from lockgate.workspace.models.parsing import parse
from lockgate.workspace.text.document import Document
from lockgate.workspace.text.reading import read

_KIND = r"^[a-z][a-z0-9-]*\.[a-z][a-z0-9_-]*$"
FORMS[_KIND] = "A noun and what happened to it, like `scenario.run`."
OF_ALL_EVIDENCE = frozenset({"verdict", "producer", "scope", "instance", "instance_role"})
"""What every piece of evidence can be asked about."""
PLACES = frozenset({"site", "wave"})
"""Dimensions that are scopes."""


class DimensionFile(Definition):
    """What a question can be asked for each of."""

    name: Annotated[Text, Declares("dimension")]
    about: Text
    declared_in: Text
    """Where a programme declares its members."""


class KindFile(Definition):
    """A kind of evidence."""

    kind: Annotated[str, Field(pattern=_KIND), Declares("evidence")]
    about: Text
    by: Text
    """The practice that takes it."""
    scope: Level
    """Whose it is: of the programme, a wave or a site."""
    subject: Distinct[Annotated[str, Reference("dimension")]] = ()
    """What one record is about."""
    measures: dict[str, Text] = Field(default_factory=dict)
    """By name, what is measured."""

    @property
    def names(self) -> frozenset[str]:
        """What a comparison can name."""
        return frozenset(self.measures) | set(self.subject) | OF_ALL_EVIDENCE


class CatalogueFile(Definition):
    """All kinds of evidence."""

    dimensions: tuple[DimensionFile, ...]
    kinds: tuple[KindFile, ...]


@dataclass(frozen=True)
class Catalogue:
    """The kinds of evidence by their names, and the dimensions that they are about."""

    kinds: Mapping[str, KindFile]
    dimensions: Mapping[str, DimensionFile]


@cache
def catalogue() -> Catalogue:
    """Return the list that ships."""
    return catalogue_in(read(files("lockgate") / "playbooks" / "evidence.yaml", path="playbooks/evidence.yaml"))


def catalogue_in(document: Document) -> Catalogue:
    """Return the list of a file; one with faults is our mistake and not the user's."""
    known = {"dimension": [each["name"] for each in _rows(document.data, "dimensions")]}
    file, findings = parse(document, CatalogueFile, known=known)
    if file is None or findings:
        raise ValueError("\n".join(f"{each.at} {each.message}" for each in findings))
    return Catalogue({each.kind: each for each in file.kinds}, {each.name: each for each in file.dimensions})


def page(found: Catalogue) -> str:
    """Return the list as a page of the reference."""
    kinds = "\n".join(_section(each) for each in sorted(found.kinds.values(), key=lambda each: each.kind))
    dimensions = "\n".join(
        f"| `{each.name}` | {each.about} | {each.declared_in} |" for each in found.dimensions.values()
    )
    return _PAGE.format(count=len(found.kinds), kinds=kinds, dimensions=dimensions)


def _section(kind: KindFile) -> str:
    subject = ", ".join(f"`{name}`" for name in kind.subject) or "none"
    rows = "\n".join(f"| `{name}` | {means} |" for name, means in kind.measures.items())
    table = f"\n| measure | what it is |\n| --- | --- |\n{rows}\n" if rows else ""
    return f"### {kind.kind}\n\n{kind.about} Taken by {kind.by}, per {kind.scope}; subject: {subject}.\n{table}"


def _rows(data: object, name: str) -> list[dict[str, str]]:
    rows = data.get(name) if isinstance(data, dict) else None
    return [row for row in rows or () if isinstance(row, dict) and "name" in row]


_PAGE = """# Kinds of evidence

<!-- Made by tools/evidence_page.py from src/lockgate/playbooks/evidence.yaml; change that file. -->

Gates ask for evidence by its kind. There are {count} kinds. Every record has a verdict, a producer, the scope and the
instance that it was taken from, so that `verdict`, `producer`, `scope`, `instance` and `instance_role` can be compared
beside the measures below. A kind that no practice produces yet can be asked for: the criterion is then missing, which
keeps its gate closed.

The scope matters where a gate has another one: a gate of a site asks evidence of its wave with `at: wave`, a gate of a
wave asks that of its sites with `each: [site]`.

## What evidence is about

What a playbook declares counts where its areas of Odoo go live: a figure of manufacturing is asked of plants alone.
What is declared in a folder of its own comes with a practice. As long as that practice is not there, nothing can be
declared of it, and what is asked for each of it is missing.

| dimension | what it is | declared in |
| --- | --- | --- |
{dimensions}

## The kinds

{kinds}"""
