"""What does the template of a workspace declare? That of all its files, or what holds at a site.

S1  What stands in `template/sites/SITE` holds at that site and the sites below it; all else holds everywhere.
S2  A resource of a kind is told in Odoo's words, with the places of what the file says; so is a change of one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from lockgate.practices.template.decide.checking import Fault
from lockgate.practices.template.decide.facts import LANGUAGE, MODULE, Declared, Part
from lockgate.practices.template.decide.layering import Local
from lockgate.practices.template.definition import Resource, TemplateFile
from lockgate.practices.template.definition.kinds.kind import Kind
from lockgate.practices.template.definition.kinds.speaking import Sayings, fields_of, spoken, spoken_change
from lockgate.workspace import Workspace


def declared(workspace: Workspace, site: str | None = None) -> tuple[Declared, ...]:
    """Return the resources, each with its place: all of them, or those of a site (S1)."""
    return tuple(
        _declared(resource, path, number)
        for path, file in _files(workspace, site)
        for number, resource in enumerate(file.resources)
    )


def _declared(resource: Resource, path: str, number: int) -> Declared:
    """Return a resource as a generic one (S2)."""
    kind = resource.of_kind
    if kind is None:
        return Declared(resource, path, number)
    told = spoken(resource.sayings, kind)
    update = {
        "model": kind.model,
        "values": told.values,
        "by_company": told.by_company,
        "translations": told.translations,
        "find": fields_of(resource.find, kind) or kind.find,
        "open": fields_of(resource.open, kind),
        "made_by_odoo": resource.made_by_odoo or kind.made_by_odoo,
    }
    places = {way: (path, ("resources", number, *origin)) for way, origin in told.origins.items()}
    return Declared(resource.model_copy(update=update), path, number, places)


def parts(workspace: Workspace, site: str | None = None) -> tuple[Part, ...]:
    """Return the modules and languages, each once, with its first place."""
    found: dict[tuple[str, str], Part] = {}
    for path, file in _files(workspace, site):
        for model, way, names in ((MODULE, "modules", file.modules), (LANGUAGE, "languages", file.languages)):
            for number, name in enumerate(names):
                found.setdefault((model, name), Part(model, name, path, (way, number)))
    return tuple(found.values())


def local_changes(workspace: Workspace, site: str | None = None) -> tuple[Local, ...]:
    """Return what regions and sites change of the template: all of them, or those that a site is below."""
    kinds = {
        one.key: one.of_kind for _, file in _files(workspace, None) for one in file.resources if one.of_kind is not None
    }
    return tuple(
        _local(Local(change, here, workspace.sites.upwards(here), path, number), kinds)
        for path, file in _files(workspace, site)
        if (here := site_of(path)) is not None and here in workspace.sites
        for number, change in enumerate(file.changes)
    )


def _local(local: Local, kinds: Mapping[str, Kind]) -> Local:
    """Return a change as that of a generic resource (S2)."""
    change, kind = local.change, kinds.get(local.change.resource)
    if kind is None:
        return local
    told = spoken_change(Sayings(change.values, None, change.by_company, change.translations), kind)
    faults = tuple(
        Fault(*local.place(*flaw.way), flaw.code, flaw.what, flaw.hint, change.resource) for flaw in told.flaws
    )
    update = {"values": told.values, "by_company": told.by_company, "translations": told.translations}
    return replace(local, change=change.model_copy(update=update), origins=told.origins, flaws=faults)


def misplaced(workspace: Workspace) -> Iterator[Fault]:
    """Yield a fault for each change that stands in no file of a site."""
    for path, file in _files(workspace, None):
        here = site_of(path)
        if file.changes and (here is None or here not in workspace.sites):
            what = "only a site changes what the template says for all"
            hint = "Put it below template/sites/SITE/, by the key of a declared site."
            yield Fault(path, ("changes",), "misplaced", what, hint)


def _files(workspace: Workspace, site: str | None) -> Iterator[tuple[str, TemplateFile]]:
    upwards = set(workspace.sites.upwards(site)) | {site} if site else None
    for path, file in sorted(workspace.of("template").items()):
        if isinstance(file, TemplateFile) and (upwards is None or site_of(path) in {None, *upwards}):
            yield path, file


def site_of(path: str) -> str | None:
    """Return the site that a file is for, None for all."""
    match PurePosixPath(path).parts:
        case ("template", "sites", site, _, *_):
            return site
    return None
