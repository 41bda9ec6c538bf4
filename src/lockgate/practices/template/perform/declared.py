"""What does the template of a workspace declare? That of all its files, or what holds at a site.

S1  What stands in `template/sites/SITE` holds at that site and the sites below it; all else holds everywhere.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from lockgate.practices.template.decide.checking import Fault
from lockgate.practices.template.decide.facts import LANGUAGE, MODULE, Declared, Part
from lockgate.practices.template.decide.layering import Local
from lockgate.practices.template.definition import TemplateFile
from lockgate.workspace import Workspace


def declared(workspace: Workspace, site: str | None = None) -> tuple[Declared, ...]:
    """Return the resources, each with its place: all of them, or those of a site (S1)."""
    return tuple(
        Declared(resource, path, number)
        for path, file in _files(workspace, site)
        for number, resource in enumerate(file.resources)
    )


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
    return tuple(
        Local(change, here, workspace.sites.upwards(here), path, number)
        for path, file in _files(workspace, site)
        if (here := site_of(path)) is not None and here in workspace.sites
        for number, change in enumerate(file.changes)
    )


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
