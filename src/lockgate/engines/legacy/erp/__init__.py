"""What the old ERP dumped: one CSV file for each of its tables."""
