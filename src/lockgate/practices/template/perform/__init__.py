"""How is an Odoo looked at, and made as the template says?"""
