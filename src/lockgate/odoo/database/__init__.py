"""How are millions of records read? Past Odoo's server, from its database, as a user who may only read there.

`access` (may it be read, and is it the same database?), `expressions` (where does Odoo keep a field?), `copying` (the
rows, as typed columns).
"""

from lockgate.odoo.database.access import Database, database_of
from lockgate.odoo.database.copying import stream_past

__all__ = ["Database", "database_of", "stream_past"]
