"""What may a file hold? Models, and what a fault that one sees means to the person who wrote the file."""
