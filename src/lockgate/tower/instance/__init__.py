"""Which Odoo databases are there, and may production be written to? As declared and last seen; none is asked here."""
