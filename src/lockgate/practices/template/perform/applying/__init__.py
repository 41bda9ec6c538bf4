"""How does a plan get into an Odoo? In turns, rounds and batches."""
