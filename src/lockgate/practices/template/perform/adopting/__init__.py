"""How does what an Odoo holds get into the files? As new resources, or in the place of what they say."""
