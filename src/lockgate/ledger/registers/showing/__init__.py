"""What does a page or a command need to show a record? Asked of the declaration alone, by the rules that decide."""
