"""Which external ids do the records of a page have? Gathered for a whole range of ids, or looked up one by one.

N1  Where most ids of the range are those of the page, the range is asked for: there is nothing to name in the question.
N2  The table of external ids is for those who give rights. Of others, Odoo is asked record by record.
"""

from collections.abc import Mapping, Sequence

from lockgate.odoo.calls.caller import Caller
from lockgate.odoo.catalogue import Field
from lockgate.odoo.errors import AccessDenied
from lockgate.odoo.external_ids import external_ids_of
from lockgate.odoo.reading.gathering import gathered
from lockgate.odoo.reading.ranges import IdRange

_TABLE = "ir.model.data"
_FIELDS = (Field("res_id", "integer"), Field("module", "char"), Field("name", "char"))
_SPARSE = 4
"""So many times as many ids as records are too many to ask for the range."""


def names_of(client: Caller, model: str, ids: Sequence[int], *, gather: bool) -> Mapping[int, str]:
    """Return the external ids of these records, which ascend; of several the oldest."""
    if not gather or not ids or ids[-1] - ids[0] > _SPARSE * len(ids):
        return external_ids_of(client, model, ids)
    domain = [["model", "=", model], *IdRange(ids[0] - 1, ids[-1]).domain("res_id")]
    try:
        told = gathered(client, _TABLE, _FIELDS, domain, {})
    except AccessDenied:
        return external_ids_of(client, model, ids)  # N2
    found: dict[int, str] = {}
    for record, module, name in zip(told["res_id"], told["module"], told["name"], strict=True):
        found.setdefault(record, f"{module}.{name}")
    return found
