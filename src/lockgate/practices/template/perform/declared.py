"""What does the template of a workspace declare? That of all its files, or what holds at a site.

S1  What stands in `template/sites/SITE` holds at that site and the sites below it; all else holds everywhere.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from lockgate.practices.template.decide.facts import LANGUAGE, MODULE, Declared, Part
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


def _files(workspace: Workspace, site: str | None) -> Iterator[tuple[str, TemplateFile]]:
    upwards = set(workspace.sites.upwards(site)) | {site} if site else None
    for path, file in sorted(workspace.of("template").items()):
        if isinstance(file, TemplateFile) and (upwards is None or _site_of(path) in {None, *upwards}):
            yield path, file


def _site_of(path: str) -> str | None:
    """Return the site that a file is for, None for all."""
    match PurePosixPath(path).parts:
        case ("template", "sites", site, _, *_):
            return site
    return None
