"""How are things of Odoo named in the files? By their technical names: fields, modules and external ids."""

from typing import Annotated

from pydantic import Field

from lockgate.workspace.models.model import FORMS

_MODULE = r"^[a-z][a-z0-9_]*$"
_FIELD = r"^[a-z_][a-z0-9_]*$"
_EXTERNAL_ID = r"^[a-z0-9_]+\.[A-Za-z0-9_.-]+$"
FORMS[_MODULE] = "The technical name of a module of Odoo, like `sale_stock`."
FORMS[_FIELD] = "The technical name of a field of Odoo, like `name` or `partner_id`."
FORMS[_EXTERNAL_ID] = "An external id with its module, like `stock.group_stock_user`."

ModuleName = Annotated[str, Field(pattern=_MODULE)]
FieldName = Annotated[str, Field(pattern=_FIELD)]
ExternalId = Annotated[str, Field(pattern=_EXTERNAL_ID)]
