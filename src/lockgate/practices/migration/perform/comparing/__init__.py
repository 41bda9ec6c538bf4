"""Does Odoo hold what was sent, and does that add up to what the old systems had?"""
