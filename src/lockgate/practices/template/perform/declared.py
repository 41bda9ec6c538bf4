"""Which resources does a workspace declare? Those of all its files, or those that hold at a site.

S1  What stands in `template/sites/SITE` holds at that site and the sites below it; all else holds everywhere.
"""

from pathlib import PurePosixPath

from lockgate.practices.template.decide.facts import Declared
from lockgate.practices.template.definition import TemplateFile
from lockgate.workspace import Workspace


def declared(workspace: Workspace, site: str | None = None) -> tuple[Declared, ...]:
    """Return the resources, each with its place: all of them, or those of a site (S1)."""
    upwards = set(workspace.sites.upwards(site)) | {site} if site else None
    return tuple(
        Declared(resource, path, number)
        for path, file in sorted(workspace.of("template").items())
        if isinstance(file, TemplateFile) and (upwards is None or _site_of(path) in {None, *upwards})
        for number, resource in enumerate(file.resources)
    )


def _site_of(path: str) -> str | None:
    """Return the site that a file is for, None for all."""
    match PurePosixPath(path).parts:
        case ("template", "sites", site, _, *_):
            return site
    return None
