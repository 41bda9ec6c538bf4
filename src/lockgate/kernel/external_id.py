"""How does Odoo know what is ours? By external ids of our own module, for what the template sets up in a part of it."""

from typing import Final

MODULE: Final = "lockgate"
"""The module of the external ids of all that Lockgate manages."""
RESOURCE: Final = "template__"
"""What the external id of a resource begins with, before the key of the resource."""


def of_resource(key: str) -> str:
    """Return the external id of a resource of the template."""
    return f"{MODULE}.{RESOURCE}{key}"
