"""What is in a file that goes with records? Shown as what it is, and never trusted."""
