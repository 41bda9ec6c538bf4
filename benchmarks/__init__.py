"""How fast is Lockgate, beside other clients and beside Odoo itself? Ratios measured side by side in one run."""
