"""How does a programme survive its machine? In one file: its ledger, the tower's tables and the workspace."""
