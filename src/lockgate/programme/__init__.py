"""What is on the table when something is asked of a programme? Its workspace, its ledger, its registers and gates."""
