"""What do pages and operations of fit show? Plain data, from the registers, the ledger and what was kept."""
