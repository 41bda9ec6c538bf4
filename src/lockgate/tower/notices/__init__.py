"""What should somebody hear of? What waits for them, what ends soon and what failed: computed, shown and mailed."""
