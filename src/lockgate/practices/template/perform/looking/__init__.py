"""What does an Odoo show of a template? Read in bulk, and told with names in place of ids."""
