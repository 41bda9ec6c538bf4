"""What is told of a template and an Odoo? Answers, figures, and what the ledger keeps of them."""
