"""What does a template say? Resources: records of Odoo, each with a key, a model and the values of its fields."""

from typing import Annotated, Any

from pydantic import Field

from lockgate.workspace import Declares, Definition, Key, Reference, Text
from lockgate.workspace.models.model import FORMS, Distinct

_MODEL = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"
_FIELD = r"^[a-z_][a-z0-9_]*$"
_MODULE = r"^[a-z][a-z0-9_]*$"
_LANGUAGE = r"^[a-z]{2,3}(_[A-Z]{2}|_[0-9]{3})?(@[a-z]+)?$"
FORMS[_MODEL] = "The technical name of a model of Odoo, like `product.category`."
FORMS[_FIELD] = "The technical name of a field of Odoo, like `name` or `parent_id`."
FORMS[_MODULE] = "The technical name of a module of Odoo, like `sale_management`."
FORMS[_LANGUAGE] = "The code of a language as Odoo has it, like `fr_BE`."

FieldName = Annotated[str, Field(pattern=_FIELD)]
ModuleName = Annotated[str, Field(pattern=_MODULE)]
Language = Annotated[str, Field(pattern=_LANGUAGE)]
Values = dict[FieldName, Any]


class Resource(Definition):
    """A record of Odoo that the template sets up and keeps."""

    key: Annotated[Key, Declares("resource")]
    """How other resources refer to it."""
    model: Annotated[str, Field(pattern=_MODEL)]
    """The model of Odoo that it is a record of."""
    values: Annotated[Values, Field(min_length=1)]
    """What its fields hold. A relation names another resource by its key, or a record of Odoo by its external id."""
    company: Text | None = None
    """The company in which it is made and its values hold, by key or external id; without it that of the user."""
    by_company: dict[Text, Values] = Field(default_factory=dict)
    """What some fields hold for one company, by its key or external id."""
    translations: dict[Language, dict[FieldName, Text]] = Field(default_factory=dict)
    """What texts are in another language."""
    find: Distinct[FieldName] = ()
    """Take over the record that is there already with the same values in these fields, instead of making one."""
    made_by_odoo: bool = False
    """True for a record that Odoo makes by itself, with another one or with a module: it is found, and never made."""
    open: Distinct[FieldName] = ()
    """Fields that a region or a site may set otherwise; all others only by an approved deviation."""
    after: Distinct[Annotated[str, Reference("resource")]] = ()
    """Resources that have to be there before, although it does not refer to them."""
    why: Text | None = None
    """Why it is as it is."""


class LocalChange(Definition):
    """What a region or a site has otherwise than the template above it."""

    resource: Annotated[str, Reference("resource")]
    """The resource, by its key."""
    values: Annotated[Values, Field(min_length=1)]
    """What some of its fields hold here. `{has: [...], lacks: [...]}` adds to a list of names, and takes from it."""
    deviation: Text | None = None
    """The record of the register of deviations that allows it, like `DEV-3`; not needed for fields that are open."""
    why: Text | None = None
    """Why it is otherwise here."""


class TemplateFile(Definition):
    """A part of the template."""

    why: Text | None = None
    """What this part is for."""
    modules: Distinct[ModuleName] = ()
    """Modules of Odoo that have to be installed."""
    languages: Distinct[Language] = ()
    """Languages that have to be active, besides English."""
    resources: Annotated[tuple[Resource, ...], Field(max_length=5_000)] = ()
    """The records that it sets up."""
    changes: Annotated[tuple[LocalChange, ...], Field(max_length=5_000)] = ()
    """What holds here otherwise; only in files of a site, below `template/sites/`."""
