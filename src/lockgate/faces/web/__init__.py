"""What do the pages of the tower and of the practices share? The layout, its parts, and the policy."""
