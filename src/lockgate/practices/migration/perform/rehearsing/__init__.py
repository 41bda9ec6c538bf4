"""How does the whole migration go, round after round? Rehearsed, timed and compared."""
