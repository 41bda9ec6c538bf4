"""With what does this tower run? What it found in its environment and its files, and where each is set."""
