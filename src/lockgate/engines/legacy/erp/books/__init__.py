"""What stands in the books: open items and the trial balance."""
