"""Who may see the records of the old systems, which are about people, and work on them?

R1  Who answers for data by role: the programme's manager, owners and stewards of data, and who answers for finance.
R2  Who is named in the files of the migration: as owner of a domain, a rule or an entity, or as steward of a dataset.
    They have to have a role in the programme besides.
"""

from typing import Final

from lockgate.faces.web.viewer import Viewer
from lockgate.kernel.scope import Scope
from lockgate.practices.migration.definition import MigrationFile
from lockgate.practices.migration.perform.declared import KIND
from lockgate.programme.server import live

ROLES: Final = frozenset({"programme-manager", "data-owner", "data-steward", "finance-lead"})
"""Roles of the foundation playbook that reach the whole programme and answer for data."""


def works(viewer: Viewer, scope: Scope) -> bool:  # noqa: ARG001 - the form of an entry of the policy
    """Let in who answers for data, by role or by name in the files of the migration."""
    if not viewer.member:
        return False
    if any(one.role in ROLES and one.sites is None for one in viewer.held):  # R1
        return True
    files = live().workspace().of(KIND).values()
    return any(viewer.person in _named(file) for file in files if isinstance(file, MigrationFile))  # R2


def _named(file: MigrationFile) -> set[str | None]:
    return {
        *(one.owner for one in file.domains),
        *(one.owner for one in file.rules),
        *(one.owner for one in file.left_out),
        *(one.owner for one in file.entities),
        *(one.steward for one in file.datasets),
    }
