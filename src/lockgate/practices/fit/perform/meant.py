"""Which instance is meant when none is named? The one for building, else the only lab."""

from lockgate.kernel.errors import UsageError
from lockgate.kernel.instance import Role
from lockgate.workspace import Workspace


def meant(workspace: Workspace) -> str:
    """Return the instance that is meant; stop where that can't be told."""
    for role in (Role.BUILD, Role.LAB):
        found = [key for key, each in workspace.instances.items() if each.role is role]
        if len(found) == 1:
            return found[0]
    there = ", ".join(workspace.instances) or "none"
    raise UsageError("Which instance is meant?", why=f"Declared: {there}.", do="Name it: `--instance KEY`.")
