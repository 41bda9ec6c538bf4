"""What is done with the data: read, judged, put right, loaded into Odoo and compared with it."""
