"""Which kinds of resources have words of their own, and what do these stand for in Odoo? Tables."""
