"""Which algorithms does Lockgate bring? Functions over plain data and DuckDB tables that know no Odoo and no ledger."""
