"""What is wrong with the extracts, how often, and where it was planted."""
