"""What waits for me? Records that I own, steps and votes that are mine to take, gates that need me."""
