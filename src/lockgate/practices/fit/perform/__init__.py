"""How is an Odoo looked at, and what is kept of it? Nothing here writes to Odoo."""
