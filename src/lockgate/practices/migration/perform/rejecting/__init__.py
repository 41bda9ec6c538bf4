"""Which rows are not in Odoo, and how do they get there? Files that one can mend, and that are loaded again."""
