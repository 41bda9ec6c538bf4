"""What follows from what is declared and found: order, shapes, readiness, differences."""
