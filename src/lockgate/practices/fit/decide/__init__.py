"""What follows from the definitions and from what an Odoo shows? Plain data in, answers out."""
