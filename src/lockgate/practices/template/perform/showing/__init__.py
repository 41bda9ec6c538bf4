"""What do pages and operations of the template show? Plain data, from the ledger, the files and what was kept."""
