"""What does a template say? Resources: records of Odoo, each with a key, a model and the values of its fields."""

from typing import Annotated, Any

from pydantic import Field

from lockgate.workspace import Declares, Definition, Key, Text
from lockgate.workspace.models.model import FORMS, Distinct

_MODEL = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"
_FIELD = r"^[a-z_][a-z0-9_]*$"
FORMS[_MODEL] = "The technical name of a model of Odoo, like `product.category`."
FORMS[_FIELD] = "The technical name of a field of Odoo, like `name` or `parent_id`."

FieldName = Annotated[str, Field(pattern=_FIELD)]


class Resource(Definition):
    """A record of Odoo that the template sets up and keeps."""

    key: Annotated[Key, Declares("resource")]
    """How other resources refer to it."""
    model: Annotated[str, Field(pattern=_MODEL)]
    """The model of Odoo that it is a record of."""
    values: Annotated[dict[FieldName, Any], Field(min_length=1)]
    """What its fields hold. A relation names another resource by its key, or a record of Odoo by its external id."""
    find: Distinct[FieldName] = ()
    """Take over the record that is there already with the same values in these fields, instead of making one."""
    why: Text | None = None
    """Why it is as it is."""


class TemplateFile(Definition):
    """A part of the template."""

    why: Text | None = None
    """What this part is for."""
    resources: Annotated[tuple[Resource, ...], Field(max_length=5_000)] = ()
    """The records that it sets up."""
