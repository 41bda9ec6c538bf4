"""By which fields is a record told where the template does not say it?

Of models that Odoo fills by itself, or of which it takes no two alike.
"""

from collections.abc import Mapping
from typing import Final

from lockgate.practices.template.definition import Resource

_NATURAL: Final[Mapping[str, tuple[str, ...]]] = {
    "account.account": ("code",),
    "account.journal": ("code", "company_id"),
    "ir.config_parameter": ("key",),
    "res.company": ("name",),
    "res.currency": ("name",),
    "res.lang": ("code",),
    "res.users": ("login",),
    "stock.picking.type": ("warehouse_id", "sequence_code"),
    "stock.warehouse": ("code", "company_id"),
}


def found_by(resource: Resource) -> tuple[str, ...]:
    """Return the fields that tell whether the record of a resource is there already."""
    natural = _NATURAL.get(resource.model, ())
    return resource.find or (natural if all(name in resource.values for name in natural) else ())
