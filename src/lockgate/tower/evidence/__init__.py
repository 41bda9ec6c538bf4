"""What is on record? The stream of the ledger, and each record with what it rests on and what rests on it."""
