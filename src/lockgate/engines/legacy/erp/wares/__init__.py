"""What does the house sell: items, their units, prices and parts."""
