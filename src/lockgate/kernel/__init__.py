"""The words everyone uses. Standard library only."""
