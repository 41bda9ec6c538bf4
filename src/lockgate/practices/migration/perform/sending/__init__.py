"""What of a round goes to Odoo, in which order, and what came of it?"""
