"""What may go wrong, what do we take for true, what stands in the way, what do we wait for? On one page."""
