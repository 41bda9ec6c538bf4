"""What has to change so that Odoo is as the template says? Facts in, answer out."""
